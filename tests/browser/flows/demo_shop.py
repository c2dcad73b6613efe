"""The demo's shop: buy a book."""

from __future__ import annotations

from tests.browser.flows.participant import Participant
from tests.browser.flows.place import Place

BOOK = "The Lamplighter’s Map"


def demo_shop(url: str) -> Place:
    task = {
        "title": "Buy a book",
        "scenario": f"Buy **{BOOK}**. The postcode is SW1A 1AA.",
        "start_url": f"{url}/",
        "success": [{"url": "/thanks/"}],
    }
    return Place(url, task, solve=_buy, wander=_wander, err=_buy_with_errors, break_=_break)


def _buy(participant: Participant) -> None:
    _go_to_payment(participant)
    _address(participant, "SW1A 1AA")
    _place_order(participant, "**/thanks/")


def _wander(participant: Participant) -> None:
    page = participant.page
    participant.follow(page.get_by_role("link", name="Travel"), "**/catalogue/travel/")
    participant.follow(page.get_by_role("link", name="Walking the High Pass"), "**/books/walking-the-high-pass/")
    participant.click(page.get_by_text("Mountains"))
    page.go_back()
    participant.arrived()


def _buy_with_errors(participant: Participant) -> None:
    _go_to_payment(participant)
    participant.click(participant.page.get_by_role("button", name="Place order"))  # four empty fields
    _address(participant, "nowhere")
    _place_order(participant, "**/payment/order/")  # the shop marks the postcode
    participant.fill("#postcode", "SW1A 1AA")
    _place_order(participant, "**/thanks/")


def _break(participant: Participant) -> None:
    page = participant.page
    participant.follow(page.get_by_role("link", name=BOOK), "**/books/**")
    participant.click(page.get_by_role("button", name="Look inside"))
    participant.click(page.get_by_role("button", name="Is it in your shops?"))
    page.get_by_text("We cannot say right now.").wait_for()


def _go_to_payment(participant: Participant) -> None:
    page = participant.page
    participant.follow(page.get_by_role("link", name=BOOK), "**/books/**")
    participant.follow(page.get_by_role("button", name="Add to basket"), "**/basket/")
    participant.follow(page.get_by_role("link", name="Go to payment"), "**/payment/")


def _address(participant: Participant, postcode: str) -> None:
    for field, text in {"name": "Ada", "email": "ada@example.org", "street": "Mill Lane 1"}.items():
        participant.fill(f"#{field}", text)
    participant.fill("#postcode", postcode)


def _place_order(participant: Participant, address: str) -> None:
    participant.follow(participant.page.get_by_role("button", name="Place order"), address)
