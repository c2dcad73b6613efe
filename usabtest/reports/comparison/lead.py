"""The sentence that a comparison begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from usabtest.reports.comparison.measures import KINDS, Measure, Unit
from usabtest.reports.comparison.names import (
    at_once,
    benchmark_words,
    figure_words,
    has_verdict,
    of_what,
    perhaps_words,
    where,
)
from usabtest.reports.comparison.same_or_not import why_nothing
from usabtest.reports.comparison.values import Among, Compared, Comparison
from usabtest.reports.comparison.verdict import Verdict
from usabtest.reports.comparison.wording import amount, smallest_n
from usabtest.reports.words import COUNTS_ONLY_BELOW, Sentence, named


def lead(comparison: Comparison) -> Sentence:
    """The one sentence that the page begins with."""
    if comparison.nothing:
        return Sentence("", "Nothing can be compared yet", f": {why_nothing(comparison)}.")
    real = [one for one in comparison if has_verdict(one, Verdict.REAL)]
    if not real:
        return _uncertain_lead(comparison)
    first = max(real, key=_importance)
    told = _headline(first, comparison)
    bad = [one for one in real if _is_better(one) != _is_better(first)]
    against = f" {_headline(max(bad, key=_importance), comparison)}" if bad else ""
    return Sentence(told.before, told.marked, f"{told.after}{against}{_rest(comparison, real)}")


def told_perhaps(comparison: Comparison) -> Compared | None:
    """The change that the lead tells with its doubt, where none is certain."""
    if any(has_verdict(one, Verdict.REAL) for one in comparison):
        return None
    perhaps = [one for one in comparison if has_verdict(one, Verdict.PERHAPS)]
    return max(perhaps, key=_importance, default=None)


# Which real change is told first: how usable it felt, then success, then the rest.
_ORDER = (Measure.SUS, Measure.SUCCESS, Measure.UMUX_LITE, Measure.TIME, Measure.ERRORS, Measure.EASE)


# What more of a measure means, and what less; {task} is the task, {than} what it is compared with.
_HEADLINES: Mapping[Measure, tuple[str, str]] = {
    Measure.SUS: ("People find it easier to use than {than}", "People find it harder to use than {than}"),
    Measure.UMUX_LITE: ("People find it easier to use than {than}", "People find it harder to use than {than}"),
    Measure.NPS: ("People would rather recommend it than {than}", "People would less recommend it than {than}"),
    Measure.CSAT: ("More people are satisfied than {than}", "Fewer people are satisfied than {than}"),
    Measure.CES: ("It was made easier than {than}", "It was made less easy than {than}"),
    Measure.SUCCESS: ("More people manage {task} than {than}", "Fewer people manage {task} than {than}"),
    Measure.TIME: ("{task} takes longer than {than}", "{task} takes less time than {than}"),
    Measure.ERRORS: (
        "More people run into errors in {task} than {than}",
        "Fewer people run into errors in {task} than {than}",
    ),
    Measure.EASE: ("{task} feels easier than {than}", "{task} feels harder than {than}"),
    Measure.FIRST_CLICK: (
        "More people begin {task} in the right place than {than}",
        "Fewer people begin {task} in the right place than {than}",
    ),
    Measure.ABANDONMENT: (
        "More people give up or leave in {task} than {than}",
        "Fewer people give up or leave in {task} than {than}",
    ),
    Measure.LOSTNESS: (
        "People get lost more in {task} than {than}",
        "People get lost less in {task} than {than}",
    ),
    Measure.CLICKS: ("{task} takes more clicks than {than}", "{task} takes fewer clicks than {than}"),
}


_ON = {
    Measure.SUS: " on the usability score (SUS)",
    Measure.UMUX_LITE: " on the usability score (UMUX-Lite)",
    Measure.NPS: " on likelihood to recommend",
    Measure.CES: " of 7 on effort (CES)",
    Measure.EASE: " of 7 on ease",
    Measure.LOSTNESS: " on lostness",
}


def _value(one: Compared) -> float:
    """The change, none if there is none."""
    return KINDS[one.measure].same if one.change is None or one.change.value is None else one.change.value


def _is_better(one: Compared) -> bool:
    kind = KINDS[one.measure]
    return (_value(one) > kind.same) == kind.more_is_better


def _importance(one: Compared) -> tuple[int, float]:
    kind = KINDS[one.measure]
    rank = _ORDER.index(one.measure) if one.measure in _ORDER else len(_ORDER)
    value = _value(one)
    size = max(value, 1 / value) if kind.unit is Unit.RATIO and value else abs(value - kind.same)
    return -rank, size


def _headline(one: Compared, comparison: Comparison) -> Sentence:
    value = _value(one)
    up = value > KINDS[one.measure].same
    more, less = _HEADLINES[one.measure]
    opening = (more if up else less).format(task=named(one.title), than=where(comparison))
    if one.measure is Measure.TIME:
        return Sentence(f"{opening}: ", f"{amount(one.measure, value)} {'slower' if up else 'quicker'}", ".")
    if KINDS[one.measure].unit is Unit.SHARE and smallest_n(one) < COUNTS_ONLY_BELOW:
        return Sentence(f"{opening}: ", _both_figures(one), ".")
    side = ("above" if up else "below") if one.before is None else "up" if up else "down"
    marked = f"{amount(one.measure, value)} {side}"
    return Sentence(f"{opening}: ", marked, f"{_ON.get(one.measure, '')}.")


def _both_figures(one: Compared) -> str:
    earlier = figure_words(one.measure, one.before) if one.before else benchmark_words(one.measure, one.benchmark or 0)
    return f"{figure_words(one.measure, one.after)} against {earlier}"


def _rest(comparison: Comparison, real: Sequence[Compared]) -> str:
    """What the lead adds on success, so that nobody takes one good figure for all."""
    tasks = [one for one in comparison.of(Measure.SUCCESS) if one.change is not None]
    if not tasks or any(one.measure is Measure.SUCCESS for one in real):
        return ""
    if all(has_verdict(one, Verdict.TOO_FEW) for one in tasks):
        return " For success on single tasks there were too few people to tell."
    return " For success on single tasks no change is certain."


def _uncertain_lead(comparison: Comparison) -> Sentence:
    tested = [one for one in comparison if one.change is not None and one.change.verdict is not Verdict.UNTESTED]
    first = told_perhaps(comparison)
    if first is not None:
        marked = f"perhaps {perhaps_words(first, comparison)}"
        after = f" ({of_what(first)}). With {at_once(comparison)}, chance alone could do this."
        return Sentence("Nothing is certain yet: ", marked, after)
    if tested and all(has_verdict(one, Verdict.ALIKE) for one in tested):
        return Sentence("", "No difference that matters", f" {_against(comparison)} in anything that was measured.")
    return Sentence("", "Too few people to tell", f" {_whether(comparison)}.")


def _against(comparison: Comparison) -> str:
    return "from the benchmarks" if comparison.before is None else f"to what was seen {where(comparison)}"


def _whether(comparison: Comparison) -> str:
    match comparison.among:
        case Among.ROUNDS:
            return f"whether anything has changed since {where(comparison).removeprefix('in ')}"
        case Among.STUDIES:
            return "whether the two studies differ"
        case Among.SEGMENTS:
            return "whether the two groups differ"
    return "whether the benchmarks are met"
