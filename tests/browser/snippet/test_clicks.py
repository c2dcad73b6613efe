"""Which clicks count, and how the others are told apart."""

from __future__ import annotations

import pytest

from tests.browser.snippet.servers import Sink, Site
from tests.browser.snippet.study import Join

COUNTS, FIRST_CLICK, SEARCH, CLICKABLE, BY_SCRIPT, BY_LABEL, LEFT_OUT = 1, 2, 4, 8, 16, 32, 64


def clicked(sink: Sink, count: int) -> list[tuple[str, int]]:
    """Selector and flags of the clicks so far."""
    sink.wait(lambda sink: len(sink.events("c", "k")) >= count)
    return [(event[3], event[-1]) for event in sink.fields("c", "k")]


def test_it_works(start: Join, sink: Sink) -> None:
    page = start("/plain.html")
    box = page.locator("#dead").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    sink.wait_for("c")

    [[_, attempt, _, selector, x, y, left, top, button, pointer, flags]] = sink.fields("c")
    assert (attempt, selector, button, pointer, flags) == (0, "#dead", 0, "m", COUNTS + CLICKABLE)
    assert abs(x - 250) < 25
    assert abs(y - 500) < 40
    assert abs(left - (box["x"] + box["width"] / 4)) <= 1
    assert abs(top - (box["y"] + box["height"] / 2)) <= 1


@pytest.mark.parametrize(
    ("label", "target", "control"),
    [("#label", "#label", "#box"), ("#around", "#around", "#inside"), ("#words", "#words", "#small")],
)
def test_a_click_that_a_label_forwards_counts_once(
    start: Join, sink: Sink, label: str, target: str, control: str
) -> None:
    page = start("/inputs.html")
    page.click(label, position={"x": 3, "y": 3})
    page.click("#send")

    assert clicked(sink, 3) == [
        (target, COUNTS + CLICKABLE),
        (control, CLICKABLE + BY_LABEL),
        ("#send", COUNTS + CLICKABLE),
    ]


def test_a_click_on_the_control_itself_counts(start: Join, sink: Sink) -> None:
    page = start("/inputs.html")
    page.click("#inside")
    page.click("#inside")

    assert clicked(sink, 2) == [("#inside", COUNTS + CLICKABLE)] * 2


def test_keys_are_told_apart(start: Join, sink: Sink) -> None:
    page = start("/inputs.html")
    page.focus("#send")
    page.keyboard.press("Enter")
    page.focus("#box")
    page.keyboard.press("Space")
    page.focus("#name")
    page.keyboard.press("Enter")
    sink.wait_for("k", 3)

    assert [(event[3], event[4]) for event in sink.fields("k")] == [
        ("#send", CLICKABLE),
        ("#box", CLICKABLE),
        ("#send", CLICKABLE),
    ]
    assert sink.events("c") == []


def test_other_buttons_are_kept_raw(start: Join, sink: Sink) -> None:
    page = start("/inputs.html")
    page.click("#by-script", button="middle")
    page.click("#by-script", button="right")

    clicked(sink, 2)
    assert [(event[8], event[-1]) for event in sink.fields("c")] == [(1, CLICKABLE), (2, CLICKABLE)]


def test_a_script_is_no_person(start: Join, sink: Sink) -> None:
    page = start("/inputs.html")
    page.evaluate("document.getElementById('by-script').click()")
    page.evaluate("document.getElementById('label').click()")

    assert clicked(sink, 3) == [
        ("#by-script", CLICKABLE + BY_SCRIPT),
        ("#label", CLICKABLE + BY_SCRIPT),
        ("#box", CLICKABLE + BY_SCRIPT + BY_LABEL),
    ]


def test_clicks_reach_us_where_the_page_stops_them(start: Join, sink: Sink) -> None:
    page = start("/inputs.html")
    page.click("#stops")

    assert clicked(sink, 1) == [("#stops", COUNTS + CLICKABLE)]


def test_open_shadow_roots_are_crossed(start: Join, sink: Sink) -> None:
    page = start("/inputs.html")
    page.click("#within")

    assert clicked(sink, 1) == [("#host >>> #within", COUNTS + CLICKABLE)]


def test_the_widget_is_not_the_page(start: Join, sink: Sink) -> None:
    page = start("/inputs.html")
    page.locator("usabtest-widget").get_by_role("button", name="I give up").click()
    sink.wait_for("G")

    assert sink.events("c", "k") == []


def test_before_the_start_a_click_belongs_to_no_attempt(join: Join, sink: Sink) -> None:
    page = join("/inputs.html")
    page.click("#by-script")

    sink.wait_for("c")
    assert sink.fields("c")[0][1] is None


def test_the_tasks_areas_are_flagged(start: Join, sink: Sink) -> None:
    page = start("/inputs.html", first_click=["#form", "[["], search=[{"click": "#name"}, {"url": "/nowhere"}])
    page.click("#name")
    page.keyboard.type("x")
    page.click("#stops")

    assert clicked(sink, 2) == [
        ("#name", COUNTS + FIRST_CLICK + SEARCH + CLICKABLE),
        ("#stops", COUNTS + CLICKABLE),
    ]
    assert [event[3:] for event in sink.fields("i")] == [["#name", FIRST_CLICK + SEARCH]]
    [refused] = sink.fields("b")
    assert refused[3:5] == ["first_click", 1]


def test_touch(start: Join, sink: Sink) -> None:
    page = start("/inputs.html")
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    box = page.locator("#by-script").bounding_box()
    assert box
    point = {"x": box["x"] + 5, "y": box["y"] + 5}
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    assert clicked(sink, 1) == [("#by-script", COUNTS + CLICKABLE)]
    assert sink.fields("c")[0][9] == "t"


@pytest.mark.parametrize(
    ("selector", "path", "what"),
    [
        ("#alive", "/plain.html", "mutation"),
        ("#next", "/plain.html", "navigation"),
        ("#section", "/plain.html", "navigation"),
        ("#name", "/plain.html", "focus"),
        ("#more", "/inputs.html", "mutation"),
        ("#inside", "/inputs.html", "mutation"),
    ],
)
def test_a_reaction_is_written_down(start: Join, sink: Sink, selector: str, path: str, what: str) -> None:
    page = start(path)
    page.click(selector)

    sink.wait_for("g")
    [[*_, ordinal, ms, how]] = sink.fields("g")
    assert how == what
    assert 0 <= ms < 500
    assert ordinal >= 0


def test_none_too(start: Join, sink: Sink) -> None:
    page = start("/plain.html")
    page.click("#dead")

    sink.wait_for("g")
    assert sink.fields("g")[0][4:] == [None, ""]


def test_text_is_recorded_only_where_the_study_says_so(start: Join, sink: Sink, site: Site) -> None:
    sink.definition["text"] = True
    page = start("/plain.html")
    page.fill("#name", "canary")
    page.click("#dead")
    page.click("#name")
    page.evaluate("dead.setAttribute('data-usabtest-mask', '')")
    page.click("#dead")
    sink.wait_for("c", 3)

    assert [event[11:] for event in sink.fields("c")] == [["Dead"], [""], [""]]
    assert b"canary" not in b"".join(sink.bodies)


def test_what_is_to_be_ignored_is_no_dead_click(start: Join, sink: Sink) -> None:
    page = start("/plain.html")
    page.evaluate("dead.setAttribute('data-usabtest-ignore', '')")
    page.click("#dead")

    assert clicked(sink, 1) == [("#dead", COUNTS + CLICKABLE + LEFT_OUT)]
