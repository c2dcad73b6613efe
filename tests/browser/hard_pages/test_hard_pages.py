"""Every row of the table, played in Chromium: these events, and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.hard_pages.acts import act
from tests.browser.hard_pages.conftest import HardSite
from tests.browser.hard_pages.events import in_words
from tests.browser.hard_pages.row import KINDS, Row, lines
from tests.browser.hard_pages.table import ROWS
from tests.browser.snippet.servers import Sink

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TIMEOUT_MS = 15_000


def words(sink: Sink, row: Row, site: HardSite) -> list[str]:
    """In the order in which each page wrote them down: the times of a press and of what it led to may be the same."""
    said = [in_words(event, site.url).replace(site.other, "{other}") for event in sink.written(*KINDS, *row.also)]
    counted = [line for line in said if line.startswith("dropped")]
    return [line for line in said if line not in counted] + in_all(counted)


def is_ours(message: ConsoleMessage, sink: Sink) -> bool:
    """Said by us; that a request of the page failed is said by the browser, of whose script it may be."""
    return sink.url in message.location["url"] and not message.text.startswith("Failed to load")


def in_all(dropped: Sequence[str]) -> list[str]:
    """A flood is counted as it comes, in parts."""
    sums: Counter[str] = Counter()
    for line in dropped:
        kind, _, count = line.rpartition(" ")
        sums[kind] += int(count)
    return [f"{kind} {count}" for kind, count in sums.items()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_exactly_this_is_recorded(
    row: Row, hard_browser: Browser, hard_site: HardSite, hard_sink: Sink, begun: Any
) -> None:
    hard_sink.forget()
    hard_site.row = row
    context = hard_browser.new_context(storage_state=begun, accept_downloads=True, **(PHONE if row.phone else {}))
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if is_ours(message, hard_sink) else None)
    expected = lines(row.expects)
    try:
        page.goto(hard_site.url + row.path)
        wait_until_ready(page, row)
        for line in lines(row.does):
            act(page, line)
        page.goto("about:blank")
        # All has arrived when it has; else what is there is compared.
        with suppress(AssertionError):
            hard_sink.wait(lambda sink: not sink.open_streams() and words(sink, row, hard_site) == expected)
    finally:
        context.close()

    assert words(hard_sink, row, hard_site) == expected
    assert said == []
    hard_sink.assert_whole()


def wait_until_ready(page: Page, row: Row) -> None:
    if row.ready:
        page.wait_for_function(row.ready)
    else:
        page.locator("usabtest-widget").wait_for(state="attached")
