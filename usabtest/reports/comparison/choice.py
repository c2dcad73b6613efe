"""What is to be compared, as the address says.

`with` is the key of another study; `benchmarks=1` holds the study against its benchmarks. A filter that begins with
`a.` shapes the earlier side alone (or the first group), one with `b.` the later side alone; all others shape both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from usabtest.reports.filters import Filters, read_filters

WITH = "with"
BENCHMARKS = "benchmarks"
_SIDES = ("a.", "b.")


@dataclass(frozen=True, slots=True)
class Choice:
    """The other study by its key, if one was chosen, and whom each side is about. `shared` shapes both."""

    other: str | None
    benchmarks: bool
    before: Filters
    after: Filters
    shared: Filters

    @property
    def groups(self) -> bool:
        """Whether the sides are different groups of people."""
        return self.before.echo != self.after.echo


def read_choice(given: Mapping[str, Sequence[str]]) -> Choice:
    """Read the address; what a side chooses for itself, the shared filters do not choose as well.

    Examples
    --------
    >>> choice = read_choice({"a.device": ["phone"], "b.device": ["desktop"], "device": ["tablet"], "group": ["May"]})
    >>> choice.before.echo, choice.shared.echo
    ({'device': 'phone', 'group': 'May'}, {'group': 'May'})
    """
    of_side = {side: _stripped(given, side) for side in _SIDES}
    own = {name for names in of_side.values() for name in names}
    shared = {name: values for name, values in given.items() if name not in own and not says_what_is_compared(name)}
    other = next((value for value in given.get(WITH, ()) if value), None)
    return Choice(
        other=other,
        benchmarks=any(given.get(BENCHMARKS, ())),
        before=read_filters({**shared, **of_side["a."]}),
        after=read_filters({**shared, **of_side["b."]}),
        shared=read_filters(shared),
    )


def says_what_is_compared(name: str) -> bool:
    """Whether a parameter chooses a side; all others are filters of both."""
    return name in {WITH, BENCHMARKS} or name.startswith(_SIDES)


def choice_echo(choice: Choice) -> dict[str, str | list[str]]:
    """Write what chooses the sides for an address, without the filters of both.

    >>> choice_echo(read_choice({"with": ["round-1"], "a.device": ["phone"], "group": ["May"]}))
    {'a.device': 'phone', 'with': 'round-1'}
    """
    own = {
        f"{side}{name}": value
        for side, filters in zip(_SIDES, (choice.before, choice.after), strict=True)
        for name, value in filters.echo.items()
        if choice.shared.echo.get(name) != value
    }
    chosen: dict[str, str | list[str]] = {WITH: choice.other} if choice.other else {}
    return {**own, **({BENCHMARKS: "1"} if choice.benchmarks and not choice.other else {}), **chosen}


def _stripped(given: Mapping[str, Sequence[str]], side: str) -> dict[str, Sequence[str]]:
    named = {name.removeprefix(side): values for name, values in given.items() if name.startswith(side)}
    return {name: values for name, values in named.items() if any(values)}
