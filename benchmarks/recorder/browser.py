"""One Chromium; visitors in it, each with a clean profile; and what its main thread spends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from benchmarks.recorder.contestants import Contestant, Variant
from benchmarks.recorder.servers import Servers
from tests.find_chromium import ARGUMENTS, find_chromium, started_playwright

TIMEOUT_MS = 60_000
VIEWPORT: Any = {"width": 1280, "height": 800}
# Some peers keep still in a browser that says that a program drives it.
LIKE_A_PERSON = "--disable-blink-features=AutomationControlled"
# What a session leaves in the site's storage, without the journal of the visit that made it.
SESSION_KEYS = ("usabtest", "usabtest.browser")


class NoChromium(Exception):
    """There is none to measure in."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a main thread has spent, in milliseconds of its own processor time, never of the clock on the wall."""

    script_ms: float
    compile_ms: float
    task_ms: float
    heap_kb: float

    def __sub__(self, before: Cost) -> Cost:
        return Cost(
            self.script_ms - before.script_ms,
            self.compile_ms - before.compile_ms,
            self.task_ms - before.task_ms,
            self.heap_kb - before.heap_kb,
        )


class Meter:
    """Reads a page's main thread."""

    def __init__(self, page: Page) -> None:
        self._cdp = page.context.new_cdp_session(page)
        self._cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read(self) -> Cost:
        metrics = {each["name"]: each["value"] for each in self._cdp.send("Performance.getMetrics")["metrics"]}
        return Cost(
            script_ms=metrics["ScriptDuration"] * 1000,
            compile_ms=metrics["V8CompileDuration"] * 1000,
            task_ms=metrics["TaskDuration"] * 1000,
            heap_kb=metrics["JSHeapUsedSize"] / 1000,
        )


@contextmanager
def chromium() -> Iterator[Browser]:
    with started_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_path(playwright), args=[*ARGUMENTS, LIKE_A_PERSON])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visitor(browser: Browser, session: Any = None) -> Iterator[BrowserContext]:
    """A profile of its own, empty but for a session."""
    context = browser.new_context(viewport=VIEWPORT, storage_state=session)
    context.set_default_timeout(TIMEOUT_MS)
    try:
        yield context
    finally:
        context.close()


def join(context: BrowserContext, contestant: Contestant, servers: Servers) -> None:
    """Makes this visitor a participant, by the way that a participant comes."""
    if not contestant.takes_part:
        return
    # Who takes part is let in by what conducts the test.
    key = Variant.CORE if contestant.key == Variant.RECORDER else contestant.key
    page = context.new_page()
    with page.expect_response("**/recording/state"):
        page.goto(f"{servers.site.url}/{key}/p/0#usabtest=CODE")
    page.close()


def session_of(browser: Browser, contestant: Contestant, servers: Servers) -> Any:
    """Return what a participant's later visits begin with; nothing for anybody else."""
    with visitor(browser) as context:
        join(context, contestant, servers)
        state: Any = context.storage_state()
    for origin in state["origins"]:
        origin["localStorage"] = [each for each in origin["localStorage"] if each["name"] in SESSION_KEYS]
    return state


def _path(playwright: Playwright) -> str:
    path = find_chromium(playwright)
    if path is None:
        raise NoChromium("no Chromium on this machine: run `make setup`, or name one in USABTEST_CHROMIUM")
    return path
