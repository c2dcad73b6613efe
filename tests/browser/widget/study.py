"""A study in the shape of the wire format, and facts that bring a participant to each step of it."""

from __future__ import annotations

from typing import Any

SEQ = {
    "key": "seq",
    "group": "seq",
    "number": [1, 1],
    "type": "scale",
    "text": "Overall, how difficult or easy was this task?",
    "min": 1,
    "max": 7,
    "labels": ["Very difficult", "Very easy"],
}
NPS = {
    "key": "nps",
    "group": "nps",
    "number": [1, 1],
    "type": "scale",
    "text": "How likely is it that you would recommend this site to a friend or colleague?",
    "min": 0,
    "max": 10,
    "labels": ["Not at all likely", "Extremely likely"],
}
STATEMENTS = [f"I thought the part {number} of this site was easy to use." for number in range(1, 11)]
SUS = [
    {
        "key": f"sus_{number}",
        "group": "sus",
        "number": [number, 10],
        "type": "scale",
        "text": text,
        "min": 1,
        "max": 5,
        "labels": ["Strongly disagree", "Strongly agree"],
    }
    for number, text in enumerate(STATEMENTS, start=1)
]
WHY = {"key": "why", "type": "open", "text": "What made you hesitate?", "required": True}
WHICH = {
    "key": "which",
    "type": "choice",
    "text": "Which way did you pay?",
    "options": ["By card", "By invoice"],
    "other": True,
}
PARTS = {
    "key": "parts",
    "type": "choice",
    "text": "What did you look at?",
    "options": ["Price", "Reviews", "Delivery"],
    "multiple": True,
    "required": True,
}
PRICE = {"key": "answer:success:0", "type": "open", "text": "What does it cost?", "required": True}
SCENARIO = [
    {
        "t": "p",
        "c": [
            "A friend gave you a voucher for the shop. Its code is ",
            {"t": "strong", "c": ["OTTER 2026 15"]},
            ".",
        ],
    },
    {"t": "p", "c": ["Buy the book in your basket and pay with the voucher."]},
]


def make_task(key: str = "pay", title: str = "Pay with a voucher", **changes: Any) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "scenario": SCENARIO,
        "start_url": None,
        "entry_url": None,
        "success": [],
        "failure": [],
        "finish": "participant",
        "time_limit_s": None,
        "first_click": [],
        "search": [],
        "answers": [],
        "questions": [SEQ],
        **changes,
    }


def make_definition(**changes: Any) -> dict[str, Any]:
    return {
        "id": "d1",
        "study": "otter",
        "title": "Otter Lane Books",
        "language": "en",
        "sites": [],
        "keep_query": [],
        "keep_fragment": False,
        "text": False,
        "idle_limit_s": 1800,
        "pilot": False,
        "home": "https://usabtest.example/s/otter",
        "finish": "https://usabtest.example/s/otter/thanks",
        "tasks": [make_task(), make_task("find", "Find a present", time_limit_s=300)],
        "after": [*SUS, NPS],
        **changes,
    }


def running(number: int = 0) -> dict[str, Any]:
    attempts = {**ended(number)["attempts"], str(number): {"started": 1, "met": None, "ended": None}}
    return {"attempts": attempts, "answers": {f"{earlier}/seq": 6 for earlier in range(number)}}


def ended(tasks: int, *, how: str = "done", unanswered: bool = False) -> dict[str, Any]:
    """So many tasks are over; with `unanswered` the questions of the last of them are still to come."""
    attempts = {str(number): {"started": 1, "met": None, "ended": {"how": how, "at": 2}} for number in range(tasks)}
    return {"attempts": attempts, "answers": {f"{number}/seq": 6 for number in range(tasks - unanswered)}}


def answered(count: int, *, tasks: int = 2) -> dict[str, Any]:
    """All tasks are over, and so many of the questions after the test are answered."""
    facts = ended(tasks)
    keys = [question["key"] for question in [*SUS, NPS]][:count]
    facts["answers"] |= {f"/{key}": 4 for key in keys}
    return facts
