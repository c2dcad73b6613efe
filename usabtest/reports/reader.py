"""Who looks at a report, and so what of it they see and which links they get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import escape

from usabtest.reports.view import ROWS_AT_MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who reads a report.

    `sees_people` shows participants one by one (their codes, their attempts), `sees_words` what they and the moderators
    wrote. The others are links and buttons: to the report's own pages and files, to participants, and to correcting.

    `rows_at_most` are the attempts at a task, and `words_at_most` the answers to a question, that a page shows; these
    together as long as `bytes_at_most`, if anything.
    """

    signed_in: bool = False
    sees_people: bool = True
    sees_words: bool = True
    may_read: bool = False
    may_correct: bool = False
    may_share: bool = False
    rows_at_most: int = ROWS_AT_MOST
    words_at_most: int = 200
    bytes_at_most: int | None = None

    def told(self, texts: Sequence[str]) -> Sequence[str]:
        """Of the answers to a question those that a page shows: one at least, however long it is.

        >>> Reader(bytes_at_most=8).told(["four", "<", "five"])
        ['four', '<']
        """
        told = texts[: self.words_at_most]
        if self.bytes_at_most is None:
            return told
        ends = accumulate(len(escape(text).encode(errors="replace")) for text in told)
        return told[: max(1, sum(1 for end in ends if end <= self.bytes_at_most))]


NOBODY = Reader()
"""Whoever holds a file: everything in it, and no link that needs an account."""
