"""The comparison that a link shows: the one that was chosen for it, else with the round before or the benchmarks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from usabtest.accounts.models import User
from usabtest.errors import Fault, NotValid
from usabtest.reports.compare_page import comparison_of, sides_in_words
from usabtest.reports.comparison.choice import WITH, Choice, read_choice
from usabtest.reports.comparison.shown import ComparisonShown, comparison_shown
from usabtest.reports.filters import Filters
from usabtest.sharing.redacted import nameless
from usabtest.sharing.sections import Section
from usabtest.sharing.view import View
from usabtest.studies.access import Right, may
from usabtest.studies.models import Study
from usabtest.studies.queries import study_by_key

Chosen = Mapping[str, str | list[str]]


def compared(view: View, filters: Filters, *, now: dt.datetime) -> ComparisonShown | None:
    """Compare what was chosen, as far as whoever made the link may read it; None if there is nothing to compare."""
    choice = _choice(view, filters)
    other = _readable(view.by, choice.other) if choice.other else _usual(view) if not view.comparison else None
    if choice.other and other is None:
        return None
    found = comparison_of(view.study, other, choice, now=now)
    if found is None:
        return None
    return comparison_shown(found if Section.PARTICIPANTS in view.sections else nameless(found))


def comparison_in_words(study: Study, chosen: Chosen) -> str:
    """Name what a link compares, for whoever makes it; nothing if nothing was chosen."""
    if not chosen:
        return ""
    choice = read_choice(_values(chosen))
    other = study_by_key(choice.other) if choice.other else None
    if other is None and not choice.groups:
        return "benchmarks"
    return " beside ".join(sides_in_words(study, other, choice))


def require_readable(study: Study, chosen: Chosen, by: User) -> None:
    """Refuse a comparison with a study that whoever asks may not read, or with nothing."""
    other = next(iter(_values(chosen).get(WITH, ())), None)
    if other and _readable(by, other) is None:
        raise NotValid(Fault("comparison.with", "there is no such study, or you may not read its report"))
    if other == study.key and not read_choice(_values(chosen)).groups:
        raise NotValid(Fault("comparison", "both sides are the same people"))


def _choice(view: View, filters: Filters) -> Choice:
    if not view.comparison:
        usual = _usual(view)
        return Choice(other=None, benchmarks=usual is None, before=filters, after=filters, shared=filters)
    return read_choice({**_values(filters.echo), **_values(view.comparison)})


def _usual(view: View) -> Study | None:
    before = view.study.previous
    return before if before is not None and view.by is not None and may(view.by, before, Right.REPORT) else None


def _readable(by: User | None, key: str) -> Study | None:
    found = study_by_key(key)
    return found if found is not None and by is not None and may(by, found, Right.REPORT) else None


def _values(given: Chosen) -> dict[str, Sequence[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in given.items()}
