"""numbers of attempts"""

from __future__ import annotations

import hashlib
import json
import math
import struct
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

_ERRORS = ("form", "wrong_path", "marked", "javascript", "network")
_SIGNALS = ("dead_click", "rage_click", "error_click", "quick_back")
_AT_ONCE = 1000


def upgrade() -> None:
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('numbers', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('numbers_by', sa.String(length=64), nullable=True))
    _write_numbers(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_column('numbers_by')
        batch_op.drop_column('numbers')


def _write_numbers(connection: sa.Connection) -> None:
    """Write the numbers of what is measured already, as packed.py wrote them when this revision was made."""
    attempt = sa.table('attempt', *map(sa.column, ('session_id', 'number', 'numbers', 'numbers_by')))
    measured = sa.table(
        'measured_attempt',
        *map(sa.column, ('session_id', 'number', 'rules_version', 'thresholds')),
        sa.column('measures', sa.JSON()),
    )
    place = (measured.c.session_id, measured.c.number)
    written = sa.update(attempt).where(
        attempt.c.session_id == sa.bindparam('of_session'), attempt.c.number == sa.bindparam('of_number')
    )
    after: tuple[int, int] = (-1, -1)
    while rows := connection.execute(
        sa.select(measured).where(sa.tuple_(*place) > after).order_by(*place).limit(_AT_ONCE)
    ).all():
        connection.execute(
            written.values(numbers=sa.bindparam('packed'), numbers_by=sa.bindparam('by')),
            [
                {
                    'of_session': row.session_id,
                    'of_number': row.number,
                    'packed': _packed(row.measures),
                    'by': f'{row.rules_version}-{row.thresholds}',
                }
                for row in rows
            ],
        )
        after = (rows[-1].session_id, rows[-1].number)


def _packed(measures: dict[str, Any]) -> bytes:
    whole = hashlib.sha256(json.dumps(measures, separators=(',', ':'), ensure_ascii=False).encode()).digest()
    loads_s = [load['load_s'] for load in measures['page_loads'] if load['load_s'] is not None]
    kinds = [one['kind'] for one in (*measures['errors'], *measures['signals'])]
    return struct.pack(
        f'<Q2d12I2b{len(loads_s)}d',
        int.from_bytes(whole[:8], 'little'),
        measures['time_on_task_s'],
        math.nan if measures['lostness'] is None else measures['lostness'],
        *(measures[name] for name in ('clicks', 'page_views', 'steps')),
        *(kinds.count(kind) for kind in (*_ERRORS, *_SIGNALS)),
        *(-1 if measures[name] is None else int(measures[name]) for name in ('first_click', 'searched')),
        *loads_s,
    )
