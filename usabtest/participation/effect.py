"""What leaving somebody out, or judging an attempt, does to the figures: said before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_NAMED_AT_MOST = 2
NOT_COUNTED = ("skipped", "invalid")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the attempts that count succeeded at a task."""

    title: str
    successes: int
    n: int

    def without(self, outcome: str | None) -> Tally:
        """As it would be without an attempt that ended so."""
        if outcome is None or outcome in NOT_COUNTED:
            return self
        return Tally(self.title, self.successes - (outcome == "success"), self.n - 1)

    def __str__(self) -> str:
        return f"{self.successes:,} of {self.n:,}"


def effect_of_leaving_out(tallies: Mapping[str, Tally], own: Iterable[tuple[str, str | None]]) -> str:
    """Say what the figures would be without somebody, whose attempts are `own`: each its task's key and its outcome.

    >>> tallies = {"pay": Tally("Pay", 5, 12)}
    >>> effect_of_leaving_out(tallies, [("pay", "failure")])
    'Success of “Pay” would go from 5 of 12 to 5 of 11.'
    >>> effect_of_leaving_out(tallies, [])
    'No task’s figures would change, only the number of people.'
    """
    changes = [
        (now, then)
        for key, outcome in own
        if (now := tallies.get(key)) is not None and (then := now.without(outcome)) != now
    ]
    if not changes:
        return "No task’s figures would change, only the number of people."
    changes.sort(key=lambda change: -abs(_rate(change[1]) - _rate(change[0])))
    told = [f"of “{now.title}” would go from {now} to {then}" for now, then in changes[:_NAMED_AT_MOST]]
    more = len(changes) - _NAMED_AT_MOST
    said = "Success " + ", and ".join(told)
    return f"{said}; {more} more {'task' if more == 1 else 'tasks'} would change too." if more > 0 else f"{said}."


def effect_of_judging(tally: Tally, outcome: str | None) -> str:
    """Say what a moderator's word could make of a task's figure, as the attempt stands at `outcome` now.

    >>> effect_of_judging(Tally("Pay", 5, 12), "failure")
    'Success of “Pay” is 5 of 12 now. Judged a success it would be 6 of 12, judged not recorded 5 of 11.'
    """
    rest = tally.without(outcome)
    success = Tally(tally.title, rest.successes + 1, rest.n + 1)
    other = Tally(tally.title, rest.successes, rest.n + 1)
    now = f"Success of “{tally.title}” is {tally} now."
    if outcome == "success":
        return f"{now} Judged as anything else it would be {other}, judged not recorded {rest}."
    return f"{now} Judged a success it would be {success}, judged not recorded {rest}."


def _rate(tally: Tally) -> float:
    return tally.successes / tally.n if tally.n else 0.0
