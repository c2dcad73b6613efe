"""What of a report a file shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a report, each in a file or not.

    `people` shows participants one by one: their codes, their attempts. `words` are what they and the moderators wrote.
    """

    overview: bool = True
    tasks: bool = True
    people: bool = True
    words: bool = True


EVERYTHING = Parts()
