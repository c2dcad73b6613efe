"""The tasks of a report as parts of its document: a page or two each."""

from __future__ import annotations

from collections.abc import Iterator

from usabtest.reports import words
from usabtest.reports.attempt_list import AttemptList
from usabtest.reports.export import drawings
from usabtest.reports.export.document import (
    Block,
    Columns,
    Heading,
    Legend,
    Lengths,
    Paragraph,
    Picture,
    Stat,
    Stats,
    Table,
    lead,
    written,
)
from usabtest.reports.export.parts import Parts
from usabtest.reports.export.pieces import asked_blocks, bar, length
from usabtest.reports.export.texts import shortened
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.reports.task_errors import ErrorLine
from usabtest.reports.task_page import Stat as ShownStat
from usabtest.reports.task_page import TaskShown, task_shown
from usabtest.reports.view import View
from usabtest.reports.words import OUTCOME_NAMES

ATTEMPTS_AT_MOST = 15
_ELSEWHERE = "The workbook and the CSV have all of them."


def task_blocks(report: StudyReport, task: TaskReport, parts: Parts) -> Iterator[Block]:
    """What a report says of a task; of the attempts only those without success, and the first of them."""
    shown = task_shown(report, task, {}, View(only_failed=True))
    yield Heading(task.title, beside=shown.place, new_page=task.attempts > 1)
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
    if shown.ways is not None:
        yield Heading("Ways people took", 2)
        yield Paragraph(shown.ways.note, quiet=True, leads=True)
        yield Picture(drawings.ways(shown.ways, 656, shown.ways.sentence), shown.ways.sentence)
    if shown.small_stats:
        yield Stats(tuple(map(_stat, shown.small_stats)), small=True)
    if shown.first_clicks:
        yield Heading("Where people clicked first", 2)
        yield Paragraph(shown.first_clicks.sentence, leads=True)
        yield Lengths(
            tuple(
                (
                    shortened(line.selector, 80),
                    _place(line.page, line.right),
                    length(line.share, "choice"),
                    str(line.count),
                )
                for line in shown.first_clicks.lines
            )
        )
    if shown.questions:
        yield Heading("What people answered", 2)
        for asked in shown.questions:
            yield from asked_blocks(asked, parts, 3)
    if parts.people:
        yield from _attempts(shown.attempts, parts)


def _stat(stat: ShownStat) -> Stat:
    n = "" if " of " in stat.figure else f"{words.plural(stat.n, _ONE[stat.of], stat.of)}: "
    return Stat(stat.label, stat.figure, f"{n}{stat.words}", bar(stat.bar, 150, f"{stat.figure}, {stat.words}"))


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
    return line.words, ", ".join(said), length(line.share, kind, 96), str(line.count)


def _place(page: str, right: bool | None) -> str:
    where = {True: ", the right place", False: ", elsewhere", None: ""}[right]
    return f"{shortened(page, 60)}{where}"


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
