"""What the pages of a report say of one person, of three and of many: no wrong plural, no hole, no doubled space."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.crowd import make_crowd
from tests.factories import make_study, sign_in
from tests.web.reports.study import FULL
from tests.web.sharing.shares import EVERYTHING, make_link, stranger
from usabtest.accounts.models import User

PAGES = ("report", "report/tasks/pay", "report/tasks/find-book", "report/summary", "compare", "participants/P-01")
MANY = (
    "people|times|attempts|answers|events|minutes|seconds|promoters|detractors|places|pages|comparisons|tasks|moments|"
    "others|sessions|participants|products|statements|rows|areas|views|runs"
)
FAULTS = (
    rf"(?<![0-9.,+−-])1 (?:{MANY})\b",
    r"\S  +\S",
    r" [,.;:](?:\s|$)",
    r"\(\s|\s\)",
    r"\b(?:None|nan|null)\b",
    r"[“(]{2}|[”)]{2}",
)


def said(page: str) -> str:
    """The words of a page, a line a block."""
    main = page.partition("<main")[2].partition("</main>")[0]
    drawn = re.sub(r"<(svg|script|style)\b.*?</\1>", "", main, flags=re.DOTALL)
    blocks = re.sub(
        r"</?(?:p|li|t[dhr]|h\d|div|section|d[dtl]|summary|label|legend|caption|option|small|ul|ol)\b[^>]*>",
        "\n",
        drawn,
    )
    words = unescape(re.sub(r"<[^>]+>", "", blocks))
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_they_read_well(client: FlaskClient, alice: User, count: int) -> None:
    study = make_study(alice, **{**FULL, "after": ["sus", "nps", "csat", "ces", "umux_lite"]})
    make_crowd(study, count)
    link = make_link(study, *EVERYTHING)
    sign_in(client, alice)

    pages = {
        name: client.get(f"/studies/{study.key}/{name}").text for name in PAGES if count or "participants" not in name
    }
    pages["shared"] = stranger(client.application).get(link.path).text

    for name, page in pages.items():
        text = said(page)
        assert len(text) > 100, name
        for fault in FAULTS:
            found = re.search(fault, text)
            assert found is None, f"{name}: “{text[max(0, found.start() - 40) : found.end() + 40]}”"
