"""axe finds nothing in any state."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import at_each_width, faults_of
from tests.browser.widget.conftest import Show
from tests.browser.widget.study import PARTS, SCENARIO, WHICH, WHY, answered, ended, make_task, running

OWN = {"definition": {"tasks": [make_task(questions=[WHICH, PARTS, WHY])]}}
STATES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "before": ({"facts": ended(1)}, []),
    "running": ({"facts": running()}, []),
    "long": ({"definition": {"tasks": [make_task(scenario=SCENARIO * 8)]}, "facts": running()}, []),
    "folded": ({"facts": ended(1)}, ["Hide task"]),
    "gave up": ({"facts": ended(1, how="gave_up", unanswered=True)}, []),
    "sus": ({"facts": answered(2)}, []),
    "nps": ({"facts": answered(10)}, []),
    "choice": ({**OWN, "facts": ended(1, unanswered=True)}, []),
    "fault": ({**OWN, "facts": ended(1, unanswered=True)}, ["Continue", "Continue"]),
    "offline": ({"facts": ended(1), "connection": "offline"}, []),
    "stopped": ({"facts": ended(1), "connection": "stopped", "storage": False}, []),
    "report": ({"facts": ended(1)}, ["Report a problem", "Send report"]),
    "leave": ({"facts": ended(1)}, ["Leave the test"]),
    "finish": ({"facts": answered(11)}, []),
    "check": ({"phase": "check"}, []),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page: Page, show: Show, state: str) -> None:
    given, presses = STATES[state]
    widget = show(height=640, **given)
    for name in presses:
        widget.get_by_role("button", name=name).click()
    expect(widget).to_be_visible()

    for width_px in at_each_width(page):
        assert faults_of(page, "usabtest-widget") == [], width_px


@pytest.mark.parametrize("state", ["before", "running", "sus", "nps", "choice", "report", "leave", "folded"])
def test_targets_are_large_enough(show: Show, state: str) -> None:
    given, presses = STATES[state]
    widget = show(**given)
    for name in presses[:1]:
        widget.get_by_role("button", name=name).click()

    controls = widget.locator("button:visible, .scale input, .choice label:visible").all()
    assert controls
    for control in controls:
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44, control
