"""The whole report as a document: the overview, then a page or two a task, then where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator

from usabtest.reports import charts, words
from usabtest.reports.attempt_list import AttemptList
from usabtest.reports.direction import isolated
from usabtest.reports.export import drawings
from usabtest.reports.export.document import (
    Block,
    Cell,
    Columns,
    Contents,
    Document,
    Facts,
    Heading,
    Lead,
    Legend,
    Lengths,
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
    Texts,
    Title,
    lead,
    written,
)
from usabtest.reports.export.imprint import Imprint, imprint
from usabtest.reports.export.parts import EVERYTHING, Parts
from usabtest.reports.export.texts import shortened
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.reports.overview import Asked, Overview, TaskLine, overview
from usabtest.reports.task_errors import ErrorLine
from usabtest.reports.task_page import Stat as ShownStat
from usabtest.reports.task_page import TaskShown, task_shown
from usabtest.reports.view import View
from usabtest.reports.words import OUTCOME_NAMES

ATTEMPTS_AT_MOST = 40
TEXTS_AT_MOST = 20
_PERCENTS = tuple(charts.Tick(at / 100, said) for at, said in ((0, "0"), (50, "50"), (78, "78"), (100, "100 %")))
_NPS = (charts.Tick(0, "−100"), charts.Tick(0.5, "0"), charts.Tick(1, "+100"))
_ELSEWHERE = "The workbook and the CSV have all of them."


def report_document(report: StudyReport, parts: Parts = EVERYTHING) -> Document:
    made = imprint(report, parts)
    return Document(
        title=f"{report.study.title}: usability report",
        language="en",
        theirs=report.spec.language,
        foot=foot(made),
        blocks=(
            *_beginning(report, made, parts),
            *_overview(report, parts),
            *_tasks(report, parts),
            *about(report, made),
        ),
    )


def foot(made: Imprint) -> tuple[str, str]:
    """What stands at the foot of each page."""
    return f"{isolated(shortened(made.study, 100))} · {made.generated}", shortened(made.line, 240)


def _beginning(report: StudyReport, made: Imprint, parts: Parts) -> Iterator[Block]:
    shown = overview(report)
    yield Title("Usability report", report.study.title, f"{made.people} · {made.filters} · {made.day}")
    yield Lead("", "Nobody fits these filters", ".") if shown.empty and report.filters else lead(shown.lead)
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
            yield from _asked(asked, parts)
    yield Heading("Who did what" if shown.glyphs and parts.people else "How the attempts ended")
    yield from _doers(shown, parts)


def _task_lines(shown: Overview) -> Lines:
    return Lines(
        widths=(0.22, 0.26, 0.24, 0.14, 0.18),
        head=("Task", "Finished without help", "Time, those who finished", "Ran into errors", "Felt easy"),
        rows=tuple(map(_task_line, shown.lines)),
        axes=(
            Cell(),
            Cell(drawing=drawings.axis(_PERCENTS, 156)),
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
        Cell(
            success.figure, success.beside, drawing=_bar(line.success_bar, 156, f"{success.figure}, {success.beside}")
        ),
        Cell(time.figure, time.beside, drawing=_times(line, 144)),
        Cell(errors.figure, below=errors.beside),
        Cell(ease.figure, ease.beside, drawing=_bar(line.ease_bar, 104, f"{ease.figure} of 7, {ease.beside}")),
    )


def _bar(bar: charts.Bar | None, width_px: int, said: str) -> drawings.Drawing | None:
    return None if bar is None else drawings.rate_bar(bar, width_px, said)


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
        bar = _bar(shown.nps_bar, 150, f"{shown.nps.figure}, {shown.nps.beside}")
        said = f"{shown.nps.beside}. {shown.nps.sentence}" if shown.nps.beside else shown.nps.sentence
        stats.append(
            Stat(f"Likelihood to recommend, {words.plural(shown.nps.n, 'answer')}", shown.nps.figure, said, bar)
        )
    for heading, drawn, bar_of in shown.others:
        said = f"{drawn.beside}. {drawn.sentence}" if drawn.sentence else drawn.beside
        bar = _bar(bar_of, 150, f"{drawn.figure}, {drawn.beside}")
        stats.append(Stat(f"{heading}, {words.plural(drawn.n, 'answer')}", drawn.figure, said, bar))
    if stats:
        yield Stats(tuple(stats), small=True)


def _doers(shown: Overview, parts: Parts) -> Iterator[Block]:
    glyphs = {key: drawings.glyph(key, OUTCOME_NAMES[key]) for key in OUTCOME_NAMES}
    if shown.glyphs and parts.people:
        yield Matrix(
            tuple(code[2:] for code in shown.codes),
            tuple(
                (doer.title, tuple(None if key is None else glyphs[key] for key in doer.outcomes))
                for doer in shown.doers
            ),
        )
        yield Legend(tuple((glyphs[key], OUTCOME_NAMES[key], "") for key in shown.occurring))
        return
    for doer in shown.doers:
        yield Paragraph(doer.title)
        if doer.parts:
            said = ", ".join(f"{part.count} {OUTCOME_NAMES[part.outcome]}" for part in doer.parts)
            yield Picture(drawings.outcome_bar(doer.parts, 656, said, 26))
    yield Legend(
        tuple((drawings.swatch(key), OUTCOME_NAMES[key], "") for key in shown.occurring if key in charts.OUTCOMES)
    )


def _tasks(report: StudyReport, parts: Parts) -> Iterator[Block]:
    if parts.tasks:
        for task in report.tasks:
            yield from _task(report, task, parts)


def _task(report: StudyReport, task: TaskReport, parts: Parts) -> Iterator[Block]:
    shown = task_shown(report, task, {}, View(only_failed=True))
    yield Heading(task.title, beside=shown.place, new_page=bool(task.attempts))
    if not task.attempts:
        yield Paragraph("Nobody has tried this task yet.", quiet=True)
        return
    yield lead(shown.lead)
    yield Paragraph(shown.ends, quiet=True)
    yield written(task.task.scenario, "What participants read:")
    yield Stats(tuple(map(_stat, shown.stats)))
    yield from _outcomes(task, shown)
    yield from _time_and_ease(task, shown)
    yield from _errors(shown)
    if shown.small_stats:
        yield Stats(tuple(map(_stat, shown.small_stats)), small=True)
    if shown.first_clicks:
        yield Heading("Where people clicked first", 2)
        yield Paragraph(shown.first_clicks.sentence)
        yield Lengths(
            tuple(
                (
                    shortened(line.selector, 80),
                    _place(line.page, line.right),
                    _length(line.share, "choice"),
                    str(line.count),
                )
                for line in shown.first_clicks.lines
            )
        )
    if shown.questions:
        yield Heading("What people answered", 2)
        for asked in shown.questions:
            yield from _asked(asked, parts)
    if parts.people:
        yield from _attempts(shown.attempts, parts)


def _stat(stat: ShownStat) -> Stat:
    n = "" if " of " in stat.figure else f"{words.plural(stat.n, _ONE[stat.of], stat.of)}: "
    return Stat(stat.label, stat.figure, f"{n}{stat.words}", _bar(stat.bar, 150, f"{stat.figure}, {stat.words}"))


_ONE = {"people": "person", "answers": "answer", "attempts": "attempt"}


def _outcomes(task: TaskReport, shown: TaskShown) -> Iterator[Block]:
    yield Heading(f"How the {words.plural(task.n, 'attempt')} ended" if task.n > 1 else "How the attempt ended", 2)
    if shown.parts:
        yield Picture(drawings.outcome_bar(shown.parts, 656, shown.outcome_sentence))
        yield Legend(
            tuple((drawings.swatch(part.outcome), OUTCOME_NAMES[part.outcome], str(part.count)) for part in shown.parts)
        )
    yield Paragraph(shown.outcome_sentence)


def _time_and_ease(task: TaskReport, shown: TaskShown) -> Iterator[Block]:
    time: list[Block] = [Heading("How long it took", 2)]
    chart, sentence = shown.times.chart, shown.times.sentence
    if chart is not None:
        rest = chart.rest_count
        said = f"Above: {words.people(task.time_on_task.n)} who finished."
        said += f" Below: the other {rest}, by how they ended." if rest else ""
        time.append(Paragraph(f"{shown.times.note} {said}", quiet=True))
        time.append(Picture(drawings.time_chart(chart, 424 if task.seq else 656, sentence)))
    time.append(Paragraph(sentence))
    if shown.times.odd:
        time.append(Paragraph(shown.times.odd.count_sentence))
    if task.seq is None:
        yield from time
        return
    ease: list[Block] = [Heading("Felt easy?", 2)]
    if shown.ease:
        ease.append(Paragraph("1 very difficult, 7 very easy", quiet=True))
        ease.append(Picture(drawings.blocks(shown.ease, 200, shown.ease_sentence)))
    ease.append(Paragraph(shown.ease_sentence))
    yield Columns((424, 200), (tuple(time), tuple(ease)))


def _errors(shown: TaskShown) -> Iterator[Block]:
    went_wrong: list[Block] = [Heading("What went wrong", 2), Paragraph(shown.errors_sentence)]
    for heading, total, lines, kind in (
        ("What people ran into", shown.errors.user_total, shown.errors.user, "people"),
        ("What failed in the site", shown.errors.system_total, shown.errors.system, "site"),
    ):
        if lines:
            went_wrong.append(Paragraph(f"{heading}: {total}", quiet=True))
            went_wrong.append(Lengths(tuple(_error(line, kind) for line in lines), 0.35))
    if not shown.errors.places:
        yield from went_wrong
        return
    where = [
        Heading("Where", 2),
        Lengths(
            tuple(
                (shortened(one.what, 80), f"{one.kinds_in_words}; {shortened(one.page, 60)}", None, str(one.count))
                for one in shown.errors.places
            ),
            0,
        ),
    ]
    yield Columns((1, 1), (tuple(went_wrong), tuple(where)))


def _error(line: ErrorLine, kind: str) -> tuple[str, str, drawings.Drawing | None, str]:
    said = [*(["possible error"] if line.possible else []), *([] if line.counted else ["not counted"])]
    return line.words, ", ".join(said), _length(line.share, kind), str(line.count)


def _length(share: float, kind: str) -> drawings.Drawing:
    return drawings.length(share, kind, 110)


def _place(page: str, right: bool | None) -> str:
    where = {True: ", the right place", False: ", elsewhere", None: ""}[right]
    return f"{shortened(page, 60)}{where}"


def _asked(asked: Asked, parts: Parts) -> Iterator[Block]:
    yield Heading(asked.text, 3, asked.words)
    if asked.type == "scale" and asked.columns:
        yield Picture(drawings.blocks(asked.columns, 320, asked.words))
        if asked.labels:
            yield Paragraph(
                f"{asked.columns[0].words}: {isolated(asked.labels[0])}. "
                f"{asked.columns[-1].words}: {isolated(asked.labels[1])}.",
                quiet=True,
            )
    elif asked.columns:
        yield Lengths(
            tuple(
                (one.words, "", _length(one.height if one.count else 0, "choice"), str(one.count))
                for one in asked.columns
            )
        )
    if asked.texts and parts.words:
        more = len(asked.texts) - TEXTS_AT_MOST
        yield Texts(
            tuple(map(shortened, asked.texts[:TEXTS_AT_MOST])),
            f"{more} more. The workbook has all of them." if more > 0 else "",
        )


def _attempts(failed: AttemptList, parts: Parts) -> Iterator[Block]:
    yield Heading("Attempts that did not succeed", 2)
    if not failed.lines:
        yield Paragraph("Every attempt succeeded.")
        return
    more = failed.total - min(ATTEMPTS_AT_MOST, len(failed.lines))
    yield Table(
        head=("Participant", "How it ended", "Time", "Clicks", "Errors", "Ease", *(["Why"] if parts.words else [])),
        rows=tuple(
            (
                one.code,
                OUTCOME_NAMES[one.outcome],
                one.time,
                one.clicks,
                one.errors,
                one.ease,
                *([shortened(one.why, 200)] if parts.words else []),
            )
            for one in failed.lines[:ATTEMPTS_AT_MOST]
        ),
        numbers=frozenset({2, 3, 4, 5}),
        widths=(12, 15, 9, 8, 8, 8, 40) if parts.words else (1,) * 6,
        note=f"{more} more. {_ELSEWHERE}" if more > 0 else "",
    )


def about(report: StudyReport, made: Imprint) -> Iterator[Block]:
    """Where the figures come from, and how to read them."""
    yield Heading("About these figures", new_page=True)
    yield Pairs(tuple((name, shortened(text)) for name, text in made.rows.items()))
    yield Heading("How to read them", 2)
    for first, text in _HOW_TO_READ:
        yield Paragraph(text, first)
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
    )


_HOW_TO_READ = (
    ("n", "is how many attempts a figure is of: all that ended, but those skipped or not recorded."),
    (
        "Likely",
        "names the interval that holds the true value, at the confidence above, if people like these are asked.",
    ),
    (
        "Success",
        "is what ended in success without help; with help, partly and all others are told apart and not counted.",
    ),
    ("Time", "is of those who succeeded: the geometric mean up to 24 of them, the median from 25 on."),
    (
        "User errors",
        "are refused forms, pages off the way and what the site marks; system errors are failed scripts and requests.",
    ),
    (
        "SUS",
        "is the System Usability Scale, 0 to 100 and no percentage: 68 is average. Letters are grades among products.",
    ),
)
