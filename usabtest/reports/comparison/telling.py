"""What has changed between two sides, in sentences."""

from __future__ import annotations

from usabtest.reports.comparison.lead import told_perhaps
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
from usabtest.reports.comparison.values import Compared, Comparison
from usabtest.reports.comparison.verdict import Verdict
from usabtest.reports.comparison.wording import listed, said
from usabtest.reports.words import plural

EXPLORATORY = "These groups were not named before the test: something to look into, not a finding."


def changes_in_words(comparison: Comparison, *, after_lead: bool = False) -> tuple[str, ...]:
    """What has changed, a sentence each: what is certain first, then what is not.

    `after_lead`: the lead was read before, so what it says of changes that are not certain is not said again.
    """
    told = told_perhaps(comparison) if after_lead else None
    sentences = [_told(one, comparison) for one in comparison if has_verdict(one, Verdict.REAL)]
    perhaps = [one for one in comparison if has_verdict(one, Verdict.PERHAPS) and one is not told]
    if perhaps:
        changes = listed([f"{perhaps_words(one, comparison)} ({of_what(one)})" for one in perhaps])
        also = "also " if told else ""
        sentences.append(f"Perhaps {also}{changes}: with {at_once(comparison)}, chance alone could do this.")
    for found, words in ((Verdict.TOO_FEW, "there were too few people to tell"), (Verdict.ALIKE, "nothing moved much")):
        count = sum(1 for one in comparison if has_verdict(one, found))
        if count and not (after_lead and count == comparison.family):
            sentences.append(f"In {_of_all(count, comparison.family)} {words}.")
    if comparison.nothing and not after_lead:
        sentences.append(f"Nothing can be compared yet: {why_nothing(comparison)}.")
    return tuple(sentences)


def _of_all(count: int, family: int) -> str:
    if count == family:
        return "the one comparison" if family == 1 else f"all {family} comparisons"
    return f"{count} of {plural(family, 'comparison')}"


def _told(one: Compared, comparison: Comparison) -> str:
    """One change with the figures of both sides."""
    now = figure_words(one.measure, one.after)
    if one.before is None:
        then = f"the benchmark is {benchmark_words(one.measure, one.benchmark or 0)}"
    else:
        then = f"{figure_words(one.measure, one.before)} {where(comparison)}"
    what = of_what(one)
    return f"{what[0].upper()}{what[1:]}: {now}, {then}: {said(one, family=comparison.family).sentence}."
