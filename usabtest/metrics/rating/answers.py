"""Answers to a questionnaire, checked; and what one person's come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from usabtest.metrics.intervals import Flag, Floats, Values, split_missing

Answers: TypeAlias = Sequence[int | float | None]
NO_ANSWERS = "no answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One person's score on a questionnaire."""

    value: float | None
    answered: int
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


def as_answers(name: str, responses: Answers, length: int, low: int, high: int) -> list[int | None]:
    if len(responses) != length:
        raise ValueError(f"{name} must be {length} answers, got {len(responses)}")
    return [None if _is_missing(answer) else _whole(name, answer, low, high) for answer in responses]


def whole_ratings(ratings: Values, low: int, high: int) -> Floats:
    present, _ = split_missing("ratings", ratings)
    check_range("ratings", present, low, high)
    if (np.floor(present) != present).any():
        raise ValueError(f"ratings must be whole numbers from {low} to {high}, got {ratings!r}")
    return present


def check_range(name: str, present: Floats, low: float, high: float) -> None:
    outside = present[(present < low) | (present > high)]
    if outside.size:
        raise ValueError(f"{name} must be from {low:g} to {high:g}, got {float(outside[0]):g}")


def _is_missing(answer: float | None) -> bool:
    return answer is None or answer != answer


def _whole(name: str, answer: float | None, low: int, high: int) -> int:
    if answer is None or not (low <= answer <= high and answer == int(answer)):
        raise ValueError(f"{name} must be whole numbers from {low} to {high}, got {answer!r}")
    return int(answer)
