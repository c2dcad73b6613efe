"""A comparison as pages show it: sentences, drawings and tables, for whoever reads it and wherever."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from usabtest import __version__
from usabtest.metrics import sus_grade
from usabtest.reports import terms
from usabtest.reports.charts import Band, Bar, Tick, sus_axis
from usabtest.reports.comparison.axes import (
    Axis,
    Difference,
    DifferenceAxis,
    Pair,
    axis_of,
    difference_axis,
    difference_words,
    pair,
)
from usabtest.reports.comparison.lead import lead
from usabtest.reports.comparison.measures import KINDS, TASK_MEASURES, Measure
from usabtest.reports.comparison.methods import HOLM, METHODS, Method, P, methods
from usabtest.reports.comparison.names import benchmark_words, figure_words
from usabtest.reports.comparison.same_or_not import SameOrNot, same_or_not
from usabtest.reports.comparison.tables import NumbersTable, numbers_table, p_words
from usabtest.reports.comparison.telling import EXPLORATORY
from usabtest.reports.comparison.unrounded import figures_table
from usabtest.reports.comparison.values import Compared, Comparison, Evidence, Figure
from usabtest.reports.comparison.wording import Said, said
from usabtest.reports.direction import isolated
from usabtest.reports.tables import Table
from usabtest.reports.terms import Term, Told
from usabtest.reports.words import AVERAGE_SUS, Sentence, grade, number, people, percent, plural, reason


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and small beside it of how many, or why there is none."""

    figure: str
    beside: str


@dataclass(frozen=True, slots=True)
class Row:
    """A task, or a questionnaire: both sides, the change, what it is worth.

    `about` says what a questionnaire measures; `ticks` stand only where rows share no axis.
    """

    title: str
    before: Cell
    after: Cell
    pair: Pair
    difference: Difference | None
    said: Said
    note: str
    about: str = ""
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One measure of all tasks, or the shorter questionnaires; `explanation` says what the measure is.

    `figures` are the numbers of `table` for a file.
    """

    id: str
    heading: str
    first_head: str
    explanation: str
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    difference_ticks: tuple[Tick, ...]
    table: NumbersTable
    figures: Table


@dataclass(frozen=True, slots=True)
class SusPanel:
    """The usability score of both sides on its norm scale, and the change beside it."""

    term: Term
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    average: float
    rule_words: str
    rows: tuple[tuple[str, str, Bar], ...]
    amount: str
    said: Said
    difference: Difference | None
    difference_ticks: tuple[Tick, ...]
    test: Told
    grades: str
    table: NumbersTable
    figures: Table


@dataclass(frozen=True, slots=True)
class ComparisonShown:
    """Everything that is shown of a comparison. The legend names both sides (one, against benchmarks).

    `abouts` are what its words mean, each once: many a table has the same heads.
    """

    comparison: Comparison
    same_or_not: SameOrNot
    exploratory: str
    lead: Sentence
    legend: tuple[str, ...]
    sus: SusPanel | None
    sections: tuple[Section, ...]
    methods: tuple[Method, ...]
    corrected: Told
    origin: str
    abouts: tuple[str, ...]

    @property
    def against_benchmarks(self) -> bool:
        return self.comparison.before is None

    @property
    def before_name(self) -> str:
        return self.comparison.before.name if self.comparison.before else "Benchmark"

    @property
    def after_name(self) -> str:
        return self.comparison.after.name

    @property
    def difference_head(self) -> str:
        """What is subtracted from what."""
        if self.comparison.before is None:
            return "Distance from the benchmark"
        return f"Change, {isolated(self.comparison.after.name)} less {isolated(self.comparison.before.name)}"

    @property
    def tables(self) -> tuple[Table, ...]:
        """The numbers behind every drawing, for the files."""
        return (*((self.sus.figures,) if self.sus else ()), *(section.figures for section in self.sections))

    @property
    def about_difference(self) -> str:
        return _about_difference(self.comparison)


def comparison_shown(comparison: Comparison) -> ComparisonShown:
    sus, sections = _sus_panel(comparison), tuple(_sections(comparison))
    used, corrected = methods(comparison), _corrected(comparison)
    explained = (_about_difference(comparison), *_abouts(sus, sections), *_abouts_of_methods(used, corrected))
    return ComparisonShown(
        comparison=comparison,
        same_or_not=same_or_not(comparison),
        exploratory=EXPLORATORY if comparison.exploratory else "",
        lead=lead(comparison),
        legend=tuple(
            f"{isolated(side.name)}, {people(side.people)}" for side in (comparison.before, comparison.after) if side
        ),
        sus=sus,
        sections=sections,
        methods=used,
        corrected=corrected,
        origin=_origin(comparison),
        abouts=tuple(dict.fromkeys(about for about in explained if about)),
    )


def _about_difference(comparison: Comparison) -> str:
    """How the drawing of a change is read."""
    same = "benchmark" if comparison.before is None else "same"
    return (
        f"Dot: what was seen. Line: where the true value very likely lies. If it crosses “{same}”, there may be no "
        "difference, and it is grey; else it is blue."
    )


def _abouts(sus: SusPanel | None, sections: Sequence[Section]) -> Iterator[str]:
    """What the words mean that drawings and tables have."""
    if sus is not None:
        yield from (one.about for one in (sus.term, *_terms(sus.test), *sus.table.heads))
    for section in sections:
        yield from (row.about for row in section.rows)
        yield from (head.about for head in section.table.heads)


def _abouts_of_methods(used: Sequence[Method], corrected: Told) -> Iterator[str]:
    for method in used:
        yield from (one.about for one in (method.test, method.interval) if one is not None)
    yield from (one.about for one in _terms(corrected))


def _terms(told: Told) -> Iterator[Term]:
    return (one for one in told if isinstance(one, Term))


def _corrected(comparison: Comparison) -> Told:
    level = f"{percent(comparison.confidence)} intervals"
    if comparison.family < 2:
        return (level,)
    tests = plural(comparison.family, "comparison")
    return (P, " ", HOLM, f" for {tests}. Intervals are not adjusted for the number of comparisons. {level}")


def _origin(comparison: Comparison) -> str:
    at = comparison.generated_at
    data = " and ".join(
        f"{side.checksum[:4]}·{side.checksum[4:]}" for side in (comparison.before, comparison.after) if side
    )
    return f"Generated {at.day} {at:%B %Y, %H:%M} UTC · usabtest {__version__} · data {data}"


def _sections(comparison: Comparison) -> Iterator[Section]:
    for measure in TASK_MEASURES:
        if rows := comparison.of(measure):
            yield _task_section(measure, rows, comparison)
    shorter = [one for one in comparison.scores if one.measure is not Measure.SUS]
    if comparison.of(Measure.SUS) and _sus_panel(comparison) is None:
        shorter = list(comparison.scores)
    if shorter:
        yield _score_section(shorter, comparison)


_ABOUT = {
    Measure.SUS: terms.SUS,
    Measure.UMUX_LITE: terms.UMUX_LITE,
    Measure.NPS: terms.NPS,
    Measure.CSAT: terms.CSAT,
    Measure.CES: terms.CES,
}
_EXPLANATIONS = {
    Measure.SUCCESS: "How many reached what the study asks for (a page, a click, a text) and had no help.",
    Measure.TIME: "The geometric mean of those who finished without help, which a few slow people move less than the "
    "usual mean; the change is its ratio.",
    Measure.ERRORS: "How many attempts met at least one error, of the person’s or of the site’s. Fewer is better.",
    Measure.EASE: "The mean of the Single Ease Question after the task: 1 is very difficult, 7 very easy.",
    Measure.FIRST_CLICK: "Whose first click lay in an area that leads to the goal, of those who clicked.",
    Measure.ABANDONMENT: "Who pressed I give up, or went away before the end. Fewer is better.",
    Measure.LOSTNESS: "How far the pages seen by those who finished without help are from the shortest way: 0 is "
    "straight there, below 0.4 is not lost, above 0.5 is lost.",
    Measure.CLICKS: "The mean number of clicks of those who finished without help. Fewer is better.",
}


def _task_section(measure: Measure, rows: Sequence[Compared], comparison: Comparison) -> Section:
    axis, changes = axis_of(measure, rows), difference_axis(measure, rows)
    return Section(
        id=measure.replace("_", "-"),
        heading=KINDS[measure].heading,
        first_head="Task",
        explanation=_EXPLANATIONS[measure],
        rows=tuple(_row(one, axis, changes, comparison) for one in rows),
        ticks=axis.ticks,
        difference_ticks=difference_words(measure, comparison),
        table=numbers_table(rows, comparison),
        figures=figures_table(measure.replace("_", "-"), KINDS[measure].heading, rows, comparison),
    )


def _score_section(rows: Sequence[Compared], comparison: Comparison) -> Section:
    shown = []
    for one in rows:
        axis, changes = axis_of(one.measure, [one]), difference_axis(one.measure, [one])
        shown.append(_row(one, axis, changes, comparison, ticks=(axis.ticks[0], axis.ticks[-1])))
    return Section(
        id="scores",
        heading="Asked after the test",
        first_head="Question",
        explanation="",
        rows=tuple(shown),
        ticks=(),
        difference_ticks=difference_words(Measure.NPS, comparison),
        table=numbers_table(rows, comparison),
        figures=figures_table("scores", "Asked after the test", rows, comparison),
    )


def _row(
    one: Compared, axis: Axis, changes: DifferenceAxis, comparison: Comparison, *, ticks: tuple[Tick, ...] = ()
) -> Row:
    lost = one.change.pairs_lost if one.change else 0
    return Row(
        title=one.title,
        before=_benchmark_cell(one) if one.before is None else _cell(one.measure, one.before),
        after=_cell(one.measure, one.after),
        pair=pair(one, axis),
        difference=changes.drawn(one),
        said=said(one, family=comparison.family),
        note=f"{plural(lost, 'pair')} left out: no figure on both sides" if lost else "",
        about=_ABOUT[one.measure].about if one.task_key is None else "",
        ticks=ticks,
    )


def _cell(measure: Measure, figure: Figure) -> Cell:
    written = figure_words(measure, figure)
    if figure.suppressed:
        return Cell(written, "people, not shown")
    if figure.value is None:
        return Cell(written, reason(figure.reason).removesuffix(".").lower())
    return Cell(written, "" if figure.count is not None else f"of {figure.n:,}")


def _benchmark_cell(one: Compared) -> Cell:
    return Cell(benchmark_words(one.measure, one.benchmark or 0), "")


def _sus_panel(comparison: Comparison) -> SusPanel | None:
    """None where there is nothing to draw; then its row stands among the other questionnaires."""
    one = next(iter(comparison.of(Measure.SUS)), None)
    if one is None or one.change is None or one.change.value is None:
        return None
    figures = [
        (name, figure)
        for name, figure in (
            (comparison.after.name, one.after),
            (comparison.before.name if comparison.before else "", one.before),
        )
        if figure is not None and figure.value is not None
    ]
    lows = [figure.ci[0] if figure.ci else figure.value or 0 for _, figure in figures]
    rule = AVERAGE_SUS if one.benchmark is None else one.benchmark
    axis = sus_axis(min(*lows, rule))
    changes = difference_axis(Measure.SUS, [one])
    test = one.change.test
    return SusPanel(
        term=terms.SUS,
        bands=axis.bands,
        ticks=axis.ticks,
        average=axis.place(rule),
        rule_words=f"dotted: {'the average of products, ' if one.benchmark is None else 'the benchmark, '}"
        f"{benchmark_words(Measure.SUS, rule)}",
        rows=tuple((name, number(figure.value or 0), _sus_bar(figure, axis.place)) for name, figure in figures),
        amount=_signed(one.change.value),
        said=said(one, family=comparison.family),
        difference=changes.drawn(one),
        difference_ticks=difference_words(Measure.SUS, comparison),
        test=_test_words(comparison, test),
        grades=_grades(one),
        table=numbers_table([one], comparison),
        figures=figures_table("sus", KINDS[Measure.SUS].heading, [one], comparison),
    )


def _signed(points: float) -> str:
    text = number(points)
    return f"+{text}" if points > 0 and text != "0.0" else text


def _sus_bar(figure: Figure, place: Callable[[float], float]) -> Bar:
    low, high = (place(figure.ci[0]), place(figure.ci[1])) if figure.ci else (None, None)
    return Bar(place(figure.value or 0), low, high, ())


def _test_words(comparison: Comparison, test: Evidence) -> Told:
    if test.p is None:
        return ()
    said: Told = (METHODS[test.method], ", ", P, f" {_after_equals(test.p)}")
    if comparison.family < 2:
        return (*said, ".")
    tests = plural(comparison.family, "comparison")
    return (*said, f", {p_words(test.p_adjusted)} ", HOLM, f" for {tests}.")


def _after_equals(p: float) -> str:
    written = p_words(p)
    return written if written.startswith("<") else f"= {written}"


def _grades(one: Compared) -> str:
    """The grades of both means, as "D to C+"."""
    values = [figure.value for figure in (one.before, one.after) if figure is not None and figure.value is not None]
    letters = list(dict.fromkeys(grade(sus_grade(value)) for value in values))
    return f"Grade {' to '.join(letters)}." if letters else ""
