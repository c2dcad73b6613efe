"""Whether two sides asked the same, and of whom: what is said before anything is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from usabtest.reports.comparison.measures import KINDS
from usabtest.reports.comparison.names import of_what
from usabtest.reports.comparison.values import Among, Comparison, People
from usabtest.reports.comparison.wording import listed, unlike_words
from usabtest.reports.words import named, people


@dataclass(frozen=True, slots=True)
class SameOrNot:
    """What is said before anything is shown; `same`: nothing stands in the way of comparing."""

    same: bool
    first: str
    lines: tuple[str, ...]


def same_or_not(comparison: Comparison) -> SameOrNot:
    """Say whether both sides asked the same, and of whom."""
    lines = (_people_words(comparison),)
    differing = comparison.differing
    if comparison.among is Among.BENCHMARKS:
        return SameOrNot(True, "Held against benchmarks: the same values for everybody.", ())
    if differing is None:
        return SameOrNot(True, "Two groups of one study: the same tasks, criteria, limits and questions.", lines)
    if differing.same:
        both = "rounds" if comparison.among is Among.ROUNDS else "studies"
        return SameOrNot(True, f"Same tasks, criteria, limits and questions in both {both}.", lines)
    nothing = all(one.not_compared for one in comparison)
    first = "Nothing here can be compared." if nothing else "Not everything here can be compared."
    return SameOrNot(False, first, (*unlike_lines(comparison), *lines))


def unlike_lines(comparison: Comparison) -> Iterator[str]:
    """Each thing that is not the same, and what follows from it."""
    differing, before = comparison.differing, comparison.before
    if differing is None or before is None:
        return
    for pair in differing.pairs:
        if pair.unlike:
            drawn = _not_drawn(comparison, pair.after.key)
            yield f"{named(pair.after.title)}: {unlike_words(pair.unlike)} not the same. {drawn}"
    if differing.unlike:
        words = unlike_words(differing.unlike)
        yield f"{words[0].upper()}{words[1:]} not the same.{_scores_not_drawn(comparison)}"
    for tasks, side in ((differing.only_before, before), (differing.only_after, comparison.after)):
        if tasks:
            yield f"Only {_in_side(comparison, side.name)}: {listed([named(task.title) for task in tasks])}."


def why_nothing(comparison: Comparison) -> str:
    rows = list(comparison)
    if not rows:
        return "the two have no task and no question in common" if comparison.before else "no benchmark is set"
    if any(one.change is not None for one in rows):
        return "nobody has tried the tasks" if comparison.before is None else "on one side nobody has tried the tasks"
    return "what was asked is not the same" if comparison.differing else "a group has fewer than 3 people"


def _people_words(comparison: Comparison) -> str:
    match comparison.people:
        case People.SAME:
            return f"The same {people(comparison.common)} took part on both sides: each is compared with themselves."
        case People.MIXED:
            return (
                f"{people(comparison.common)} took part on both sides, others on one; "
                "all are analysed as different people, which finds a difference less easily."
            )
        case People.UNKNOWN:
            return "Participants have no identifiers, so all are taken to be different people."
    return "Different people took part."


def _in_side(comparison: Comparison, name: str) -> str:
    return f"in {name[0].lower()}{name[1:]}" if comparison.among is Among.ROUNDS else f"in {named(name)}"


def _not_drawn(comparison: Comparison, key: str) -> str:
    rows = [one for one in comparison.tasks if one.task_key == key]
    without = [one for one in rows if one.not_compared]
    if len(without) == len(rows):
        return "No difference is drawn for it."
    if not without:
        return "What is compared here does not hang on that."
    names = [of_what(one).rpartition("”, ")[2] for one in without]
    return f"No difference is drawn for: {listed(names)}."


def _scores_not_drawn(comparison: Comparison) -> str:
    without = [KINDS[one.measure].heading for one in comparison.scores if one.not_compared]
    return f" No difference is drawn for: {listed(without)}." if without else ""
