"""A site to play on, and how a participant does well, badly or not at all there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.browser.flows.participant import Participant
from tests.browser.flows.witness import identity

Play = Callable[[Participant], None]

SHORT_S = 4
IDLE_MIN = 0.35


@dataclass(frozen=True)
class Place:
    """What one task on a site needs.

    `solve` reaches the task's success, `wander` looks around without, `err` fails in a form first, and `break_` meets
    one script error and one failing request at least; `reset` takes back what participants left behind.
    """

    url: str
    task: Mapping[str, object]
    solve: Play
    wander: Play
    err: Play
    break_: Play
    settings: Mapping[str, object] = field(default_factory=dict)
    identify: Callable[[str], str] = identity
    reset: Callable[[], None] = lambda: None

    def study(self, **changes: object) -> dict[str, object]:
        """The site's task, then a short look around with a limit."""
        look = {
            "key": "look",
            "title": "Look around",
            "scenario": "Is there anything else of interest?",
            "success": [{"self_report": True}],
            "time_limit_s": SHORT_S,
        }
        return {
            "title": "Six participants",
            "sites": [self.url],
            "idle_limit_min": IDLE_MIN,
            "tasks": [{"key": "main", **self.task}, look],
            "after": ["sus", "nps"],
            **self.settings,
            **changes,
        }
