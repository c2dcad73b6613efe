"""usabtest recompute: all measures made anew from the raw events, and what that changes."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator

import click
import msgspec
import sqlalchemy as sa

from usabtest.cli.opened import opened_app, tell
from usabtest.db import db, transaction
from usabtest.errors import NotFound
from usabtest.flow.steps import settle
from usabtest.measurement.actions import measure
from usabtest.measurement.models import MeasuredAttempt
from usabtest.measurement.queries import attempt_id, sessions_of
from usabtest.participation.models import Attempt, ParticipantSession
from usabtest.studies.queries import study_by_key

_VERDICT = ("started_ms", "ended_ms", "ended_how", "met_side", "met_index", "met_ms", "rule", "said", "outcome")

Figures = dict[tuple[int, int], dict[str, object]]


@click.command()
@click.argument("key")
def recompute(key: str) -> None:
    """Measure all attempts of the study KEY anew from the raw events, and name every figure that differs."""
    with opened_app():
        study = study_by_key(key)
        if study is None:
            raise NotFound(f"There is no study with the key {key}: `usabtest study list` names all.")
        session_ids = sessions_of(study)
        changed = 0
        with click.progressbar(
            session_ids, label="Sessions", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as sessions:
            for session_id in sessions:
                for line in _recomputed(session_id):
                    changed += 1
                    click.echo(line)
    differ = (
        "no figure differs" if changed == 0 else "1 figure differs" if changed == 1 else f"{changed} figures differ"
    )
    tell(f"{len(session_ids)} {'session' if len(session_ids) == 1 else 'sessions'} measured anew, {differ}.")


def _recomputed(session_id: int) -> list[str]:
    """Bring one session up to date from its events alone; return a line for each figure that this changed."""
    now = dt.datetime.now(dt.UTC)
    before = _figures(session_id)
    with transaction() as session:
        settle(session.get_one(ParticipantSession, session_id), now)
        measure([session_id], now)
    return list(_differences(before, _figures(session_id)))


def _figures(session_id: int) -> Figures:
    """What is kept of a session's attempts now: how each ended, and its measures if it has any."""
    rows = db.session.execute(
        sa.select(Attempt, MeasuredAttempt)
        .outerjoin(
            MeasuredAttempt,
            sa.and_(MeasuredAttempt.session_id == Attempt.session_id, MeasuredAttempt.number == Attempt.number),
        )
        .where(Attempt.session_id == session_id)
        .order_by(Attempt.number)
    )
    return {
        (session_id, attempt.number): {
            **{name: getattr(attempt, name) for name in _VERDICT},
            **(dict(measured.measures) if measured else {}),
        }
        for attempt, measured in rows
    }


def _differences(before: Figures, after: Figures) -> Iterator[str]:
    for key in sorted(before | after):
        old, new = before.get(key, {}), after.get(key, {})
        for name in sorted(old | new):
            if old.get(name) != new.get(name) and not (name not in old and name not in _VERDICT):
                yield "\t".join((attempt_id(*key), name, _text(old.get(name)), _text(new.get(name))))


def _text(value: object) -> str:
    """A figure as it is told: plain, or as JSON where it has parts."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
