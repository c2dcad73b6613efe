"""The summary in plain words as a document: what the page of it shows, to print and to send."""

from __future__ import annotations

from collections.abc import Iterator

from usabtest.reports.cx import CxSummary
from usabtest.reports.cx.summary import AskedTask
from usabtest.reports.direction import isolated
from usabtest.reports.export import drawings
from usabtest.reports.export.document import (
    Block,
    Cell,
    Columns,
    Document,
    Finding,
    Glossary,
    Heading,
    Lead,
    Lines,
    Paragraph,
    Picture,
    said,
)
from usabtest.reports.export.imprint import imprint
from usabtest.reports.export.parts import EVERYTHING, Parts
from usabtest.reports.export.report_document import foot
from usabtest.reports.export.texts import shortened
from usabtest.reports.figures import StudyReport
from usabtest.reports.words import named

# As wide as the narrower of two columns.
_COLUMN_PX = 290


def summary_document(report: StudyReport, shown: CxSummary, parts: Parts = EVERYTHING) -> Document:
    made = imprint(report, parts)
    return Document(
        title=f"{shown.title}: summary",
        language="en",
        theirs=report.spec.language,
        foot=foot(made),
        blocks=tuple(_blocks(shown)),
        dense=True,
    )


def _blocks(shown: CxSummary) -> Iterator[Block]:
    yield Paragraph(f"{isolated(shown.title)} · {shown.whom}", quiet=True)
    yield Lead(shown.lead.before, shown.lead.marked, shown.lead.after, large=True)
    yield Paragraph(shown.intro)
    if shown.empty:
        return
    yield from _could(shown)
    yield from _hurt(shown)
    yield from _felt(shown)
    yield from _cost(shown)
    yield from _sure(shown)
    yield Glossary("What the words mean", tuple((term.word, term.about) for term in shown.terms))


def _could(shown: CxSummary) -> Iterator[Block]:
    yield Heading("How many could do it")
    yield Paragraph(f"{shown.asked_reading} {shown.asked_note}".strip(), quiet=True, leads=True)
    yield Lines(widths=(0.26, 0.46, 0.28), rows=tuple(map(_asked, shown.asked)))


def _asked(task: AskedTask) -> tuple[Cell, ...]:
    words = f"{task.count}, {task.likely}" if task.likely else task.count
    drawing = None
    if task.figures:
        drawing = drawings.people(task.figures, words)
    elif task.bar is not None:
        drawing = drawings.rate_bar(task.bar, 280, words)
    return Cell(words=task.title), Cell(drawing=drawing), Cell(task.count, task.likely)


def _hurt(shown: CxSummary) -> Iterator[Block]:
    yield Heading("Where it hurt")
    if not shown.findings:
        yield Paragraph("Nobody we watched was stopped anywhere. That does not prove that nothing stops others.")
        return
    one = len(shown.findings) == 1
    ranked = "The place that cost" if one else "The places that cost"
    unread = " Found in the data; nobody has worded all of it yet." if shown.suggested else ""
    yield Paragraph(f"{ranked} most people their success, the costliest first.{unread}", quiet=True, leads=True)
    for it in shown.findings:
        yield Finding(it.number, it.title, shortened(f"{it.figure} {it.text}".strip()), shortened(it.seen))


def _felt(shown: CxSummary) -> Iterator[Block]:
    if not shown.felt and not shown.changed:
        return
    yield Heading("How it felt")
    sentences = tuple(said(one.said, one.measure.word, one.doubt) for one in shown.felt)
    if shown.sus_scale is None:
        yield from sentences
    else:
        scale = drawings.sus_scale(shown.sus_scale, _COLUMN_PX, str(shown.felt[0].said), flat=True)
        yield Columns((1.2, 1), (sentences, (Picture(scale),)))
        yield Paragraph(shown.sus_reading, quiet=True)
    if shown.changed is not None:
        yield Heading(f"What changed since {isolated(shown.changed.since)}", 2)
        yield from map(Paragraph, shown.changed.unlike)
        yield said(shown.changed.lead)
        yield from map(Paragraph, shown.changed.said)


def _cost(shown: CxSummary) -> Iterator[Block]:
    if (cost := shown.cost) is None:
        return
    yield Heading("What it may cost")
    yield Paragraph(
        f"{cost.visitors_text} {isolated(cost.visitors_words)} × {cost.share_text} % who do not manage it × "
        f"{cost.currency} {cost.value_text} {isolated(cost.value_words)}"
    )
    yield Lead("", f"about {cost.total} a month", "")
    if cost.likely:
        yield Paragraph(
            f"{cost.likely}, if everyone who does not manage {named(cost.task_title)} costs as much.", quiet=True
        )
    else:
        yield Paragraph("The share is assumed, not measured, so there is no interval.", quiet=True)


def _sure(shown: CxSummary) -> Iterator[Block]:
    yield Heading("How sure we are")
    sides = tuple(
        (Heading(name, 2), *map(Paragraph, texts))
        for name, texts in (("Sure enough to act", shown.sure), ("Not sure yet", shown.not_sure))
        if texts
    )
    yield Columns((1,) * len(sides), sides)
