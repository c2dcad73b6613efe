"""The first row of the loss table: a click and the page goes at once; the server is well."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hatch_build import build
from tests.browser.snippet.servers import Sink, Site, serve
from tests.browser.snippet.study import make_definition
from tests.other_browsers.participant import Participant

ROOT = Path(__file__).parents[2]
TRIALS = int(os.environ.get("USABTEST_TRIALS", "50"))
ARRIVES_WITHIN_S = 120
LINKS = (("#next", "/next.html"), ("#back", "/plain.html"))


@pytest.fixture
def sink(participant: Participant) -> Iterator[Sink]:
    """usabtest as the browser sees it, with the participant in mid-task on a site beside it."""
    build(ROOT)
    with ExitStack() as stack:
        sink = stack.enter_context(serve(Sink(ROOT / "static" / "dist")))
        site = stack.enter_context(serve(Site(f"{sink.url}/snippet.js")))
        sink.definition = make_definition(site.url)
        participant.driver.go(f"{site.url}/plain.html#usabtest={sink.code}")
        participant.press("Start task")
        sink.wait_for("S")
        yield sink


def clicks(sink: Sink) -> list[str]:
    return [event[3] for event in sink.fields("c")]


def test_a_click_and_the_page_goes(participant: Participant, sink: Sink) -> None:
    for trial in range(TRIALS):
        participant.follow(*LINKS[trial % 2])
    participant.driver.reload()  # what the last page could not take over yet, the next one does
    sink.wait(lambda sink: len(sink.events("c")) >= TRIALS, f"{TRIALS} clicks", patience_s=ARRIVES_WITHIN_S)

    lost = TRIALS - len(clicks(sink))
    print(f"{participant.driver.name}: {TRIALS} clicks, {lost} lost, {sink.copies} batches sent again")  # noqa: T201
    assert clicks(sink) == (["#next", "#back"] * TRIALS)[:TRIALS]
    sink.assert_whole()
