"""What is said about shares; pure."""

from __future__ import annotations

import datetime as dt

from usabtest.sharing.sections import Section

SECTION_NAMES = {
    Section.CX: "Summary in plain words",
    Section.OVERVIEW: "Overview",
    Section.TASKS: "Every task",
    Section.COMPARE: "Comparison",
    Section.PARTICIPANTS: "Who took part",
    Section.FREE_TEXT: "What people wrote",
    Section.REPLAYS: "Replays",
}
SECTION_HINTS = {
    Section.CX: "One page for customer care: how many could do it, where it hurt, how it felt, what it may cost.",
    Section.OVERVIEW: "Success, time, errors and ease of all tasks side by side, and the scores after the test.",
    Section.TASKS: "For each task: how attempts ended, how long they took, what went wrong and where.",
    Section.COMPARE: "What changed since the round before, or how it stands beside the benchmarks.",
    Section.PARTICIPANTS: "Participants one by one, by their codes (P-04), and how each attempt ended. "
    "Without it nobody is named, and groups and attributes that you filter by are not named either.",
    Section.FREE_TEXT: "Answers word for word, and the reasons that moderators wrote.",
    Section.REPLAYS: "Recordings of attempts. There are none yet; the page says so.",
}


def day_in_words(moment: dt.datetime, now: dt.datetime) -> str:
    """Name a day; the year only where it is not this one.

    >>> day_in_words(dt.datetime(2026, 12, 14), dt.datetime(2026, 12, 20))
    '14 December'
    >>> day_in_words(dt.datetime(2026, 12, 14), dt.datetime(2027, 1, 2))
    '14 December 2026'
    """
    return f"{moment.day} {moment:%B}" if moment.year == now.year else whole_day(moment)


def whole_day(moment: dt.datetime) -> str:
    """Name a day with its year.

    >>> whole_day(dt.datetime(2026, 12, 14))
    '14 December 2026'
    """
    return f"{moment.day} {moment:%B %Y}"
