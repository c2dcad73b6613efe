"""From the link to the report, on the single-page application of the other tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatch_build import build
from tests.browser.flows.server import Usabtest, wait_for
from tests.browser.spa.server import running_spa
from tests.other_browsers.participant import Participant

ROOT = Path(__file__).parents[2]
SUS = (4, 2, 5, 1, 4, 2, 4, 2, 5, 1)
SCORE = 85.0


def study(url: str) -> dict[str, object]:
    task = {
        "key": "book",
        "title": "Book a ferry",
        "scenario": "Book a place on the ferry to the north quay.",
        "start_url": f"{url}/#/",
        "success": [{"url": "/#/booked"}],
    }
    return {"title": "Another browser", "sites": [url], "tasks": [task], "after": ["sus"]}


def test_the_whole_flow(participant: Participant, tmp_path: Path) -> None:
    build(ROOT)
    usabtest = Usabtest(tmp_path)
    usabtest.start()
    try:
        with running_spa(usabtest.snippet) as url:
            key = usabtest.make_study(study(url))
            play(participant, usabtest.link(key))
            report = wait_for(lambda: completed(usabtest, key), "a participant who has completed")
            [attempt] = usabtest.items(key, "attempts")
            [person] = usabtest.items(key, "participants")
    finally:
        usabtest.stop()

    assert_is_what_was_done(participant, attempt)
    assert (person["sus"], report["sus"]["scores"]) == (SCORE, [SCORE])
    assert person["browser"].startswith({"firefox": "Firefox", "webkit": "Safari"}[participant.driver.name])
    completeness = report["completeness"]
    assert (completeness["events_missing"], completeness["dropped_in_browser"]) == (0, 0)
    assert (completeness["streams_without_end"], completeness["sessions_with_gaps"]) == (0, 0)


def play(participant: Participant, link: str) -> None:
    """In, through the task with every kind of fault, and out."""
    driver, tally = participant.driver, participant.tally
    driver.go(link)
    participant.sees("I agree")
    participant.click("input[type=checkbox]")
    participant.click("button", "Start")
    participant.is_at("/#/")
    participant.press("Start task")
    tally.clicks = 0
    for text, heading in (("See all sailings", "Sailings"), ("North quay, 8:15", "Sailing 1")):
        participant.click("main a", text)
        participant.sees(heading)
        tally.page_views += 1
    participant.click("#deck")  # has no plan, and throws
    tally.javascript += 1
    participant.click("#weather")  # the server answers 500
    tally.network += 1
    participant.sees("Nobody knows")
    driver.back()
    participant.sees("North quay, 8:15")
    participant.click("main a", "North quay, 8:15")
    tally.page_views += 2
    participant.click("main a", "Book a place")
    tally.page_views += 1
    participant.click("main button", "Book")  # two empty fields, which the browser refuses
    tally.form += 2
    driver.type("#name", "Ada")
    driver.type("#mail", "ada@elsewhere.org")
    participant.click("main button", "Book")  # the application marks the address
    tally.form += 1
    participant.sees("We write to .example addresses only.")
    driver.script("document.querySelector('#mail').value = ''")
    driver.type("#mail", "ada@quay.example")
    driver.reload()  # nothing of that stays
    tally.page_views += 1
    participant.is_at("/#/book/1")
    driver.type("#name", "Ada")
    driver.type("#mail", "ada@quay.example")
    participant.click("main button", "Book")
    tally.page_views += 1
    participant.sees("You are on board")
    participant.press("I'm done")
    participant.choose(6)
    for number, value in enumerate(SUS, 1):
        participant.sees(f"Statement {number} of 10")
        participant.choose(value)
    participant.sees("have arrived")
    participant.press("Finish")
    wait_for(lambda: driver.address.endswith("/thanks"), "the page of thanks")


def completed(usabtest: Usabtest, key: str) -> dict[str, Any] | None:
    people = usabtest.items(key, "participants")
    return usabtest.report(key) if [person["status"] for person in people] == ["completed"] else None


def assert_is_what_was_done(participant: Participant, attempt: dict[str, Any]) -> None:
    tally = participant.tally
    errors = attempt["errors"]
    told = {what: errors[what] for what in ("javascript", "network", "form")}
    told |= {"clicks": attempt["clicks"], "page_views": attempt["page_views"]}
    assert told == vars(tally)
    assert (attempt["outcome"], attempt["seq"]) == ("success", 6)
    assert attempt["time_on_task"] > 0
