"""The whole report as a document: the overview, then a page or two a task, then where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator

from usabtest.reports import charts, terms, words
from usabtest.reports.direction import isolated
from usabtest.reports.export import drawings
from usabtest.reports.export.document import (
    Block,
    Cell,
    Contents,
    Document,
    Facts,
    Heading,
    Legend,
    Lines,
    Matrix,
    Notice,
    Pairs,
    Paragraph,
    Picture,
    Score,
    Stat,
    Stats,
    Table,
    Title,
    lead,
)
from usabtest.reports.export.imprint import Imprint, imprint
from usabtest.reports.export.parts import EVERYTHING, Parts
from usabtest.reports.export.pieces import PERCENTS, asked_blocks, bar
from usabtest.reports.export.task_document import task_blocks
from usabtest.reports.export.texts import shortened
from usabtest.reports.figures import StudyReport
from usabtest.reports.overview import Overview, TaskLine, overview
from usabtest.reports.terms import Term
from usabtest.reports.words import OUTCOME_NAMES


def report_document(report: StudyReport, parts: Parts = EVERYTHING) -> Document:
    made = imprint(report, parts)
    tasks = report.tasks if parts.tasks else ()
    return Document(
        title=f"{report.study.title}: usability report",
        language="en",
        theirs=report.spec.language,
        foot=foot(made),
        blocks=(
            *_beginning(report, made, parts),
            *_overview(report, parts),
            *(block for task in tasks for block in task_blocks(report, task, parts)),
            *about(report, made, parts),
        ),
    )


def foot(made: Imprint) -> tuple[str, str]:
    """What stands at the foot of each page."""
    return f"{isolated(shortened(made.study, 100))} · {made.generated}", shortened(made.line, 240)


def _beginning(report: StudyReport, made: Imprint, parts: Parts) -> Iterator[Block]:
    shown = overview(report)
    yield Title("Usability report", report.study.title, f"{made.people} · {made.filters} · {made.day}")
    yield lead(shown.lead)
    if parts.overview:
        yield Facts(tuple((fact.figure, fact.words) for fact in shown.facts))
    if shown.missing:
        yield Notice("Not everything arrived.", shown.missing)
    yield Contents()


def _overview(report: StudyReport, parts: Parts) -> Iterator[Block]:
    shown = overview(report)
    if not parts.overview or shown.empty:
        return
    yield Heading("Tasks, most in need of attention first")
    yield _task_lines(shown)
    scores = [*_sus(shown), *_others(shown)]
    if scores:
        yield Heading("How it felt")
        yield from scores
    if shown.questions:
        yield Heading("What people answered")
        for asked in shown.questions:
            yield from asked_blocks(asked, parts, 2)
    yield Heading("Who did what" if shown.glyphs and parts.people else "How the attempts ended")
    yield from _doers(shown, parts)


def _task_lines(shown: Overview) -> Lines:
    return Lines(
        widths=(0.22, 0.26, 0.24, 0.14, 0.18),
        head=("Task", "Finished without help", "Time, those who finished", "Ran into errors", "Felt easy"),
        rows=tuple(map(_task_line, shown.lines)),
        axes=(
            Cell(),
            Cell(drawing=drawings.axis(PERCENTS, 156)),
            Cell(drawing=drawings.axis(shown.time_ticks, 144)),
            Cell(),
            Cell(beside="1 hard … 7 easy"),
        ),
        note="Dot: what we saw. Bar: where the true value likely lies. Dotted line: 78 %, a common average for tasks."
        + (f" Thick mark: {shown.centre}." if shown.centre else ""),
    )


def _task_line(line: TaskLine) -> tuple[Cell, ...]:
    success, time, errors, ease = line.success, line.time, line.errors, line.ease
    return (
        Cell(line.title, below=line.under),
        Cell(success.figure, success.beside, drawing=bar(line.success_bar, 156, f"{success.figure}, {success.beside}")),
        Cell(time.figure, time.beside, drawing=_times(line, 144)),
        Cell(errors.figure, below=errors.beside),
        Cell(ease.figure, ease.beside, drawing=bar(line.ease_bar, 104, f"{ease.figure} of 7, {ease.beside}")),
    )


def _times(line: TaskLine, width_px: int) -> drawings.Drawing | None:
    if line.times is None:
        return None
    return drawings.times(line.times, width_px, f"{line.time.figure}, {line.time.beside}")


def _sus(shown: Overview) -> Iterator[Block]:
    if shown.sus is None:
        return
    yield Heading("System Usability Scale", 2, words.plural(shown.sus.n, "answer"))
    yield Score(shown.sus.figure, shown.sus.beside)
    if shown.sus_scale is not None:
        yield Picture(drawings.sus_scale(shown.sus_scale, 656, shown.sus.sentence), shown.sus.sentence)


def _others(shown: Overview) -> Iterator[Block]:
    stats = []
    if shown.nps is not None:
        drawn_bar = bar(shown.nps_bar, 150, f"{shown.nps.figure}, {shown.nps.beside}")
        said = f"{shown.nps.beside}. {shown.nps.sentence}" if shown.nps.beside else shown.nps.sentence
        stats.append(
            Stat(f"Likelihood to recommend, {words.plural(shown.nps.n, 'answer')}", shown.nps.figure, said, drawn_bar)
        )
    for heading, drawn, bar_of in shown.others:
        said = f"{drawn.beside}. {drawn.sentence}" if drawn.sentence else drawn.beside
        drawn_bar = bar(bar_of, 150, f"{drawn.figure}, {drawn.beside}")
        name = f"{heading} ({drawn.term.word}), {words.plural(drawn.n, 'answer')}"
        stats.append(Stat(name, drawn.figure, said, drawn_bar))
    if stats:
        yield Stats(tuple(stats), small=True)


def _doers(shown: Overview, parts: Parts) -> Iterator[Block]:
    """Who did what; the legend comes first, so that no page has it alone."""
    glyphs = {key: drawings.glyph(key, OUTCOME_NAMES[key]) for key in OUTCOME_NAMES}
    if shown.glyphs and parts.people:
        yield Legend(tuple((glyphs[key], OUTCOME_NAMES[key], "") for key in shown.occurring), leads=True)
        yield Matrix(
            tuple(code[2:] for code in shown.codes),
            tuple(
                (doer.title, tuple(None if key is None else glyphs[key] for key in doer.outcomes))
                for doer in shown.doers
            ),
        )
        return
    yield Legend(
        tuple((drawings.swatch(key), OUTCOME_NAMES[key], "") for key in shown.occurring if key in charts.OUTCOMES),
        leads=True,
    )
    for doer in shown.doers:
        yield Paragraph(doer.title, leads=True)
        if doer.parts:
            said = ", ".join(f"{part.count} {OUTCOME_NAMES[part.outcome]}" for part in doer.parts)
            yield Picture(drawings.outcome_bar(doer.parts, 656, said, 26))


def about(report: StudyReport, made: Imprint, parts: Parts) -> Iterator[Block]:
    """Where the figures come from, and how to read them."""
    yield Heading("About these figures", new_page=True)
    yield Pairs(tuple((name, shortened(text)) for name, text in made.rows.items()))
    yield Heading("How to read them", 2)
    for term in (*_HOW_TO_READ, *_measures(report, parts)):
        yield Paragraph(term.about, f"{term.word[0].upper()}{term.word[1:]}.")
    complete = report.completeness
    yield Heading("How complete the recording is", 2)
    yield Table(
        ("Events received", "Missing", "Lost in browsers", "Sessions with gaps", "Streams without end"),
        (
            tuple(
                f"{count:,}"
                for count in (
                    complete.events_received,
                    complete.events_missing,
                    complete.dropped_in_browser,
                    complete.sessions_with_gaps,
                    complete.streams_without_end,
                )
            ),
        ),
        numbers=frozenset(range(5)),
        widths=(1, 1, 1, 1, 1),
    )


_HOW_TO_READ = (
    Term("The n of a figure", "How many attempts it is of: all that ended, but those skipped or not recorded."),
    Term("Likely", "The interval that holds the true value, at the confidence above, if people like these are asked."),
    Term(
        "Success", "What ended in success without help; with help, partly and all others are told apart, not counted."
    ),
    Term("Time", "Of those who succeeded: the geometric mean up to 24 of them, the median from 25 on."),
    Term(
        "User errors",
        "Refused forms, pages off the way and what the site marks; system errors are failed scripts and requests.",
    ),
)


def _measures(report: StudyReport, parts: Parts) -> Iterator[Term]:
    """What was asked or measured besides."""
    if parts.tasks:
        if any(task.seq is not None for task in report.tasks):
            yield terms.EASE
        if any(task.lostness is not None and task.lostness.mean is not None for task in report.tasks):
            yield terms.LOSTNESS
        if any(task.first_click is not None for task in report.tasks):
            yield terms.FIRST_CLICK
    if parts.overview:
        shown = overview(report)
        scores = (shown.sus, *(one for _, one, _ in shown.others), shown.nps)
        yield from (one.term for one in scores if one is not None)
