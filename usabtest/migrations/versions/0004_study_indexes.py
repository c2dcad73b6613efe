"""a study's attempts and answers as they lie"""

from __future__ import annotations

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_attempt_study', 'attempt', ['study_id'])
    op.create_index('ix_answer_study', 'answer', ['study_id'])
    op.drop_index('ix_answer_study_question', 'answer')


def downgrade() -> None:
    op.create_index('ix_answer_study_question', 'answer', ['study_id', 'question'])
    op.drop_index('ix_answer_study', 'answer')
    op.drop_index('ix_attempt_study', 'attempt')
