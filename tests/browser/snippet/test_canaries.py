"""Nothing private leaves the browser, nor lies in it on our behalf: canaries everywhere, and a search for them.

A canary is a text with "canary" in it. It is looked for in all that reached usabtest's server (addresses, headers,
bodies) and in all that we keep in the browser, as it is and as it may be wrapped up.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Page

from tests.browser.snippet.servers import Sink, Site
from tests.browser.snippet.study import Join

SECRETS = "?canary-query=canary&q=kept#canary-fragment"
FIELDS = {
    "#search": "canary-searched for",
    "#email": "canary@example.com",
    "#url": "https://canary.example/canary?canary=1",
    "#tel": "canary 030 1234",
    "#password": "canary-password!",
    "#card": "canary 4111 1111",
    "#listed": "canary-listed",
    "#area": "a canary letter\nwith two canary lines",
}
OURS = """async () => ({
  local: Object.fromEntries(Object.entries(localStorage).filter(([key]) => /usabtest/.test(key))),
  session: Object.fromEntries(Object.entries(sessionStorage).filter(([key]) => /usabtest/.test(key))),
  cookies: document.cookie.split('; ').filter((each) => /usabtest/.test(each)),
  databases: await indexedDB.databases(),
})"""


def wrapped(text: bytes) -> Iterator[str]:
    """A text, and whatever else it may be read as."""
    plain = text.decode(errors="replace")
    yield plain
    yield unquote_plus(plain)
    yield plain.encode().decode("unicode_escape", errors="replace")
    for run in re.findall(r"[\w+/=-]{12,}", plain):
        for start in range(4):
            with suppress(binascii.Error, ValueError):
                piece = run[start:].rstrip("=").translate(str.maketrans("-_", "+/"))
                yield base64.b64decode(piece[: len(piece) // 4 * 4]).decode(errors="replace")
    for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        for start in {0, text.find(b"\n\n") + 2}:
            with suppress(zlib.error):
                yield zlib.decompressobj(bits).decompress(text[start:]).decode(errors="replace")


def canaries(texts: list[bytes]) -> set[str]:
    """Every canary in the texts, with what stands around it."""
    found: set[str] = set()
    for text in texts:
        for reading in wrapped(text):
            found |= {match.group() for match in re.finditer(r"(?is).{0,60}canary.{0,60}", reading)}
    return found


def assert_no_canary(page: Page, sink: Sink) -> None:
    kept: dict[str, Any] = page.evaluate(OURS)
    assert kept["databases"] == []
    assert canaries([json.dumps(kept).encode()]) == set()
    assert canaries(sink.heard) == set()


def visit(page: Page, site: Site) -> None:
    """From one page to the next, as a person goes; everything in the address is a secret, but what the study keeps."""
    page.goto(f"{site.url}/aviary.html{SECRETS}")
    page.locator("usabtest-widget").get_by_role("button", name="I'm done").wait_for()


def write(page: Page) -> None:
    """Put something into each kind of field, in each way that there is."""
    for selector, text in FIELDS.items():
        page.click(selector)
        page.keyboard.type(text.replace("\n", " "), delay=0)
    page.fill("#area", FIELDS["#area"])
    page.select_option("#choice", "canary-value")
    page.check("#radio")
    page.set_input_files("#file", {"name": "canary-file.txt", "mimeType": "text/plain", "buffer": b"canary"})
    page.click("#editable")
    page.keyboard.insert_text("canary-edited")
    page.click("#host #inner")
    page.keyboard.type("canary-inner")
    page.click("#text")
    page.keyboard.type("canary-typed")


def compose(page: Page) -> None:
    """By an input method, and by drag and drop."""
    page.focus("#text")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "canaryかな", "selectionStart": 8, "selectionEnd": 8})
    devtools.send("Input.insertText", {"text": "canary仮名"})
    page.click("#search", click_count=3)
    page.keyboard.press("Control+x")
    page.keyboard.press("Control+v")
    data = {"items": [{"mimeType": "text/plain", "data": "canary-dropped"}], "dragOperationsMask": 1}
    box = page.locator("#search").bounding_box()
    assert box is not None
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 5, "y": box["y"] + 5, "data": data})


@pytest.mark.parametrize("text", [False, True], ids=["", "text of elements recorded"])
def test_nothing_private_leaves_the_browser(start: Join, sink: Sink, site: Site, text: bool) -> None:
    sink.definition["text"] = text
    page = start()
    sink.wait_for("S")
    sink.script["batches"] = 503  # so that all that is recorded lies in the browser for a while
    visit(page, site)
    write(page)
    compose(page)
    page.click("#throw")
    page.click("#host #clear")
    page.focus("#text")
    page.keyboard.press("Enter")
    page.click("#chips button")
    page.click("#chips a")
    for place in range(page.locator(".named").count()):
        page.locator(".named").nth(place).click()
    page.click(".card", position={"x": 3, "y": 3})
    page.click("#masked")
    page.wait_for_function("() => performance.getEntriesByType('resource').some(({ name }) => /redirect/.test(name))")
    assert_no_canary(page, sink)
    page.click("#send")
    page.wait_for_url("**/next.html?**")
    page.evaluate("usabtest.event('allowed', { name: 'the site says so' })")
    sink.script.clear()

    sink.wait_for("x")
    sink.wait(lambda sink: len(sink.events("c")) >= 20 and len(sink.events("j")) >= 50 and len(sink.events("n")) >= 20)
    assert_no_canary(page, sink)
    assert {event[2] for event in sink.fields("v")} == {"/plain.html", "/aviary.html?q=kept", "/next.html"}
    sink.assert_whole()


def test_nothing_private_is_left_by_a_page_that_goes_before_its_recorder(start: Join, sink: Sink, site: Site) -> None:
    page = start()
    sink.wait_for("S")
    page.route("**/snippet/core-*.js", lambda route: route.abort())
    page.goto(f"{site.url}/aviary.html{SECRETS}")
    page.fill("#text", "canary-typed")
    page.click("#throw")
    page.goto(f"{site.url}/home.html")
    assert_no_canary(page, sink)
    page.unroute("**/snippet/core-*.js")
    page.goto(f"{site.url}/next.html")

    sink.wait_for("v", 4)
    assert_no_canary(page, sink)
