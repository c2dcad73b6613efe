"""django-oscar: buy a book without an account."""

from __future__ import annotations

from tests.browser.flows.participant import Participant
from tests.browser.flows.place import Place

PLANTED = "/planted"


def bookshop(url: str) -> Place:
    task = {
        "title": "Buy a book",
        "scenario": "Buy **Paper Harbour** and have it sent to Delft.",
        "start_url": f"{url}/",
        "success": [{"url": "/checkout/thank-you/"}],
        "search": [{"click": "#id_q"}],
    }
    return Place(url, task, solve=_buy, wander=_wander, err=_buy_with_errors, break_=_break)


def _buy(participant: Participant) -> None:
    _go_to_address(participant)
    _address(participant)


def _wander(participant: Participant) -> None:
    page = participant.page
    participant.follow(page.get_by_role("link", name="Cooking").first, "**/catalogue/category/**")
    participant.follow(page.locator("article.product_pod h3 a").first, "**/catalogue/**_*/")
    participant.click(page.locator("h1").first)
    page.go_back()
    participant.arrived()
    page.reload()
    participant.arrived()


def _buy_with_errors(participant: Participant) -> None:
    _go_to_address(participant)
    participant.click(participant.page.get_by_role("button", name="Continue"))  # five empty fields
    _address(participant)


def _break(participant: Participant) -> None:
    """The shop has no fault of this kind, so two are planted in its page."""
    page = participant.page
    participant.follow(page.get_by_role("link", name="Cooking").first, "**/catalogue/category/**")
    page.evaluate("() => void setTimeout(() => { throw new TypeError('planted in the shop') })")
    assert page.evaluate(f"() => fetch('{PLANTED}').then(({{ status }}) => status)") == 500


def _go_to_address(participant: Participant) -> None:
    page = participant.page
    participant.click("#id_q")
    participant.fill("#id_q", "Paper Harbour")
    page.press("#id_q", "Enter")
    page.wait_for_url("**/search/**")
    participant.arrived()
    participant.follow("article.product_pod h3 a[title='Paper Harbour']", "**/catalogue/paper-harbour_*/")
    participant.click(".add-to-basket button[type=submit]")
    page.get_by_text("has been added to your basket").wait_for()
    participant.arrived()
    participant.follow(page.get_by_role("link", name="View basket").first, "**/basket/")
    participant.follow(page.get_by_text("Proceed to checkout").first, "**/checkout/")
    participant.fill("#id_username", "guest@example.com")
    participant.click("input[name=options][value=anonymous]")
    participant.follow(page.get_by_role("button", name="Continue"), "**/checkout/shipping-address/")


def _address(participant: Participant) -> None:
    page = participant.page
    address = {
        "first_name": "Ada",
        "last_name": "Byron",
        "line1": "1 Mill Lane",
        "line4": "Delft",
        "postcode": "2611 AA",
    }
    for field, text in address.items():
        participant.fill(f"#id_{field}", text)
    page.select_option("#id_country", "NL")
    participant.follow(page.get_by_role("button", name="Continue"), "**/checkout/payment-details/")
    participant.follow(page.get_by_text("Continue", exact=True), "**/checkout/preview/")
    participant.follow("#place-order", "**/checkout/thank-you/")
