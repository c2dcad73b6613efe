"""What a participant does on a page, a line each: a verb, and what it needs."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Frame, Page

Act = Callable[[Page, str], None]

POLLING_MS = 50


def act(page: Page, line: str) -> None:
    """`click #buy` · `type #name Ada Lovelace` · `press Enter` · `run JAVASCRIPT` · `until JAVASCRIPT` …"""
    verb, _, rest = line.partition(" ")
    _ACTS[verb](page, rest)


def _in_frame(page: Page, rest: str) -> None:
    """`frame NAME VERB …`: the same in a frame, by its name."""
    name, verb, selector = rest.split(" ", 2)
    frame = page.frame(name)
    if frame is None:
        raise AssertionError(f"no frame {name}")
    _FRAME_ACTS[verb](frame, selector)


def _type(page: Page, rest: str) -> None:
    selector, text = rest.split(" ", 1)
    page.locator(selector).press_sequentially(text)


def _drag(page: Page, rest: str) -> None:
    source, target = rest.split(" ")
    page.drag_and_drop(source, target)


def _in_popup(page: Page, rest: str) -> None:
    """`popup OPENER; SELECTOR`: click what opens a window, click there, and close it."""
    opener, selector = rest.split("; ")
    with page.context.expect_page() as opened:
        page.click(opener)
    window = opened.value
    window.locator("usabtest-widget").wait_for(state="attached")
    window.click(selector)
    window.goto("about:blank")


def _at(page: Page, rest: str) -> None:
    """`at #map` presses at its place, whatever lies there."""
    box = page.locator(rest).bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def _go(page: Page, rest: str) -> None:
    """By a link or the address bar: to a page with the tag."""
    page.wait_for_function("place => location.pathname + location.search === place", arg=rest, polling=POLLING_MS)
    page.locator("usabtest-widget").wait_for(state="attached")


_FRAME_ACTS: dict[str, Callable[[Frame, str], object]] = {
    "click": lambda frame, selector: frame.click(selector),
    "type": lambda frame, rest: frame.locator(rest.split(" ", 1)[0]).press_sequentially(rest.split(" ", 1)[1]),
    "run": lambda frame, script: frame.evaluate(script),
}

_ACTS: dict[str, Act] = {
    "click": lambda page, selector: page.click(selector),
    "force": lambda page, selector: page.click(selector, force=True),
    "at": _at,
    "middle": lambda page, selector: page.click(selector, button="middle"),
    "right": lambda page, selector: page.click(selector, button="right"),
    "double": lambda page, selector: page.dblclick(selector),
    "tap": lambda page, selector: page.tap(selector),
    "type": _type,
    "press": lambda page, key: page.keyboard.press(key),
    "focus": lambda page, selector: page.focus(selector),
    "drag": _drag,
    "popup": _in_popup,
    "frame": _in_frame,
    "on": _go,
    "back": lambda page, _: page.go_back(wait_until="commit") and None,
    "forward": lambda page, _: page.go_forward(wait_until="commit") and None,
    "reload": lambda page, _: page.reload() and None,
    "resize": lambda page, rest: page.set_viewport_size(
        {"width": int(rest.split(" ")[0]), "height": int(rest.split(" ")[1])}
    ),
    "run": lambda page, script: page.evaluate(script),
    "until": lambda page, script: page.wait_for_function(script, polling=POLLING_MS) and None,
}
