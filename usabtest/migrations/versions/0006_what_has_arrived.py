"""what has arrived of a session, kept"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_KEPT = ('events_received', 'events_missing', 'streams_without_end', 'dropped_in_browser')

_BY_STREAM = """
    SELECT session_id, SUM(count) AS received, MAX(CAST(first AS BIGINT) + count) - SUM(count) AS missing,
           1 - MAX(CASE WHEN ends THEN 1 ELSE 0 END) AS without_end, MAX(dropped) AS dropped
    FROM batch GROUP BY session_id, stream"""
_BY_SESSION = f"""
    SELECT session_id AS of_session, SUM(received) AS events_received,
           SUM(CASE WHEN missing > 0 THEN missing ELSE 0 END) AS events_missing,
           SUM(without_end) AS streams_without_end, SUM(dropped) AS dropped_in_browser
    FROM ({_BY_STREAM}) AS streams GROUP BY session_id"""


def upgrade() -> None:
    for name in _KEPT:
        op.add_column('participant_session', sa.Column(name, sa.Integer(), nullable=True))
    connection = op.get_bind()
    session = sa.table('participant_session', sa.column('id'), *map(sa.column, _KEPT))
    written = sa.update(session).where(session.c.id == sa.bindparam('of_session'))
    rows = [
        {name: int(value) for name, value in row._mapping.items()} for row in connection.execute(sa.text(_BY_SESSION))
    ]
    if rows:
        connection.execute(written.values({name: sa.bindparam(name) for name in _KEPT}), rows)


def downgrade() -> None:
    for name in reversed(_KEPT):
        op.drop_column('participant_session', name)
