"""Where the snippet cannot work, the participant and the moderator are told so, instead of an empty recording."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.flows.server import ADMIN, PASSWORD, Usabtest
from tests.browser.flows.six import somebody
from tests.browser.snippet.servers import Site, serve

TOLD_WITHIN_MS = 40_000  # after fifteen seconds without a hello, and twenty without an answer to a check
POLICIES = {
    "no tag": "",
    "script forbidden": "script-src 'self'",
    "connections forbidden": "script-src OURS; connect-src 'self'",
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
def test_where_the_snippet_cannot_work(browser: Browser, usabtest: Usabtest, policy: str) -> None:
    with serve(Site(usabtest.snippet if policy else "about:blank")) as site:
        site.headers["Content-Security-Policy"] = policy.replace("OURS", usabtest.url)
        task = {"title": "Look", "scenario": "Look around.", "start_url": f"{site.url}/next.html"}
        key = usabtest.make_study({"title": "A closed site", "sites": [site.url], "tasks": [task]})
        moderator = sign_in(browser, usabtest)
        moderator.goto(f"{usabtest.url}/studies/{key}")
        moderator.get_by_role("button", name="Check", exact=False).first.click()
        participant = somebody(browser, usabtest, key)
        page = participant.page
        page.goto(participant.link)
        page.get_by_label("I agree").check()
        page.get_by_role("button", name="Start", exact=True).click()
        page.wait_for_url(f"{site.url}/**")
        page.get_by_role("heading", name="Next").wait_for()
        assert page.locator("usabtest-widget").count() == 0
        page.go_back()

        expect(page.get_by_role("heading", name="Your test has not begun")).to_be_visible(timeout=TOLD_WITHIN_MS)
        told = moderator.locator("[data-check-words]")
        expect(told).to_contain_text("the tag is missing there, or the site’s security policy", timeout=TOLD_WITHIN_MS)
        moderator.reload()
        findings = moderator.get_by_role("list", name="Findings")
        expect(findings).to_contain_text("1 person was sent to the site and did not arrive")
        expect(findings).to_contain_text("1 start page did not answer")
        [person] = usabtest.items(key, "participants")
        assert person["status"] == "sent"
        participant.context.close()
        moderator.context.close()


def sign_in(browser: Browser, usabtest: Usabtest) -> Page:
    page = browser.new_context().new_page()
    page.goto(f"{usabtest.url}/sign-in")
    page.get_by_label("E-mail address").fill(ADMIN)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/studies")
    return page
