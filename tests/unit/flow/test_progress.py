"""Facts add up, and a place follows from them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.events.make import make_click, make_event, ms
from usabtest.events.types import Answered, CriterionMet, Done, Event, Finished, GaveUp, Left, TaskStarted, TimeUp
from usabtest.flow.progress import (
    Ended,
    Facts,
    Phase,
    Plan,
    PlannedTask,
    Position,
    facts_of,
    from_json,
    merge,
    position,
    to_json,
)
from usabtest.participation.verdict import How

GOLDEN = json.loads((Path(__file__).parents[2] / "wire" / "progress.json").read_text())
PLAN = Plan(
    tasks=(PlannedTask(auto=False, answers=("answer:success:0",), questions=("seq",)), PlannedTask(True, (), ("seq",))),
    after=("sus_1",),
)


def about(case: dict[str, Any]) -> str:
    return str(case["about"])


@pytest.mark.parametrize("case", GOLDEN["positions"], ids=about)
def test_the_golden_positions(case: dict[str, Any]) -> None:
    found = position(Plan.of(case["definition"]), from_json(case["facts"]))

    expected = case["position"]
    assert found == Position(
        Phase(expected["phase"]), expected["number"], tuple(expected["questions"]), expected["index"]
    )


@pytest.mark.parametrize("case", GOLDEN["merges"], ids=about)
def test_the_golden_merges(case: dict[str, Any]) -> None:
    assert to_json(merge(from_json(case["theirs"]), from_json(case["own"]))) == case["merged"]


def test_every_phase_has_a_golden_position() -> None:
    assert {case["position"]["phase"] for case in GOLDEN["positions"]} == set(Phase)


def test_it_reads_a_whole_session() -> None:
    events = [
        make_event(0, TaskStarted()),
        make_event(1, make_click()),
        make_event(40, Done()),
        make_event(45, Answered("answer:success:0", "9.99")),
        make_event(46, Answered("seq", 6)),
        make_event(50, TaskStarted(), attempt=1),
        make_event(60, CriterionMet("failure", 2), attempt=1),
        make_event(61, Answered("seq", None), attempt=1),
        make_event(62, Answered("sus_1", 5), attempt=None),
        make_event(63, Finished(), attempt=None),
    ]

    facts = facts_of(events, PLAN, status="live")

    assert to_json(facts) == {
        "attempts": {
            "0": {"started": ms(0), "met": None, "ended": {"how": "done", "at": ms(40)}},
            "1": {
                "started": ms(50),
                "met": {"side": "failure", "index": 2, "at": ms(60)},
                "ended": {"how": "auto", "at": ms(60)},
            },
        },
        "answers": {"0/answer:success:0": "9.99", "0/seq": 6, "1/seq": None, "/sus_1": 5},
        "left": None,
        "finished": ms(63),
        "status": "live",
    }
    assert position(PLAN, facts) == Position(Phase.OVER)


def test_in_a_task_that_the_participant_finishes_a_met_criterion_ends_nothing() -> None:
    facts = facts_of([make_event(0, TaskStarted()), make_event(9, CriterionMet("success", 0))], PLAN)

    assert facts.attempts[0].ended is None


def test_the_earliest_end_stays() -> None:
    facts = facts_of([make_event(0, TaskStarted()), make_event(9, GaveUp()), make_event(8, TimeUp())], PLAN)

    assert facts.attempts[0].ended == Ended(How.TIMED_OUT, ms(8))


def test_leaving_ends_what_runs_and_nothing_that_has_ended() -> None:
    events = [
        make_event(0, TaskStarted()),
        make_event(10, Done()),
        make_event(20, TaskStarted(), attempt=1),
        make_event(30, Left(1), attempt=1),
    ]

    facts = facts_of(events, PLAN)

    assert facts.attempts[0].ended == Ended(How.DONE, ms(10))
    assert facts.attempts[1].ended == Ended(How.LEFT, ms(30))
    assert facts.left_ms == ms(30)


def test_an_end_that_the_server_set_gives_way_to_an_earlier_press() -> None:
    started = make_event(0, TaskStarted())
    limit = {0: Ended(How.TIMED_OUT, ms(300))}

    assert facts_of([started], PLAN, ends=limit).attempts[0].ended == limit[0]
    assert facts_of([started, make_event(9, Done())], PLAN, ends=limit).attempts[0].ended == Ended(How.DONE, ms(9))


def test_a_task_that_a_moderator_skipped_ended_without_a_start() -> None:
    facts = facts_of([], PLAN, ends={0: Ended(How.SKIPPED, ms(5))})

    assert position(PLAN, facts) == Position(Phase.BEFORE, 1)


def test_steps_of_a_task_that_is_not_planned_are_nothing() -> None:
    assert facts_of([make_event(0, TaskStarted(), attempt=2), make_event(0, Done(), attempt=None)], PLAN) == Facts()


ANSWERS = (Answered("seq", 1), Answered("seq", None))
STEPS = st.sampled_from(
    [TaskStarted(), Done(), GaveUp(), TimeUp(), CriterionMet("success", 0), *ANSWERS, Left(1), Finished()]
)
EVENTS = st.lists(
    st.builds(
        lambda at_s, payload, attempt: make_event(at_s, payload, attempt=attempt),
        st.integers(0, 30),
        STEPS,
        st.sampled_from([0, 0, 1, 2, None]),
    ),
    max_size=12,
    unique_by=lambda event: event.at_ms,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_in_which_events_arrive_changes_nothing(events: list[Event], chance: Any) -> None:
    shuffled = [*events, *events[:3]]
    chance.shuffle(shuffled)

    assert to_json(facts_of(shuffled, PLAN)) == to_json(facts_of(events, PLAN))


@given(EVENTS, st.integers(0, 12))
def test_what_the_browser_adds_to_the_servers_facts_gives_the_facts_of_both(events: list[Event], cut: int) -> None:
    ordered = sorted(events, key=lambda event: event.at_ms)
    theirs, own = facts_of(ordered[:cut], PLAN), facts_of(ordered[cut:], PLAN)
    both, known = facts_of(ordered, PLAN), merge(theirs, own)

    assert (known.answers, known.left_ms, known.finished_ms) == (both.answers, both.left_ms, both.finished_ms)
    assert position(PLAN, known) == position(PLAN, both)


@given(EVENTS)
def test_merging_twice_is_merging_once_and_json_keeps_everything(events: list[Event]) -> None:
    facts = facts_of(events, PLAN, status="live")

    assert merge(facts, facts) == facts
    assert from_json(json.loads(json.dumps(to_json(facts)))) == facts


def test_many_steps_come_to_an_end() -> None:
    """Adding each to a copy of all before it would keep this test for minutes, and the database would wait for it."""
    plan = Plan(tasks=(), after=("nps",))
    events = [Event(ordinal, "s0000001", ordinal, None, "", Answered(f"q{ordinal}", 1)) for ordinal in range(50_000)]

    assert len(facts_of(events, plan).answers) == 50_000
