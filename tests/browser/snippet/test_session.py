"""A participant goes through a test: from the one-time code to the farewell."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.snippet.servers import Sink, Site
from tests.browser.snippet.study import Join

STORED = "Object.keys(localStorage).filter(key => key.startsWith('usabtest'))"


def press(page: Page, name: str) -> None:
    page.locator("usabtest-widget").get_by_role("button", name=name).click()


def answer(page: Page, value: str) -> None:
    page.locator("usabtest-widget").get_by_role("radio", name=value, exact=True).check()
    press(page, "Continue")


def test_it_works(start: Join, sink: Sink, site: Site) -> None:
    page = start()
    page.click("#dead")
    press(page, "I'm done")
    answer(page, "6")
    press(page, "Start task")
    press(page, "I give up")
    answer(page, "2")
    answer(page, "9")
    press(page, "Finish")
    page.wait_for_url("**/thanks.html")

    steps = sink.fields("S", "D", "G", "A", "F")
    assert steps == [
        ["S", 0, "/plain.html"],
        ["D", 0, "/plain.html"],
        ["A", 0, "/plain.html", "seq", 6],
        ["S", 1, "/plain.html"],
        ["G", 1, "/plain.html"],
        ["A", 1, "/plain.html", "seq", 2],
        ["A", None, "/plain.html", "nps", 9],
        ["F", None, "/plain.html"],
    ]
    [click] = sink.fields("c")
    assert click[:4] == ["c", 0, "/plain.html", "#dead"]
    assert click[-1] == 9
    sink.assert_whole()
    page.wait_for_function(f"() => {STORED}.length === 0")


def test_an_ordinary_visitor_is_left_alone(context: BrowserContext, sink: Sink, site: Site) -> None:
    page = context.new_page()
    page.add_init_script("""
        window.listenedTo = []
        const add = EventTarget.prototype.addEventListener
        EventTarget.prototype.addEventListener = function (type, ...rest) {
          listenedTo.push(type)
          return add.call(this, type, ...rest)
        }
    """)
    page.goto(f"{site.url}/plain.html")
    page.click("#dead")
    page.wait_for_load_state("networkidle")

    assert page.evaluate("[Object.keys(localStorage), document.cookie, typeof usabtest.event]") == [[], "", "function"]
    assert page.evaluate("Object.keys(sessionStorage)") == []
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("listenedTo") == ["click"]  # which is the page's own
    assert page.evaluate("usabtest.event('order') === undefined && !window.usabtestCalls")
    assert sink.requests == []
    assert page.locator("usabtest-widget").count() == 0


def test_the_load_with_the_code_is_not_counted(join: Join, sink: Sink) -> None:
    page = join("/plain.html")

    assert page.url.endswith("/plain.html")
    page.reload()
    sink.wait_for("v", 2)
    assert [event[:5] for event in sink.fields("v")] == [
        ["v", None, "/plain.html", "load", 1280],
        ["v", None, "/plain.html", "reload", 1280],
    ]


def test_the_address_gets_its_own_fragment_back(context: BrowserContext, sink: Sink, site: Site) -> None:
    sink.definition["tasks"][0]["start_url"] = f"{site.url}/plain.html#head"
    page = context.new_page()
    page.goto(f"{site.url}/plain.html#head&usabtest=CODE")
    page.wait_for_selector("usabtest-widget", state="attached")

    assert page.url == f"{site.url}/plain.html#head"


def test_a_reload_goes_on(start: Join, sink: Sink) -> None:
    page = start()
    page.reload()

    expect(page.locator("usabtest-widget").get_by_role("button", name="I'm done")).to_be_visible()
    page.click("#dead")
    sink.wait_for("c")
    assert sink.fields("c")[0][1] == 0


def test_a_second_tab_keeps_in_step(start: Join, context: BrowserContext, sink: Sink, site: Site) -> None:
    page = start()
    other = context.new_page()
    other.goto(f"{site.url}/next.html")
    other.locator("usabtest-widget").get_by_role("button", name="I'm done").wait_for()
    press(page, "I'm done")

    expect(other.locator("usabtest-widget").get_by_role("radio", name="7", exact=True)).to_be_visible()
    answer(other, "7")
    expect(page.locator("usabtest-widget").get_by_role("button", name="Start task")).to_be_visible()


def test_the_participant_is_brought_to_the_start_page_once(start: Join, sink: Sink, site: Site) -> None:
    sink.definition["tasks"][1]["start_url"] = f"{site.url}/next.html"
    page = start()
    press(page, "I'm done")
    answer(page, "6")
    page.wait_for_url("**/next.html")
    page.locator("usabtest-widget").get_by_role("button", name="Start task").wait_for()
    page.click("#back")
    page.wait_for_url("**/plain.html")
    press(page, "Start task")

    sink.wait_for("S", 2)
    assert sink.fields("S")[-1] == ["S", 1, "/plain.html"]


def test_time_is_up_also_after_a_reload(start: Join, sink: Sink) -> None:
    page = start(time_limit_s=2)
    page.reload()

    [up] = sink.wait_for("T")
    [began] = sink.events("S")
    assert 1990 <= up[1] - began[1] < 3000
    expect(page.locator("usabtest-widget").get_by_role("radio", name="7", exact=True)).to_be_visible()


def test_who_leaves_with_delete_leaves_nothing(start: Join, sink: Sink) -> None:
    page = start()
    sink.wait_for("S")
    sink.script["batches"] = 503
    page.click("#dead")
    press(page, "Leave the test")
    widget = page.locator("usabtest-widget")
    widget.get_by_role("button", name=re.compile("[Dd]elete")).click()
    page.wait_for_function(f"() => !{STORED}.some(key => localStorage[key].includes('#dead'))")
    expect(widget.get_by_text("What was recorded is being deleted")).to_be_visible()
    sink.script.clear()

    [left] = sink.wait_for("L")
    assert left[4:] == [0]
    assert sink.events("c") == []
    page.wait_for_url("**/home.html/withdrawn")
    page.wait_for_function(f"() => {STORED}.length === 0")


def test_an_answer_that_was_lost_is_no_reason_to_stay(start: Join, sink: Sink) -> None:
    page = start()
    sink.wait_for("S")
    # It has been deleted, and only the answer that said so never came.
    sink.script["batches"] = 410
    press(page, "Leave the test")
    press(page, "Delete what was recorded")

    page.wait_for_url("**/home.html/withdrawn")
    page.wait_for_function(f"() => {STORED}.length === 0")


def test_who_leaves_and_keeps_loses_nothing(start: Join, sink: Sink) -> None:
    page = start()
    page.click("#dead")
    press(page, "Leave the test")
    page.locator("usabtest-widget").get_by_role("button", name=re.compile("[Kk]eep")).click()
    page.wait_for_url("**/home.html/left")

    assert sink.wait_for("L")[0][4:] == [1]
    assert len(sink.events("c")) == 1
    page.wait_for_function(f"() => {STORED}.length === 0")


def test_a_used_code_without_a_session_rests(context: BrowserContext, sink: Sink, site: Site) -> None:
    sink.script["exchange"] = 401
    page = context.new_page()
    page.goto(f"{site.url}/plain.html#usabtest=CODE")
    page.wait_for_url("**/plain.html")

    assert page.url == f"{site.url}/plain.html"
    assert page.locator("usabtest-widget").count() == 0


def test_the_check_button_is_answered_and_nothing_kept(context: BrowserContext, sink: Sink, site: Site) -> None:
    page = context.new_page()
    page.goto(f"{site.url}/plain.html#usabtest=check.SEE")
    sink.wait(lambda sink: sink.requests)

    [(name, message)] = sink.requests
    assert (name, message["code"], message["widget"]) == ("check", "SEE", True)
    page.wait_for_url(f"{site.url}/plain.html")
    assert page.evaluate(STORED) == []
    page.locator("usabtest-widget").wait_for(state="attached")


def test_to_a_site_of_another_domain_the_start_page_leads(start: Join, sink: Sink, site: Site) -> None:
    other = site.url.replace("127.0.0.1", "localhost")
    sink.definition["sites"].append(other)
    sink.definition["tasks"][1]["start_url"] = f"{other}/next.html"
    page = start()
    press(page, "I'm done")
    answer(page, "6")

    page.wait_for_url("**/home.html")
