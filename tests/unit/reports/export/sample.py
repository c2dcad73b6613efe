"""A study like one that is really run: five tasks, so many people, everything asked; chance comes from a seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.measured import errors, first_click
from tests.unit.reports.make import NOBODY, AnswerRow, make_row, make_task, recorded
from usabtest.collection.queries import Completeness
from usabtest.reports.assemble import assemble
from usabtest.reports.figures import StudyReport
from usabtest.reports.rows import LeftOutRow, PersonRow, StudyRows
from usabtest.studyfile.read import read_study

NOW = dt.datetime(2026, 11, 14, 16, 20, 3, 250_000, tzinfo=dt.UTC)
TITLES = (
    "Find a book as a present",
    "Find out what delivery costs",
    "Order two instead of one",
    "Pay with a voucher",
    "Send an item back",
)
_EASE_OF_SUCCESS = (0.92, 0.75, 0.83, 0.42, 0.64)
_REST = ("failure", "failure", "gave_up", "timed_out", "abandoned", "assisted", "partial")
WHY = {"key": "why", "text": "What decided?", "type": "choice", "options": ["Price", "Speed", "Trust"], "other": True}
WORDS = {"key": "words", "text": "What was missing?", "type": "open"}


def sample_report(
    people: int = 12,
    *,
    titles: Sequence[str] = TITLES,
    title: str = "Shop checkout, round 2",
    texts: Sequence[str] = ("The price of delivery", "Nothing, I liked it"),
    code: str = "P",
    scenario: str = "Go.",
    filters: Mapping[str, str | list[str]] | None = None,
    **study: Any,
) -> StudyReport:
    """The report of a made-up study of so many people."""
    chance = random.Random(7)
    tasks = [
        make_task(
            f"task-{place}",
            title=words,
            scenario=scenario,
            success=[{"url": "/thanks"}],
            optimal={"pages": 3},
            first_click=["nav a"],
            time_limit_s=300,
            questions=["seq", WHY],
        )
        for place, words in enumerate(titles)
    ]
    spec = read_study(
        {
            "title": title,
            "sites": ["https://shop.example"],
            "tasks": tasks,
            "after": ["sus", "nps", "csat", "ces", "umux_lite", WORDS],
            **study,
        }
    )
    rows, answers = [], []
    for person in range(1, people + 1):
        for place, _ in enumerate(titles):
            well = chance.random() < _EASE_OF_SUCCESS[place % len(_EASE_OF_SUCCESS)]
            outcome = "success" if well else chance.choice(_REST)
            row = make_row(
                person,
                outcome,
                task_key=f"task-{place}",
                time_s=round(chance.lognormvariate(4 + 0.2 * place, 0.45), 1),
                rule="success" if well else None,
                said="done" if outcome in {"success", "failure"} else "gave_up" if outcome == "gave_up" else None,
                clicks=chance.randint(3, 20),
                errors=errors(form=0 if well else chance.randint(0, 3), network=chance.randint(0, 8) // 8),
                signals=errors(dead_click=0 if well else chance.randint(0, 2)),
                first_click=chance.random() < 0.8,
                first_click_at=first_click(chance.choice(["nav a.books", "header input[type=search]"])),
                lostness=round(chance.random() / 2, 3) if well else None,
            )
            if outcome == "assisted":
                row = replace(row, judged="assisted", judged_reason=texts[0])
            rows.append(replace(row, number=place))
            answers.append(
                AnswerRow(person, f"task-{place}", "seq", chance.randint(3, 7) if well else chance.randint(1, 5))
            )
            answers.append(AnswerRow(person, f"task-{place}", "why", chance.choice(["Price", "Speed", texts[0]])))
        answers += [
            AnswerRow(person, None, f"sus_{item}", 4 + chance.randint(-1, 1) if item % 2 else 2 + chance.randint(-1, 1))
            for item in range(1, 11)
        ]
        answers += [
            AnswerRow(person, None, key, chance.randint(low, high))
            for key, low, high in (
                ("nps", 4, 10),
                ("csat", 2, 5),
                ("ces", 3, 7),
                ("umux_lite_1", 3, 7),
                ("umux_lite_2", 3, 7),
            )
        ]
        answers.append(AnswerRow(person, None, "words", texts[person % len(texts)]))
    return assemble(
        StudyRows(
            key="shop-checkout",
            title=title,
            status="live",
            spec=spec,
            read_at=NOW,
            filters=filters or {},
            counts=replace(NOBODY, sent=people, arrived=people, started=people, completed=people, excluded=1, pilot=3),
            completeness=Completeness(events_received=290 * people),
            people=tuple(
                PersonRow(one, f"{code}-{one:02}", "completed", "desktop", NOW) for one in range(1, people + 1)
            ),
            left_out=(LeftOutRow(f"{code}-00", texts[0]),),
            **recorded(spec, range(1, people + 1), rows, answers),
        )
    )
