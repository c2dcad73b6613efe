"""Two reports in, a comparison out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from usabtest import metrics
from usabtest.reports.comparison.changes import change_between
from usabtest.reports.comparison.figures import SUPPRESSED, score_figure, suppressed, task_figure
from usabtest.reports.comparison.measures import KINDS, SCORES, TASK_MEASURES, Measure
from usabtest.reports.comparison.people import Names, names_in, same_people, task_values
from usabtest.reports.comparison.values import Among, Compared, Comparison, Figure, Side
from usabtest.reports.comparison.verdict import verdict
from usabtest.reports.comparison.wording import unlike_words
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.studyfile.comparability import Aspect, Comparability, TaskPair, comparability

ASKED_ONCE = "it was asked on one side only"

# What makes a difference of a measure meaningless if it is not the same on both sides.
_FORBIDS: Mapping[Aspect, frozenset[Measure]] = {
    Aspect.WORDS: frozenset(TASK_MEASURES),
    Aspect.CRITERIA: frozenset(TASK_MEASURES),
    Aspect.LIMIT: frozenset(TASK_MEASURES),
    Aspect.ERRORS: frozenset({Measure.ERRORS}),
    Aspect.THRESHOLDS: frozenset({Measure.ERRORS}),
    Aspect.HIDDEN_TIME: frozenset({Measure.TIME}),
    Aspect.YARDSTICKS: frozenset({Measure.FIRST_CLICK, Measure.LOSTNESS}),
    Aspect.IDLE_LIMIT: frozenset({Measure.SUCCESS, Measure.ABANDONMENT}),
    Aspect.LANGUAGE: frozenset({Measure.EASE, *SCORES}),
}


def compare(
    before: StudyReport, after: StudyReport, *, among: Among, names: tuple[str, str] = ("Before", "After")
) -> Comparison:
    """Compare two reports: of two rounds, two studies, or two segments of one study.

    Each measure of each task that both asked alike, and each questionnaire that both asked, is put side by side; all
    tests are corrected together. Where what was asked is not the same, no difference is made.
    """
    one_study = before.study.key == after.study.key
    earlier, later = names_in(before, "before", one_study=one_study), names_in(after, "after", one_study=one_study)
    people, common = same_people(earlier, later, named=one_study or (_named(before) and _named(after)))
    both = _Both(
        before=before,
        after=after,
        earlier=earlier,
        later=later,
        differing=comparability(before.spec, after.spec),
        exploratory=before.filters != after.filters,
    )
    scores, tasks = judged(tuple(_scores(both)), tuple(_tasks(both)), confidence=after.confidence)
    return Comparison(
        generated_at=after.generated_at,
        among=among,
        before=side(before, names[0], earlier),
        after=side(after, names[1], later),
        people=people,
        common=common,
        differing=None if one_study else both.differing,
        exploratory=both.exploratory,
        confidence=after.confidence,
        scores=scores,
        tasks=tasks,
    )


def judged(
    scores: tuple[Compared, ...], tasks: tuple[Compared, ...], *, confidence: float
) -> tuple[tuple[Compared, ...], tuple[Compared, ...]]:
    """Correct all tests together, for they stand on one page, and judge every change."""
    every = (*scores, *tasks)
    adjusted = metrics.holm([one.change.test.p if one.change else None for one in every])
    found = tuple(_judged(one, p, confidence) for one, p in zip(every, adjusted, strict=True))
    return found[: len(scores)], found[len(scores) :]


def side(report: StudyReport, name: str, names: Names) -> Side:
    """One side of a comparison; `names` are those who took part."""
    return Side(
        name=name,
        title=report.study.title,
        key=report.study.key,
        people=len(names.by_id),
        filters=report.filters,
        checksum=report.checksum,
    )


def _named(report: StudyReport) -> bool:
    """Whether participants can be recognised elsewhere."""
    return any(person.external_id for person in report.people)


def _judged(one: Compared, p_adjusted: float | None, confidence: float) -> Compared:
    if one.change is None:
        return one
    kind = KINDS[one.measure]
    said = verdict(one.change.ci, p_adjusted, confidence=confidence, same=kind.same, limits=kind.limits)
    test = replace(one.change.test, p_adjusted=p_adjusted)
    return replace(one, change=replace(one.change, test=test, verdict=said))


@dataclass(frozen=True, slots=True)
class _Both:
    """Both reports, who took part on which side, and what is not the same in them."""

    before: StudyReport
    after: StudyReport
    earlier: Names
    later: Names
    differing: Comparability
    exploratory: bool


def _tasks(both: _Both) -> Iterator[Compared]:
    earlier = {task.key: task for task in both.before.tasks}
    later = {task.key: task for task in both.after.tasks}
    for pair in both.differing.pairs:
        for measure in TASK_MEASURES:
            if _asked(pair, measure):
                yield _task(both, pair, earlier[pair.before.key], later[pair.after.key], measure)


def _asked(pair: TaskPair, measure: Measure) -> bool:
    """Whether a measure says something of a task: ease where it was asked, others where what they need is set."""
    specs = (pair.before, pair.after)
    match measure:
        case Measure.EASE:
            return any("seq" in spec.questions for spec in specs)
        case Measure.FIRST_CLICK:
            return all(spec.first_click for spec in specs)
        case Measure.LOSTNESS:
            return all(spec.optimal is not None and spec.optimal.pages is not None for spec in specs)
        case Measure.CLICKS:
            return all(spec.optimal is not None and spec.optimal.clicks is not None for spec in specs)
    return True


def _task(both: _Both, pair: TaskPair, before: TaskReport, after: TaskReport, measure: Measure) -> Compared:
    earlier, later = task_values(before, measure), task_values(after, measure)
    confidence = both.after.confidence
    why = _forbidden(measure, (*pair.unlike, *both.differing.unlike))
    if measure is Measure.EASE and not all("seq" in spec.questions for spec in (pair.before, pair.after)):
        why = ASKED_ONCE
    return _compared(
        both,
        measure,
        after,
        figures=(
            task_figure(before, measure, earlier.values(), confidence),
            task_figure(after, measure, later.values(), confidence),
        ),
        values=(earlier, later),
        why=why,
    )


def _scores(both: _Both) -> Iterator[Compared]:
    for measure in SCORES:
        earlier, later = score_figure(both.before, measure), score_figure(both.after, measure)
        if earlier is None and later is None:
            continue
        nobody = Figure(n=0, value=None, ci=None, reason="not asked")
        why = ASKED_ONCE if earlier is None or later is None else _forbidden(measure, both.differing.unlike)
        yield _compared(
            both,
            measure,
            None,
            figures=(earlier or nobody, later or nobody),
            values=(both.before.scores(measure), both.after.scores(measure)),
            why=why,
        )


def _compared(
    both: _Both,
    measure: Measure,
    task: TaskReport | None,
    *,
    figures: tuple[Figure, Figure],
    values: tuple[Mapping[int, float | None], Mapping[int, float | None]],
    why: str | None,
) -> Compared:
    before, after = map(suppressed, figures) if both.exploratory else figures
    if before.suppressed or after.suppressed:
        why = why or f"{SUPPRESSED} on a side"
    change = None
    if why is None:
        change = change_between(measure, both.earlier.of(values[0]), both.later.of(values[1]), both.after.confidence)
    return Compared(
        measure=measure,
        task_key=task.key if task else None,
        title=task.title if task else KINDS[measure].heading,
        before=before,
        after=after,
        benchmark=None,
        change=change,
        not_compared=why,
    )


def _forbidden(measure: Measure, unlike: Iterable[Aspect]) -> str | None:
    """What is not the same that would have to be, in words."""
    found = [aspect for aspect in unlike if measure in _FORBIDS.get(aspect, ())]
    return f"{unlike_words(found)} not the same" if found else None
