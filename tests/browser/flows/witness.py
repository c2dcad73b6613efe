"""Somebody who stands behind the participant and counts, without usabtest's help.

What a browser does is taken from Playwright (requests, answers, errors, navigations) and from a script of the
witness's own in each page (presses in the widget, refused fields); the participant's clicks are told by the driver, who
makes them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Frame, Page, Request, Response

SIGN = "witness "
START = "Start task"
ENDS = ("I'm done", "I give up")
ABORTED = "net::ERR_ABORTED"

# Date.now() and not the event's own time stamp: the witness has another clock than the recorder.
_EYES = """
(() => {
  if (window.parent !== window) return
  const tell = (seen) => console.debug('witness ' + JSON.stringify({ ...seen, at: Date.now() }))
  const inWidget = (event) => event.composedPath().some(({ localName }) => localName === 'usabtest-widget')
  addEventListener('click', (event) => {
    const button = inWidget(event) && event.composedPath().find(({ localName }) => localName === 'button')
    if (button) tell({ press: button.textContent.trim() })
  }, true)
  addEventListener('invalid', (event) => inWidget(event) || tell({ refused: event.target.id }), true)
  const marked = new Set()
  const look = () => {
    for (const field of document.querySelectorAll('[aria-invalid=true]')) {
      if (!marked.has(field)) tell({ refused: field.id })
      marked.add(field)
    }
  }
  addEventListener('DOMContentLoaded', () => {
    look()
    new MutationObserver(look).observe(document, { attributeFilter: ['aria-invalid'], subtree: true })
  })
})()
"""


@dataclass
class Tally:
    """What the witness saw of one attempt."""

    started_ms: int
    page_views: int = 1
    clicks: int = 0
    javascript: int = 0
    network: int = 0
    form: int = 0
    ended_ms: int | None = None


def identity(address: str) -> str:
    """Return what makes a page the same page: its address, with the fragment only if that is a route."""
    page, fragment = urldefrag(address)
    return f"{page}#{fragment}" if fragment.startswith(("/", "!/")) else page


def whole(address: str) -> str:
    """Return the same for a study that keeps fragments."""
    page, fragment = urldefrag(address)
    return f"{page}#{fragment}" if fragment else page


@dataclass
class Witness:
    """Counts for one participant, in all tabs of a browser's profile."""

    context: BrowserContext
    ours: str
    identify: Callable[[str], str] = identity
    tallies: list[Tally] = field(default_factory=list)
    running: Tally | None = None
    _pages: dict[Page, str] = field(default_factory=dict)
    _loading: set[Page] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context.add_init_script(_EYES)
        self.context.on("page", self._watch)

    def clicked(self) -> None:
        """The driver is about to click in the page."""
        if self.running:
            self.running.clicks += 1

    def ended(self, at_ms: int) -> Tally:
        """The attempt is over without a press."""
        tally = self.running
        assert tally is not None
        tally.ended_ms, self.running = at_ms, None
        return tally

    def _watch(self, page: Page) -> None:
        self._pages[page] = ""
        page.on("console", self._heard)
        page.on("pageerror", lambda _: self._count("javascript"))
        page.on("response", lambda response: self._answered(page, response))
        page.on("requestfailed", self._failed)
        page.on("framenavigated", lambda frame: self._navigated(page, frame))

    def _heard(self, message: ConsoleMessage) -> None:
        if not message.text.startswith(SIGN):
            return
        seen = json.loads(message.text.removeprefix(SIGN))
        if "refused" in seen:
            self._count("form")
        elif seen["press"] == START:
            self.running = Tally(seen["at"])
            self.tallies.append(self.running)
        elif seen["press"] in ENDS and self.running:
            self.ended(seen["at"])

    def _answered(self, page: Page, response: Response) -> None:
        request, failed = response.request, response.status >= 400
        if _loads(page, request):
            if not 300 <= response.status < 400:
                self._loading.add(page)
                self._count("page_views")
                if failed:
                    self._count("network")
        elif failed and response.status != 401 and self._by_script(request):
            self._count("network")

    def _failed(self, request: Request) -> None:
        if self._by_script(request) and request.failure != ABORTED:
            self._count("network")

    def _navigated(self, page: Page, frame: Frame) -> None:
        if frame != page.main_frame:
            return
        before, now = self._pages[page], self.identify(frame.url)
        self._pages[page] = now
        if page in self._loading:
            self._loading.discard(page)  # counted when its document came
        elif before != now:
            self._count("page_views")

    def _by_script(self, request: Request) -> bool:
        return request.resource_type in {"fetch", "xhr"} and not request.url.startswith(self.ours)

    def _count(self, what: str) -> None:
        if self.running:
            setattr(self.running, what, getattr(self.running, what) + 1)


def _loads(page: Page, request: Request) -> bool:
    """Whether a request is for a document of the page itself, and not of a frame in it."""
    try:
        return request.is_navigation_request() and request.frame == page.main_frame
    except Error:  # the frame is not there yet: only a new page's own document can be asked for then
        return True
