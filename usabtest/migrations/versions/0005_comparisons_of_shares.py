"""comparisons of shares"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('share', schema=None) as batch_op:
        kind = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
        batch_op.add_column(sa.Column('comparison', kind, nullable=False, server_default='{}'))


def downgrade() -> None:
    with op.batch_alter_table('share', schema=None) as batch_op:
        batch_op.drop_column('comparison')
