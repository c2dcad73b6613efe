"""Make what reports are made from, without playing a session: attempts with measures, and answers."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from tests.factories import add_participant, now
from usabtest.db import transaction
from usabtest.measurement.fold import RULES_VERSION, AttemptMeasures, FirstClick, LoadTimes, Occurrence, Visit, to_json
from usabtest.measurement.models import MeasuredAttempt
from usabtest.measurement.packed import pack, rules_of
from usabtest.measurement.rules import thresholds_of
from usabtest.participation.models import Attempt, Participant
from usabtest.questionnaires.models import AFTER_TEST, Answer
from usabtest.studies.models import Study

_SAID = {"success": "done", "failure": "done", "gave_up": "gave_up"}
_HOW = {"success": "done", "failure": "done", "assisted": "done", "partial": "done", "invalid": "done"}


def make_measures(time_s: float = 60.0, **values: Any) -> AttemptMeasures:
    """The measures of an attempt of that length in which nothing went wrong."""
    usual: dict[str, Any] = {
        "time_on_task_s": time_s,
        "raw_time_s": time_s,
        "hidden_s": 0.0,
        "reached_s": None,
        "no_press": False,
        "clock_jump": False,
        "idle": False,
        "clicks": 5,
        "activations": 0,
        "page_views": 3,
        "pages": 3,
        "steps": 3,
        "path": (Visit(0.0, "https://shop.example/"), Visit(time_s / 2, "https://shop.example/basket/")),
        "page_loads": (LoadTimes("https://shop.example/", 0.4, 0.1, 0.2, 0.3, None),),
        "errors": (),
        "signals": (),
        "lostness": None,
        "path_deviation": None,
        "first_click": None,
        "first_click_at": None,
        "acted": True,
        "searched": None,
    }
    return AttemptMeasures(**{**usual, **values})


def errors(**counts: int) -> tuple[Occurrence, ...]:
    """So many errors (or signals) of each kind, a second apart."""
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    return tuple(
        Occurrence(kind, second + 1.0, "https://shop.example/checkout", "#voucher") for second, kind in enumerate(kinds)
    )


def first_click(selector: str = "nav a.books") -> FirstClick:
    return FirstClick(2.5, "https://shop.example/", selector, 500, 500, 120, 80)


def make_measured(participant: Participant, **what: Any) -> Attempt:
    """Add an attempt with its measures; what may be said of it, `_add_measured` says."""
    with transaction() as writing:
        return _add_measured(writing, participant, **what)


def _add_measured(
    writing: Session,
    participant: Participant,
    *,
    number: int = 0,
    task_key: str = "find-book",
    outcome: str | None = "success",
    time_s: float = 60.0,
    rule: str | None = "",
    said: str | None = "",
    judged: tuple[str, str] | None = None,
    ease: int | None = None,
    **measures: Any,
) -> Attempt:
    """Add an attempt with its measures; `judged` is a moderator's outcome and reason."""
    session = participant.participant_session
    assert session is not None
    study = participant.study
    started_ms = round(now().timestamp() * 1000) - 3_600_000 + number * 400_000
    met = {"success": "success", "failure": None}.get(outcome or "") if rule == "" else rule
    made = make_measures(time_s, **measures) if outcome not in (None, "skipped") else None
    attempt = Attempt(
        session_id=session.id,
        number=number,
        participant_id=participant.id,
        study_id=study.id,
        task_key=task_key,
        started_ms=started_ms,
        ended_ms=None if outcome is None else started_ms + round(time_s * 1000),
        ended_how=None if outcome is None else _HOW.get(outcome, outcome),
        outcome=outcome,
        rule=met,
        said=_SAID.get(outcome or "") if said == "" else said,
        met_side=met,
        met_index=0 if met else None,
        met_ms=started_ms + round(time_s * 900) if met else None,
        time_on_task_ms=None if outcome is None else round(time_s * 1000),
        flags=[],
        judged_outcome=judged[0] if judged else None,
        judged_reason=judged[1] if judged else None,
        judged_by=study.owner_id if judged else None,
        judged_at=now() if judged else None,
        stale=False,
        numbers=pack(made) if made else None,
        numbers_by=rules_of(study.spec.analysis) if made else None,
    )
    writing.add(attempt)
    if made is not None:
        writing.flush()
        writing.add(
            MeasuredAttempt(
                session_id=session.id,
                number=number,
                study_id=study.id,
                task_key=task_key,
                rules_version=RULES_VERSION,
                thresholds=thresholds_of(study.spec.analysis),
                measures=to_json(made),
                measured_at=now(),
            )
        )
    if ease is not None:
        _add_answers(writing, participant, {"seq": ease}, attempt=number, task_key=task_key)
    return attempt


def make_answers(
    participant: Participant, answers: Mapping[str, object], *, attempt: int = AFTER_TEST, task_key: str | None = None
) -> None:
    """Add answers, by the question's key; after the test, if nothing else is said."""
    with transaction() as writing:
        _add_answers(writing, participant, answers, attempt=attempt, task_key=task_key)


def _add_answers(
    writing: Session,
    participant: Participant,
    answers: Mapping[str, object],
    *,
    attempt: int = AFTER_TEST,
    task_key: str | None = None,
) -> None:
    session = participant.participant_session
    assert session is not None
    at_ms = round(now().timestamp() * 1000)
    for question, value in answers.items():
        writing.add(
            Answer(
                session_id=session.id,
                attempt=attempt,
                question=question,
                study_id=participant.study_id,
                participant_id=participant.id,
                task_key=task_key,
                value=value,
                language="en",
                at_ms=at_ms,
            )
        )


def make_sus(participant: Participant, points: Sequence[int]) -> None:
    """Add a filled SUS form: ten points from 1 to 5."""
    make_answers(participant, _sus(points))


def _sus(points: Sequence[int]) -> dict[str, object]:
    return {f"sus_{number}": point for number, point in enumerate(points, start=1)}


def make_people(study: Study, count: int, *, seed: int = 4) -> list[Participant]:
    """Add people who went through the whole study, later tasks being harder; the same seed, the same data."""
    chance = random.Random(seed)
    with transaction() as writing:
        return [_add_person(writing, study, chance) for _ in range(count)]


def _add_person(writing: Session, study: Study, chance: random.Random) -> Participant:
    participant = add_participant(study, status="completed", device=chance.choice(["desktop", "desktop", "phone"]))
    participant.browser, participant.language = "Firefox 131", "en-GB"
    participant.arrived_at = participant.started_at = participant.completed_at = participant.ended_at = now()
    participant.width, participant.height = 1440, 900
    for number, task in enumerate(study.spec.tasks):
        hard = number / max(1, len(study.spec.tasks) - 1)
        outcome = "success"
        if chance.random() < 0.1 + 0.55 * hard:
            outcome = chance.choice(["failure", "failure", "gave_up", "timed_out", "abandoned", "assisted", "partial"])
        time_s = round(chance.lognormvariate(3.3 + hard, 0.45), 1)
        wrong = int(chance.random() * (1 + 3 * hard))
        _add_measured(
            writing,
            participant,
            number=number,
            task_key=task.key,
            outcome=outcome,
            time_s=300.0 if outcome == "timed_out" else time_s,
            judged=("assisted", "Pointed to the field") if outcome == "assisted" else None,
            ease=max(1, min(7, round(chance.gauss(6.2 - 2.5 * hard, 1.2)))) if chance.random() < 0.95 else None,
            clicks=chance.randint(3, 8 + round(10 * hard)),
            errors=errors(form=wrong, javascript=int(chance.random() < 0.15)),
            signals=errors(dead_click=int(chance.random() < 0.3), rage_click=int(chance.random() < 0.2)),
            first_click=chance.random() < 0.7 if task.first_click else None,
            first_click_at=first_click(),
            lostness=chance.random() * 0.6 if task.optimal else None,
            searched=chance.random() < 0.25 if task.search else None,
        )
    if "sus" in study.spec.after:
        points = [chance.choice([3, 4, 4, 5]) if n % 2 == 0 else chance.choice([1, 2, 2, 3]) for n in range(10)]
        _add_answers(writing, participant, _sus(points))
    if "nps" in study.spec.after:
        _add_answers(writing, participant, {"nps": chance.choice([4, 6, 7, 8, 8, 9, 9, 10])})
    return participant
