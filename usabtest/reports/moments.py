"""Moments of attempts, and their names in addresses: what knows when something was can lead to it."""

from __future__ import annotations

from dataclasses import dataclass

from usabtest.reports.words import clock


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was in which attempt of whom."""

    code: str
    number: int
    at_s: float

    @property
    def anchor(self) -> str:
        return moment_anchor(self.at_s)

    @property
    def words(self) -> str:
        return f"{self.code} at {clock(self.at_s)}"


def moment_anchor(at_s: float) -> str:
    """The name of a moment on a participant's page, by when it was in the attempt.

    >>> moment_anchor(28.04)
    'at-28040'
    """
    return f"at-{max(0, round(at_s * 1000))}"
