"""How a synthetic participant answers: by how well it went, with some scatter."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

REMARKS = (
    "Nothing, really.",
    "I would have liked to see the costs earlier.",
    "I did not know where to begin.",
    "It was quicker than I thought.",
    "A clearer message when something is wrong.",
    "The button that I needed was below the fold.",
    "I looked for it in the menu first.",
    "A way to change my mind without starting over.",
    "Larger pictures.",
    "It asks for more than it needs to know.",
    "I was never sure whether it had worked.",
    "The names of the pages do not say what is on them.",
)
Value = int | str | list[str] | None


def answer(question: Mapping[str, Any], liking: float, rng: Random) -> Value:
    """Answer a question; `liking` runs from 0 (awful) to 1 (a pleasure).

    >>> from random import Random
    >>> answer({"key": "sus_1", "type": "scale", "min": 1, "max": 5, "group": "sus", "number": [1, 10]}, 1.0, Random(1))
    5
    """
    match question["type"]:
        case "scale":
            return _on_scale(question, liking, rng)
        case "choice":
            return _choice(question, rng)
        case _:
            return rng.choice(REMARKS) if question.get("required") or rng.random() < 0.6 else None


def _on_scale(question: Mapping[str, Any], liking: float, rng: Random) -> int:
    low, high = question["min"], question["max"]
    # Every second statement of the SUS is a complaint: whoever likes the site disagrees.
    if question.get("group") == "sus" and question["number"][0] % 2 == 0:
        liking = 1 - liking
    wanted = low + (high - low) * liking + rng.gauss(0, (high - low) * 0.1)
    return int(min(high, max(low, round(wanted))))


def _choice(question: Mapping[str, Any], rng: Random) -> Value:
    options = list(question["options"])
    return rng.sample(options, rng.randint(1, len(options))) if question.get("multiple") else rng.choice(options)
