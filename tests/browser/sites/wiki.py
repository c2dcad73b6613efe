"""TiddlyWiki: write a note. It is one page, uses the fragment itself, and saves by XHR."""

from __future__ import annotations

from functools import partial

import httpx

from tests.browser.flows.participant import Participant
from tests.browser.flows.place import Place
from tests.browser.flows.witness import whole

BROKEN = "/recipes/default/tiddlers/Broken"
_FORM = '<form><label for="who">Who</label> <input id="who" required> <button>Send</button></form>'


def wiki(url: str) -> Place:
    """The wiki; what a participant writes and opens would be there for the next one, too: hence the reset."""
    task = {
        "title": "Write a note",
        "scenario": "Write a note with the title **Ferry times**.",
        "start_url": f"{url}/",
        "success": [{"visible": "[data-tiddler-title='Ferry times'] h2"}],
    }
    settings = {"keep_fragment": True}
    return Place(
        url,
        task,
        solve=_write,
        wander=_wander,
        err=_write_with_errors,
        break_=_break,
        settings=settings,
        identify=whole,
        reset=partial(_reset, url),
    )


def _write(participant: Participant) -> None:
    _save(participant, "Ferry times")
    participant.page.get_by_role("heading", name="Ferry times").wait_for()


def _wander(participant: Participant) -> None:
    page = participant.page
    participant.click(page.get_by_role("tab", name="Recent"))
    _open_form(participant)
    page.reload()
    participant.arrived()
    participant.click(page.get_by_role("tab", name="Tools"))


def _write_with_errors(participant: Participant) -> None:
    _open_form(participant)
    participant.click(participant.page.get_by_role("button", name="Send"))
    _write(participant)


def _break(participant: Participant) -> None:
    """Saving this note fails on the server; the script error is planted, for the wiki has none."""
    page = participant.page
    with page.expect_response(lambda response: BROKEN in response.url and response.status == 500):
        _save(participant, "Broken")
    page.evaluate("() => void setTimeout(() => { throw new TypeError('planted in the wiki') })")
    participant.click(page.get_by_role("button", name="close", exact=True).last)


def _save(participant: Participant, title: str) -> None:
    participant.click("button[aria-label='new tiddler']")
    participant.fill("input.tc-titlebar", title)
    participant.click("button[title='Confirm changes to this tiddler']")


def _open_form(participant: Participant) -> None:
    """By the address, as a link from outside would: only the fragment changes."""
    page = participant.page
    page.goto(f"{page.url.partition('#')[0]}#Sign%20up")
    page.get_by_role("button", name="Send").wait_for()


def _reset(url: str) -> None:
    """Make the wiki as it was, with a note in it that holds a form: it has none of its own."""
    tiddlers = f"{url}/recipes/default/tiddlers"
    with httpx.Client(headers={"X-Requested-With": "TiddlyWiki"}) as wiki:
        wiki.put(f"{tiddlers}/Sign up", json={"title": "Sign up", "text": _FORM}).raise_for_status()
        wiki.put(
            f"{tiddlers}/$:%2FStoryList", json={"title": "$:/StoryList", "list": "GettingStarted"}
        ).raise_for_status()
        for title in ("Ferry times", "Draft of 'Ferry times'", "Broken", "Draft of 'New Tiddler'"):
            wiki.delete(f"{url}/bags/default/tiddlers/{title}").raise_for_status()
