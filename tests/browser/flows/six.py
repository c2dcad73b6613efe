"""The six scripted participants, and the comparison of what they did with what usabtest says that they did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser

from tests.browser.flows.participant import Participant
from tests.browser.flows.place import SHORT_S, Place
from tests.browser.flows.server import Usabtest, wait_for
from tests.browser.flows.witness import Tally, Witness, identity

TIMEOUT_MS = 15_000
TOLERANCE_S = 0.15
COUNTED = ("clicks", "page_views", "javascript", "network", "form")

SUS = (
    (4, 2, 5, 1, 4, 2, 4, 2, 5, 1),
    (3, 3, 3, 3, 3, 3, 3, 3, 3, 3),
    (1, 5, 2, 4, 1, 5, 2, 4, 1, 5),
    (5, 1, 5, 1, 5, 1, 5, 1, 5, 2),
    (4, 4, 4, 2, 3, 3, 4, 2, 3, 1),
)


@dataclass
class Played:
    """What the witnesses saw: for each participant the outcomes and tallies of their attempts, and the SUS scores."""

    attempts: list[tuple[str, str, Tally]] = field(default_factory=list)
    sus: list[float] = field(default_factory=list)

    def of(self, task: str) -> list[tuple[str, Tally]]:
        return [(outcome, tally) for key, outcome, tally in self.attempts if key == task]


def play(browser: Browser, usabtest: Usabtest, key: str, place: Place) -> Played:
    """Let the six play, one after the other; the one who vanishes first, so that the others are the waiting."""
    played = Played()
    for act, outcomes in (
        (_vanishes, ("abandoned",)),
        (_finishes, ("success", "success")),
        (_gives_up, ("gave_up", "success")),
        (_times_out, ("success", "timed_out")),
        (_errs, ("success", "success")),
        (_meets_faults, ("failure", "success")),
    ):
        _let_play(browser, usabtest, key, place, played, act, outcomes)
    return played


def somebody(
    browser: Browser, usabtest: Usabtest, key: str, *, identify: Callable[[str], str] = identity, **profile: Any
) -> Participant:
    """A participant with a browser profile of their own, and a witness behind them."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **profile})
    context.set_default_timeout(TIMEOUT_MS)
    return Participant(context, Witness(context, usabtest.url, identify), usabtest.link(key))


def _let_play(
    browser: Browser,
    usabtest: Usabtest,
    key: str,
    place: Place,
    played: Played,
    act: Callable[[Participant, Place], None],
    outcomes: tuple[str, ...],
) -> None:
    place.reset()
    participant = somebody(browser, usabtest, key, identify=place.identify)
    participant.begin()
    participant.press("Start task")
    act(participant, place)
    if len(outcomes) > 1:
        participant.rate(SUS[len(played.sus)])
        participant.choose(len(played.sus) + 5)  # would recommend
        participant.finish()
        assert participant.sus is not None
        played.sus.append(participant.sus)
    participant.context.close()
    tallies = participant.witness.tallies
    assert len(tallies) == len(outcomes)
    played.attempts += zip(("main", "look"), outcomes, tallies, strict=False)


def _finishes(participant: Participant, place: Place) -> None:
    place.solve(participant)
    participant.done()
    _look(participant)


def _gives_up(participant: Participant, place: Place) -> None:
    place.wander(participant)
    participant.give_up()
    _look(participant)


def _times_out(participant: Participant, place: Place) -> None:
    place.solve(participant)
    participant.done()
    participant.press("Start task")
    participant.time_out(SHORT_S)


def _vanishes(participant: Participant, place: Place) -> None:
    place.wander(participant)
    participant.vanish()


def _errs(participant: Participant, place: Place) -> None:
    place.err(participant)
    participant.done()
    _look(participant)


def _meets_faults(participant: Participant, place: Place) -> None:
    place.break_(participant)
    participant.done()
    _look(participant)


def _look(participant: Participant) -> None:
    participant.press("Start task")
    participant.done(ease=7)


def assert_report_agrees(usabtest: Usabtest, key: str, played: Played) -> None:
    """Compare figure by figure; first wait until the vanished one has been silent for long enough."""
    report = wait_for(lambda: _settled(usabtest, key), "a report with nobody in progress")

    people = report["participants"]
    assert (people["started"], people["completed"], people["abandoned"]) == (6, 5, 1)
    assert report["completeness"]["events_missing"] == 0
    assert report["completeness"]["dropped_in_browser"] == 0
    assert report["completeness"]["sessions_with_gaps"] == 0
    assert report["sus"]["scores"] == sorted(played.sus)
    for task in report["tasks"]:
        _assert_task(task, played.of(task["key"]))
    _assert_attempts(usabtest.items(key, "attempts"), played)


def _settled(usabtest: Usabtest, key: str) -> dict[str, Any] | None:
    people = {item["status"] for item in usabtest.items(key, "participants")}
    return usabtest.report(key) if people <= {"completed", "abandoned"} else None


def _assert_task(task: dict[str, Any], seen: list[tuple[str, Tally]]) -> None:
    tallies = [tally for _, tally in seen]
    outcomes = {outcome: count for outcome, count in task["outcomes"].items() if count}
    kinds = task["errors"]["by_kind"]
    figures = {
        "clicks": task["clicks"]["total"],
        "page_views": task["page_views"]["total"],
        **{kind: kinds[kind] for kind in COUNTED[2:]},
    }
    assert outcomes == {outcome: sum(outcome == other for other, _ in seen) for outcome, _ in seen}, task["key"]
    assert figures == {what: sum(getattr(tally, what) for tally in tallies) for what in COUNTED}, task["key"]


def _assert_attempts(items: list[dict[str, Any]], played: Played) -> None:
    """Each attempt, found by the moment at which it began."""
    recorded = sorted(items, key=lambda item: str(item["started_at"]))
    witnessed = sorted(played.attempts, key=lambda attempt: attempt[2].started_ms)
    assert len(recorded) == len(witnessed)
    for item, (task, outcome, tally) in zip(recorded, witnessed, strict=True):
        assert item["task"] == task
        assert_attempt(item, outcome, tally)


def assert_attempt(item: dict[str, Any], outcome: str, tally: Tally) -> None:
    """Compare an attempt as the API tells it with what the witness saw."""
    assert tally.ended_ms is not None
    told = {
        "outcome": item["outcome"],
        "clicks": item["clicks"],
        "page_views": item["page_views"],
        **{kind: item["errors"][kind] for kind in COUNTED[2:]},
    }
    saw = {"outcome": outcome, **{what: getattr(tally, what) for what in COUNTED}}
    assert told == saw
    assert abs(item["time_on_task"] - (tally.ended_ms - tally.started_ms) / 1000) <= TOLERANCE_S, saw
