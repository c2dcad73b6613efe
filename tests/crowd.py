"""People by the hundred for the pages of a report: ways through a shop, clicks, errors in several places, groups.

Everything is drawn from a seed, and written in one transaction. Needs an app context.
"""

from __future__ import annotations

import datetime as dt
import random
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from tests.factories import now
from tests.measured import make_measures
from usabtest.db import db, transaction
from usabtest.instruments.catalogue import INSTRUMENTS
from usabtest.measurement.fold import RULES_VERSION, FirstClick, Occurrence, Visit, to_json
from usabtest.measurement.models import MeasuredAttempt
from usabtest.measurement.rules import thresholds_of
from usabtest.participation import actions
from usabtest.participation.models import Attempt
from usabtest.questionnaires.models import AFTER_TEST, Answer
from usabtest.studies.models import Invitation, Study

SITE = "https://shop.example"
OUTCOMES = ("failure", "failure", "failure", "gave_up", "timed_out", "abandoned", "assisted", "partial")
DEVICES = (("desktop", "Firefox 131"), ("desktop", "Chrome 131"), ("tablet", "Safari 17"), ("phone", "Chrome 131"))
PLACES = (
    ("form", "/checkout/payment", "input#voucher"),
    ("form", "/checkout/address", "input#postcode"),
    ("wrong_path", "/help/vouchers", f"{SITE}/help/vouchers"),
    ("network", "/checkout/payment", "POST /api/voucher 500"),
    ("javascript", "/basket/", "TypeError: total is undefined"),
    ("marked", "/checkout/payment", "voucher refused"),
)
SIGNALS = (("dead_click", "/checkout/payment", "button.apply"), ("rage_click", "/basket/", "span.total"))
ASIDES = ("/help/vouchers", "/help/", "/search?q=voucher", "/account/", "/returns/", "/catalogue/crime/")
SHORTER = {"umux_lite": (3, 5, 6, 7), "csat": (2, 3, 4, 4, 5), "ces": (3, 4, 5, 6)}
WORDS = (
    "I did not see where the code goes.",
    "The total changed and I did not know why. I went back to the basket, then forward again, and it was the same.",
    "It was fine.",
    "The button did nothing the first time",
)


def make_crowd(study: Study, count: int, *, seed: int = 9, words: Sequence[str] = WORDS) -> None:
    """Add people who went through the whole study, later tasks being harder; the same seed, the same data."""
    chance = random.Random(seed)
    with transaction():
        groups = [
            Invitation(study_id=study.id, token_hash=secrets.token_bytes(32), label=label, created_at=now())
            for label in ("Panel", "Club members")
        ]
        db.session.add_all(groups)
        db.session.flush()
        for place in range(count):
            _add_person(study, chance, place, groups, words)


def _add_person(
    study: Study, chance: random.Random, place: int, groups: Sequence[Invitation], words: Sequence[str]
) -> None:
    device, browser = chance.choice(DEVICES)
    attributes = {"plan": chance.choice(["free", "free", "pro"]), "ref": f"r{place}"}
    newcomer = actions.Newcomer(browser_token=f"crowd{study.id}-{place}", attributes=attributes)
    at = now() - dt.timedelta(hours=3 * place)
    session = actions.begin(study, newcomer, pilot=False, now=at)
    person = session.participant
    person.status = "completed" if chance.random() < 0.92 else "abandoned"
    person.device, person.browser = device, browser
    person.language = chance.choice(["en-GB", "en-GB", "de", "ar"])
    person.invitation_id = chance.choice([None, groups[0].id, groups[1].id])
    person.width, person.height = (390, 844) if device == "phone" else (1440, 900)
    person.arrived_at = person.started_at = at
    person.ended_at = at + dt.timedelta(minutes=9)
    if place == 5:
        person.excluded_at, person.excluded_reason = now(), "Lost the connection twice"
    started_ms = round(at.timestamp() * 1000)
    hardest = max(1, len(study.spec.tasks) - 1)
    for number, task in enumerate(study.spec.tasks):
        _add_attempt(study, session.id, person.id, chance, started_ms, number, task.key, number / hardest, words)
    answers = {f"sus_{n + 1}": chance.choice([3, 4, 4, 5] if n % 2 == 0 else [1, 2, 2, 3]) for n in range(10)}
    _answer(session.id, study.id, person.id, {**answers, "nps": chance.choice([4, 6, 7, 8, 8, 9, 9, 10])})
    shorter = [key for key in SHORTER if key in study.spec.after]
    points = {item.key: chance.choice(SHORTER[key]) for key in shorter for item in INSTRUMENTS[key].items}
    _answer(session.id, study.id, person.id, points)
    _answer(session.id, study.id, person.id, {"change": chance.choice(words)} if chance.random() < 0.7 else {})


def _add_attempt(
    study: Study,
    session_id: int,
    person_id: int,
    chance: random.Random,
    started_ms: int,
    number: int,
    task_key: str,
    hard: float,
    words: Sequence[str],
) -> None:
    outcome = "success" if chance.random() > 0.08 + 0.5 * hard else chance.choice(OUTCOMES)
    time_s = 300.0 if outcome == "timed_out" else round(chance.lognormvariate(3.3 + 1.2 * hard, 0.45), 1)
    if chance.random() < 0.02:
        time_s = 1.5 if chance.random() < 0.5 else 1500.0
    started_ms += number * 400_000
    rule = {"success": "success", "assisted": None, "failure": chance.choice(["failure", None])}.get(outcome)
    said = {"success": "done", "failure": "done", "gave_up": "gave_up"}.get(outcome)
    if outcome == "success" and chance.random() < 0.1:
        said = None
    judged = outcome in {"assisted", "partial"}
    db.session.add(
        Attempt(
            session_id=session_id,
            number=number,
            participant_id=person_id,
            study_id=study.id,
            task_key=task_key,
            started_ms=started_ms,
            ended_ms=started_ms + round(time_s * 1000),
            ended_how={"gave_up": "gave_up", "timed_out": "timed_out", "abandoned": "abandoned"}.get(outcome, "done"),
            outcome="failure" if judged else outcome,
            rule=rule,
            said=said,
            met_side=rule,
            met_index=0 if rule else None,
            met_ms=started_ms + round(time_s * 900) if rule else None,
            time_on_task_ms=round(time_s * 1000),
            flags=[],
            judged_outcome=outcome if judged else None,
            judged_reason="Pointed to the field" if judged else None,
            judged_by=study.owner_id if judged else None,
            judged_at=now() if judged else None,
            stale=False,
        )
    )
    db.session.flush()
    db.session.add(
        MeasuredAttempt(
            session_id=session_id,
            number=number,
            study_id=study.id,
            task_key=task_key,
            rules_version=RULES_VERSION,
            thresholds=thresholds_of(study.spec.analysis),
            measures=to_json(make_measures(time_s, **_measures(chance, outcome, time_s, hard))),
            measured_at=now(),
        )
    )
    ease = max(1, min(7, round(chance.gauss(6.2 - 2.5 * hard, 1.2))))
    _answer(session_id, study.id, person_id, {"seq": ease, "why": chance.choice(words)}, number, task_key)


def _measures(chance: random.Random, outcome: str, time_s: float, hard: float) -> Mapping[str, Any]:
    right = chance.random() < 0.7
    click = FirstClick(
        2.5,
        f"{SITE}/",
        "nav a.books" if right else chance.choice(["input[type=search]", "img.hero"]),
        500,
        500,
        120,
        80,
    )
    wrong = int(chance.random() * (1 + 3 * hard))
    met = [chance.choice(PLACES) for _ in range(wrong)]
    signs = [chance.choice(SIGNALS) for _ in range(int(chance.random() < 0.3))]
    path = _path(chance, outcome)
    return {
        "clicks": chance.randint(3, 8 + round(10 * hard)),
        "path": tuple(Visit(time_s * n / len(path), f"{SITE}{page}") for n, page in enumerate(path)),
        "errors": tuple(Occurrence(kind, 1.0 + n, f"{SITE}{page}", what) for n, (kind, page, what) in enumerate(met)),
        "signals": tuple(
            Occurrence(kind, 2.0 + n, f"{SITE}{page}", what) for n, (kind, page, what) in enumerate(signs)
        ),
        "first_click": right,
        "first_click_at": click,
        "lostness": chance.random() * 0.6,
        "searched": chance.random() < 0.25,
        "idle": chance.random() < 0.03,
    }


def _path(chance: random.Random, outcome: str) -> list[str]:
    path = ["/", "/basket/", "/checkout/payment"][: 3 if outcome == "success" else chance.randint(1, 3)]
    if chance.random() < 0.35:
        path.append(chance.choice(ASIDES))
        path.append(chance.choice(path[:-1]))
    if outcome in {"success", "assisted"}:
        path.append("/checkout/thanks?voucher=1")
    elif outcome == "failure" and chance.random() < 0.6:
        path.append("/checkout/thanks?paid=card")
    return path


def _answer(
    session_id: int,
    study_id: int,
    person_id: int,
    answers: Mapping[str, object],
    attempt: int = AFTER_TEST,
    task_key: str | None = None,
) -> None:
    at_ms = round(now().timestamp() * 1000)
    for question, value in answers.items():
        db.session.add(
            Answer(
                session_id=session_id,
                attempt=attempt,
                question=question,
                study_id=study_id,
                participant_id=person_id,
                task_key=task_key,
                value=value,
                language="en",
                at_ms=at_ms,
            )
        )
