"""What changed since the round before."""

from __future__ import annotations

from dataclasses import dataclass

from usabtest.reports.comparison.compare import compare
from usabtest.reports.comparison.lead import lead
from usabtest.reports.comparison.measures import Measure
from usabtest.reports.comparison.same_or_not import unlike_lines
from usabtest.reports.comparison.telling import changes_in_words
from usabtest.reports.comparison.values import Among
from usabtest.reports.figures import StudyReport, SusFigures
from usabtest.reports.words import Sentence


@dataclass(frozen=True, slots=True)
class Changed:
    """The change in a sentence, and then each that is certain, that may be, and that nobody can tell.

    `unlike` is what was not asked alike, so that no difference is drawn for it: to be said before all others. `sus` is
    the score of the round before, where it was asked for alike.
    """

    since: str
    unlike: tuple[str, ...]
    lead: Sentence
    said: tuple[str, ...]
    sus: SusFigures | None = None


def changed_since(before: StudyReport, report: StudyReport) -> Changed | None:
    """Compare a report with that of the round before; None while nobody took part in either."""
    if not any(task.n for task in before.tasks) or not any(task.n for task in report.tasks):
        return None
    comparison = compare(before, report, among=Among.ROUNDS, names=("The round before", "This round"))
    first = lead(comparison)
    rated = next(iter(comparison.of(Measure.SUS)), None)
    return Changed(
        before.study.title,
        tuple(one for one in unlike_lines(comparison) if one != str(first)),
        first,
        changes_in_words(comparison, after_lead=True),
        before.sus if rated and rated.change else None,
    )


def not_of_a_part(since: str) -> Changed:
    """What stands in its place where filters are on: rounds are summed up of everybody, and compared of any part."""
    return Changed(
        since, (), Sentence("That is told of ", "everybody together", ", and filters show a part of them here."), ()
    )
