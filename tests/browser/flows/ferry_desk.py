"""The small single-page application: book a ferry."""

from __future__ import annotations

from tests.browser.flows.participant import Participant
from tests.browser.flows.place import Place


def ferry_desk(url: str) -> Place:
    task = {
        "title": "Book a ferry",
        "scenario": "Book a place on the ferry to the north quay.",
        "start_url": f"{url}/#/",
        "success": [{"url": "/#/booked"}],
    }
    return Place(url, task, solve=_book, wander=_wander, err=_book_with_errors, break_=_break)


def _book(participant: Participant) -> None:
    _go_to_form(participant)
    _fill(participant, "ada@quay.example")
    _submit(participant)


def _wander(participant: Participant) -> None:
    page = participant.page
    participant.click(page.get_by_role("link", name="Harbours"))
    page.get_by_role("heading", name="Harbours").wait_for()
    participant.click(page.get_by_text("There are two"))
    page.go_back()
    page.get_by_role("heading", name="Ferry desk").wait_for()
    page.reload()
    participant.arrived()


def _book_with_errors(participant: Participant) -> None:
    page = participant.page
    _go_to_form(participant)
    participant.click(page.get_by_role("button", name="Book"))  # two empty fields
    _fill(participant, "ada@elsewhere.org")
    participant.click(page.get_by_role("button", name="Book"))  # the application marks the address
    page.get_by_text("We write to .example addresses only.").wait_for()
    _fill(participant, "ada@quay.example")
    _submit(participant)


def _break(participant: Participant) -> None:
    page = participant.page
    _go_to_sailing(participant)
    participant.click(page.get_by_role("button", name="Show the deck plan"))
    participant.click(page.get_by_role("button", name="Ask for the weather"))
    page.get_by_text("Nobody knows").wait_for()


def _go_to_sailing(participant: Participant) -> None:
    page = participant.page
    participant.click(page.get_by_role("link", name="Sailings", exact=True))
    participant.click(page.get_by_role("link", name="North quay"))
    page.get_by_role("heading", name="Sailing 1").wait_for()


def _go_to_form(participant: Participant) -> None:
    _go_to_sailing(participant)
    participant.click(participant.page.get_by_role("link", name="Book a place"))
    participant.page.get_by_role("heading", name="Book sailing 1").wait_for()


def _fill(participant: Participant, mail: str) -> None:
    participant.fill("#name", "Ada")
    participant.fill("#mail", mail)


def _submit(participant: Participant) -> None:
    participant.click(participant.page.get_by_role("button", name="Book"))
    participant.page.get_by_role("heading", name="You are on board").wait_for()
