"""What several parts of a report's document are made of."""

from __future__ import annotations

from collections.abc import Iterator

from usabtest.reports import charts
from usabtest.reports.direction import isolated
from usabtest.reports.export import drawings
from usabtest.reports.export.document import Block, Heading, Lengths, Paragraph, Picture, Texts
from usabtest.reports.export.parts import Parts
from usabtest.reports.export.texts import shortened
from usabtest.reports.overview import Asked

TEXTS_AT_MOST = 20
# The axis of shares, with the benchmark of completion rates.
PERCENTS = tuple(charts.Tick(at / 100, said) for at, said in ((0, "0"), (50, "50"), (78, "78"), (100, "100 %")))


def bar(it: charts.Bar | None, width_px: int, said: str) -> drawings.Drawing | None:
    """A dot on its interval, where there is one."""
    return None if it is None else drawings.rate_bar(it, width_px, said)


def length(share: float, kind: str, width_px: int = 230) -> drawings.Drawing:
    """One bar among others."""
    return drawings.length(share, kind, width_px)


def asked_blocks(asked: Asked, parts: Parts, level: int) -> Iterator[Block]:
    """A question of the study's own, as a heading of that level, and what people answered."""
    yield Heading(asked.text, level, asked.words, question=True)
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
                (one.words, "", length(one.height if one.count else 0, "choice"), str(one.count))
                for one in asked.columns
            )
        )
    if asked.texts and parts.words:
        more = len(asked.texts) - TEXTS_AT_MOST
        yield Texts(
            tuple(map(shortened, asked.texts[:TEXTS_AT_MOST])),
            f"{more} more. The workbook has all of them." if more > 0 else "",
        )
