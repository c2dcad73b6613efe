"""The parts of a report that a link can show."""

from __future__ import annotations

from enum import StrEnum


class Section(StrEnum):
    """What a share shows, each only if it was chosen, in the order in which they are read."""

    CX = "cx"
    OVERVIEW = "overview"
    TASKS = "tasks"
    COMPARE = "compare"
    PARTICIPANTS = "participants"
    FREE_TEXT = "free_text"
    REPLAYS = "replays"
