"""The life of an attempt, sentence by sentence."""
# ruff: noqa: E501 (a case of a table is one line)

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.events.make import T0_MS, make_click, make_event, ms
from usabtest.events.types import (
    Answered,
    AnswerValue,
    ClockJump,
    CriterionMet,
    Done,
    Event,
    Finished,
    GaveUp,
    Left,
    Payload,
    ProblemReported,
    TaskStarted,
    TimeUp,
)
from usabtest.metrics.success import Outcome
from usabtest.participation.verdict import (
    EndFlag,
    Ending,
    How,
    answer_accepted,
    answers_of,
    decide,
    effective_outcome,
    started_at,
)
from usabtest.studyfile.types import Criterion, CriterionKind, Finish, TaskSpec

URL = Criterion(CriterionKind.URL, pattern="/thanks")
PRICE = Criterion(CriterionKind.ANSWER, question="What does it cost?", accept=("9.99", "£9.99"))
SELF_REPORT = Criterion(CriterionKind.SELF_REPORT)

START, DONE, GAVE_UP = TaskStarted(), Done(), GaveUp()
SUCCESS, FAILURE = CriterionMet("success", 0), CriterionMet("failure", 0)
LEFT, TIME_UP, CLICK = Left(1), TimeUp(), make_click()


def make_task(
    success: tuple[Criterion, ...] = (URL,),
    failure: tuple[Criterion, ...] = (URL,),
    time_limit_s: float | None = 300,
    finish: Finish = Finish.PARTICIPANT,
) -> TaskSpec:
    return TaskSpec(
        key="task",
        title="Task",
        scenario="…",
        success=success,
        failure=failure,
        time_limit_s=time_limit_s,
        finish=finish,
    )


def ended(
    *happened: tuple[float, Payload],
    task: TaskSpec | None = None,
    now_s: float = 100,
    idle_limit_s: float = 1800,
    answers: dict[str, AnswerValue] | None = None,
) -> Ending | None:
    return decide(
        task or make_task(),
        number=0,
        idle_limit_ms=idle_limit_s * 1000,
        events=[make_event(at_s, payload) for at_s, payload in happened],
        answers=answers or {},
        now_ms=ms(now_s),
    )


def summary(ending: Ending | None) -> tuple[str, str, str | None, str | None, float, float]:
    """How, outcome, rule, said, end and time on task, in seconds."""
    assert ending is not None
    return (
        ending.how,
        ending.outcome,
        ending.rule,
        ending.said,
        (ending.ended_ms - T0_MS) / 1000,
        ending.time_on_task_ms / 1000,
    )


LIFE = [
    # --- the end is the earliest of: a press …
    ("I'm done without success fails", [(0, START), (40, DONE)], ("done", "failure", None, "done", 40, 40)),
    ("I give up", [(0, START), (40, GAVE_UP)], ("gave_up", "gave_up", None, "gave_up", 40, 40)),
    ("the first press counts", [(0, START), (40, GAVE_UP), (41, DONE)], ("gave_up", "gave_up", None, "gave_up", 40, 40)),
    ("with two tabs the first start wins", [(0, START), (5, START), (40, DONE)], ("done", "failure", None, "done", 40, 40)),
    # --- … the limit …
    ("the limit", [(0, START), (300, TIME_UP)], ("timed_out", "timed_out", None, None, 300, 300)),
    ("the limit is the task's, not the timer's", [(0, START), (301, TIME_UP)], ("timed_out", "timed_out", None, None, 300, 300)),
    ("a timer that fires early tells of the limit", [(0, START), (299.9, TIME_UP)], ("timed_out", "timed_out", None, None, 300, 300)),
    ("a press after the limit is none", [(0, START), (310, DONE)], ("timed_out", "timed_out", None, None, 300, 300)),
    ("a press at the limit is one", [(0, START), (300, DONE)], ("done", "failure", None, "done", 300, 300)),
    # --- … Leave the test …
    ("leaving", [(0, START), (40, LEFT)], ("left", "abandoned", None, None, 40, 40)),
    ("leaving at once", [(0, START), (0, LEFT)], ("left", "abandoned", None, None, 0, 0)),
    ("leaving before the start is of another attempt", [(-1, LEFT), (0, START), (40, DONE)], ("done", "failure", None, "done", 40, 40)),
    ("what was pressed before leaving stands", [(0, START), (30, DONE), (40, LEFT)], ("done", "failure", None, "done", 30, 30)),
    # --- the deciding criterion
    ("success, then I'm done", [(0, START), (30, SUCCESS), (40, DONE)], ("done", "success", "success", "done", 40, 40)),
    ("success, then I give up", [(0, START), (30, SUCCESS), (40, GAVE_UP)], ("gave_up", "success", "success", "gave_up", 40, 40)),
    ("success and no press: reached", [(0, START), (30, SUCCESS), (300, TIME_UP)], ("timed_out", "success", "success", None, 300, 30)),
    ("success and left: reached", [(0, START), (30, SUCCESS), (40, LEFT)], ("left", "success", "success", None, 40, 30)),
    ("failure and no press: the whole time", [(0, START), (30, FAILURE), (300, TIME_UP)], ("timed_out", "failure", "failure", None, 300, 300)),
    ("the first one met decides", [(0, START), (30, SUCCESS), (31, FAILURE), (40, DONE)], ("done", "success", "success", "done", 40, 40)),
    ("failure met first", [(0, START), (30, FAILURE), (31, SUCCESS), (40, DONE)], ("done", "failure", "failure", "done", 40, 40)),
    ("the site's own call counts, listed or not", [(0, START), (30, CriterionMet("success", None)), (40, DONE)], ("done", "success", "success", "done", 40, 40)),
    ("a criterion that the task has not is none", [(0, START), (30, CriterionMet("success", 1)), (40, DONE)], ("done", "failure", None, "done", 40, 40)),
    ("what is met after the end decides nothing", [(0, START), (40, DONE), (41, SUCCESS)], ("done", "failure", None, "done", 40, 40)),
    ("what is met at the end decides", [(0, START), (40, DONE), (40, SUCCESS)], ("done", "success", "success", "done", 40, 40)),
    ("what is met after the limit decides nothing", [(0, START), (310, SUCCESS)], ("timed_out", "timed_out", None, None, 300, 300)),
]  # fmt: skip


@pytest.mark.parametrize(("happened", "expected"), [case[1:] for case in LIFE], ids=[case[0] for case in LIFE])
def test_the_life_of_an_attempt(
    happened: list[tuple[float, Payload]], expected: tuple[str, str, str | None, str | None, float, float]
) -> None:
    assert summary(ended(*happened)) == expected


AUTO = [
    ("success ends it", [(0, START), (30, SUCCESS)], ("auto", "success", "success", None, 30, 30)),
    ("failure ends it", [(0, START), (30, FAILURE)], ("auto", "failure", "failure", None, 30, 30)),
    ("the site's own call ends it", [(0, START), (30, CriterionMet("failure", None))], ("auto", "failure", "failure", None, 30, 30)),
    ("a press ends it in either mode", [(0, START), (20, DONE), (30, SUCCESS)], ("done", "failure", None, "done", 20, 20)),
    ("giving up ends it in either mode", [(0, START), (20, GAVE_UP)], ("gave_up", "gave_up", None, "gave_up", 20, 20)),
    ("a press after the criterion is none", [(0, START), (30, SUCCESS), (31, DONE)], ("auto", "success", "success", None, 30, 30)),
    ("the limit", [(0, START), (300, TIME_UP), (310, SUCCESS)], ("timed_out", "timed_out", None, None, 300, 300)),
]  # fmt: skip


@pytest.mark.parametrize(("happened", "expected"), [case[1:] for case in AUTO], ids=[case[0] for case in AUTO])
def test_a_task_that_finishes_by_itself(
    happened: list[tuple[float, Payload]], expected: tuple[str, str, str | None, str | None, float, float]
) -> None:
    assert summary(ended(*happened, task=make_task(finish=Finish.AUTO))) == expected


def test_with_finish_participant_a_met_criterion_ends_nothing() -> None:
    assert ended((0, START), (30, SUCCESS)) is None


def test_an_attempt_that_was_not_started_has_no_start_and_no_end() -> None:
    events = [make_event(0, DONE), make_event(1, START, attempt=1)]

    assert started_at(events, 0) is None
    assert decide(make_task(), number=0, idle_limit_ms=1, events=events, answers={}, now_ms=ms(10**6)) is None


def test_a_running_attempt_has_a_start_and_no_end() -> None:
    assert started_at([make_event(5, START), make_event(2, START)], 0) == ms(2)
    assert ended((0, START), (40, CLICK)) is None


def test_steps_of_another_attempt_are_not_this_ones() -> None:
    events = [make_event(0, START), make_event(30, SUCCESS, attempt=1), make_event(40, DONE, attempt=1)]

    assert decide(make_task(), number=0, idle_limit_ms=10**6, events=events, answers={}, now_ms=ms(50)) is None


def test_steps_count_in_whichever_tab_they_were_made() -> None:
    events = [make_event(0, START), make_event(30, SUCCESS, stream="bbbbbbbb"), make_event(40, DONE, stream="cccccccc")]

    ending = decide(make_task(), number=0, idle_limit_ms=10**6, events=events, answers={}, now_ms=ms(50))
    assert summary(ending) == ("done", "success", "success", "done", 40, 40)


# --- what the server's clock sets


def test_the_limit_passes_also_when_no_page_is_open() -> None:
    assert ended((0, START), now_s=299.9) is None

    ending = ended((0, START), now_s=300)
    assert summary(ending) == ("timed_out", "timed_out", None, None, 300, 300)
    assert ending is not None
    assert ending.flags == {EndFlag.PROVISIONAL}


@pytest.mark.parametrize("later", [(299.9, TIME_UP), (300, CLICK), (400, CLICK)])
def test_the_limit_is_not_provisional_once_the_browser_shows_it(later: tuple[float, Payload]) -> None:
    ending = ended((0, START), later, now_s=500)

    assert ending is not None
    assert (ending.how, ending.flags) == (How.TIMED_OUT, frozenset())


def test_a_done_from_before_the_limit_that_arrives_late_replaces_it() -> None:
    before = ended((0, START), now_s=400)
    after = ended((0, START), (290, DONE), now_s=400)

    assert before is not None
    assert before.how is How.TIMED_OUT
    assert summary(after) == ("done", "failure", None, "done", 290, 290)


def test_without_a_limit_there_is_none() -> None:
    assert ended((0, START), (10, TIME_UP), task=make_task(time_limit_s=None), now_s=1000) is None


# --- idle


def test_idle_ends_at_the_last_event() -> None:
    task = make_task(time_limit_s=None)

    assert ended((0, START), (50, CLICK), task=task, idle_limit_s=60, now_s=110) is None
    ending = ended((0, START), (50, CLICK), task=task, idle_limit_s=60, now_s=110.001)
    assert summary(ending) == ("abandoned", "abandoned", None, None, 50, 50)
    assert ending is not None
    assert ending.flags == {EndFlag.PROVISIONAL}


def test_idle_from_the_start_on_ends_at_the_start() -> None:
    ending = ended((0, START), task=make_task(time_limit_s=None), idle_limit_s=6, now_s=10)

    assert summary(ending) == ("abandoned", "abandoned", None, None, 0, 0)


def test_a_gap_between_events_ends_it_although_somebody_came_back() -> None:
    ending = ended((0, START), (50, CLICK), (120, CLICK), (130, DONE), idle_limit_s=60, now_s=131)

    assert summary(ending) == ("abandoned", "abandoned", None, None, 50, 50)
    assert ending is not None
    assert ending.flags == frozenset()


def test_an_event_that_arrives_late_closes_the_gap() -> None:
    ending = ended((0, START), (50, CLICK), (90, CLICK), (120, CLICK), (130, DONE), idle_limit_s=60, now_s=131)

    assert summary(ending) == ("done", "failure", None, "done", 130, 130)


def test_a_sign_of_life_counts_in_any_tab_and_under_any_attempt() -> None:
    events = [
        make_event(0, START),
        make_event(50, CLICK, stream="bbbbbbbb", attempt=None),
        make_event(100, ProblemReported("?"), attempt=3),
        make_event(150, DONE),
    ]

    ending = decide(make_task(), number=0, idle_limit_ms=60_000, events=events, answers={}, now_ms=ms(150))
    assert summary(ending) == ("done", "failure", None, "done", 150, 150)


def test_of_limit_and_idle_what_fires_first_decides() -> None:
    at_the_limit = ended((0, START), (90, CLICK), (180, CLICK), (250, CLICK), idle_limit_s=100, now_s=1000)
    idle_before = ended((0, START), (90, CLICK), (180, CLICK), idle_limit_s=100, now_s=1000)

    assert summary(at_the_limit) == ("timed_out", "timed_out", None, None, 300, 300)
    assert summary(idle_before) == ("abandoned", "abandoned", None, None, 180, 180)


def test_success_before_idle_is_success_at_the_moment_it_was_reached() -> None:
    ending = ended((0, START), (20, SUCCESS), (40, CLICK), idle_limit_s=60, now_s=200)

    assert summary(ending) == ("abandoned", "success", "success", None, 40, 20)
    assert ending is not None
    assert EndFlag.NO_PRESS in ending.flags
    assert ending.reached_ms == 20_000


def test_events_before_the_start_make_no_gap() -> None:
    assert ended((-500, CLICK), (0, START), (10, CLICK), idle_limit_s=60, now_s=20) is None


# --- time on task, flags


def test_time_after_success_and_a_press_runs_to_the_press_and_reached_stands_beside_it() -> None:
    ending = ended((0, START), (30, SUCCESS), (40, DONE))

    assert ending is not None
    assert (ending.time_on_task_ms, ending.reached_ms, ending.flags) == (40_000, 30_000, frozenset())
    assert (ending.met_side, ending.met_index, ending.met_ms) == ("success", 0, ms(30))


def test_failure_is_not_reached() -> None:
    ending = ended((0, START), (30, FAILURE), (40, DONE))

    assert ending is not None
    assert (ending.reached_ms, ending.met_side, ending.met_ms) == (None, "failure", ms(30))


def test_no_press_is_flagged_only_where_a_press_was_missing() -> None:
    unpressed = ended((0, START), (30, SUCCESS), (300, TIME_UP))
    automatic = ended((0, START), (30, SUCCESS), task=make_task(finish=Finish.AUTO))

    assert unpressed is not None
    assert automatic is not None
    assert (unpressed.flags, automatic.flags) == ({EndFlag.NO_PRESS}, frozenset())


@pytest.mark.parametrize(
    ("at_s", "jumped_ms", "flagged"),
    [(20, 1001, True), (20, -5000, True), (20, 1000, False), (-1, 5000, False), (41, 5000, False)],
)
def test_a_jump_of_more_than_a_second_between_start_and_end_is_flagged(
    at_s: float, jumped_ms: float, flagged: bool
) -> None:
    ending = ended((0, START), (at_s, ClockJump(jumped_ms)), (40, DONE))

    assert ending is not None
    assert (EndFlag.CLOCK_JUMP in ending.flags) is flagged


def test_a_press_at_the_moment_of_the_start_is_no_jump() -> None:
    ending = ended((0, START), (0, DONE))

    assert ending is not None
    assert (ending.time_on_task_ms, ending.flags) == (0, frozenset())


def test_a_press_dated_before_its_start_ends_the_attempt_at_the_start_and_is_flagged() -> None:
    ending = ended((0, START), (-3600, DONE))

    assert summary(ending) == ("done", "failure", None, "done", 0, 0)
    assert ending is not None
    assert ending.flags == {EndFlag.CLOCK_JUMP}


# --- self_report and answers


@pytest.mark.parametrize("success", [(), (SELF_REPORT,), (URL, SELF_REPORT)])
def test_self_report_makes_done_count(success: tuple[Criterion, ...]) -> None:
    ending = ended((0, START), (40, DONE), task=make_task(success=success))

    assert summary(ending) == ("done", "success", "success", "done", 40, 40)
    assert ending is not None
    assert ending.reached_ms == 40_000


def test_self_report_does_not_undo_a_failure_that_was_met() -> None:
    ending = ended((0, START), (30, FAILURE), (40, DONE), task=make_task(success=()))

    assert summary(ending) == ("done", "failure", "failure", "done", 40, 40)


def test_self_report_does_not_make_giving_up_a_success() -> None:
    ending = ended((0, START), (40, GAVE_UP), task=make_task(success=()))

    assert summary(ending) == ("gave_up", "gave_up", None, "gave_up", 40, 40)


ASKED = make_task(success=(PRICE,))


@pytest.mark.parametrize("value", ["9.99", " £9.99\n", "£9.99"])
def test_a_right_answer_is_success_at_the_moment_of_done(value: str) -> None:
    happened = [(0, START), (40, DONE), (50, Answered("answer:success:0", value))]
    ending = ended(*happened, task=ASKED, answers={"answer:success:0": value})

    assert summary(ending) == ("done", "success", "success", "done", 40, 40)
    assert ending is not None
    assert (ending.met_index, ending.met_ms, ending.reached_ms, ending.flags) == (0, ms(40), 40_000, frozenset())


@pytest.mark.parametrize("value", ["9.98", "", None, ["9.99"]])
def test_a_wrong_answer_and_none_are_failure(value: AnswerValue) -> None:
    ending = ended((0, START), (40, DONE), task=ASKED, answers={"answer:success:0": value})

    assert summary(ending) == ("done", "failure", "failure", "done", 40, 40)
    assert ending is not None
    assert ending.flags == frozenset()


def test_an_answer_still_owed_is_a_failure_that_may_turn() -> None:
    ending = ended((0, START), (40, DONE), task=ASKED, now_s=41)

    assert summary(ending) == ("done", "failure", "failure", "done", 40, 40)
    assert ending is not None
    assert ending.flags == {EndFlag.AWAITING_ANSWER, EndFlag.PROVISIONAL}


def test_an_answer_is_awaited_as_long_as_the_idle_limit() -> None:
    ending = ended((0, START), (40, DONE), task=ASKED, idle_limit_s=60, now_s=100)

    assert ending is not None
    assert EndFlag.AWAITING_ANSWER in ending.flags


@pytest.mark.parametrize(
    ("last", "now_s"), [((40, DONE), 101), ((50, LEFT), 51), ((50, Finished()), 51)], ids=["idle", "left", "finished"]
)
def test_an_answer_that_nobody_will_give_is_a_failure_for_good(last: tuple[float, Payload], now_s: float) -> None:
    ending = ended((0, START), (40, DONE), last, task=ASKED, idle_limit_s=60, now_s=now_s)

    assert ending is not None
    assert (ending.outcome, ending.flags) == (Outcome.FAILURE, frozenset())


def test_nothing_is_asked_when_a_criterion_was_met() -> None:
    task = make_task(success=(PRICE, URL))
    ending = ended((0, START), (30, CriterionMet("success", 1)), (40, DONE), task=task)

    assert summary(ending) == ("done", "success", "success", "done", 40, 40)
    assert ending is not None
    assert ending.flags == frozenset()


@pytest.mark.parametrize("last", [(40, GAVE_UP), (300, TIME_UP)])
def test_nothing_is_asked_after_giving_up_or_the_limit(last: tuple[float, Payload]) -> None:
    ending = ended((0, START), last, task=ASKED, answers={"answer:success:0": "9.99"})

    assert ending is not None
    assert (ending.rule, ending.flags) == (None, frozenset())


def test_one_right_answer_of_several_is_enough_whatever_else_is_owed() -> None:
    task = make_task(success=(PRICE, PRICE))

    assert summary(ended((0, START), (40, DONE), task=task, answers={"answer:success:1": "9.99"}))[1] == "success"
    assert summary(ended((0, START), (40, DONE), task=task, answers={"answer:success:1": "1"}))[1] == "failure"


@pytest.mark.parametrize(
    ("value", "outcome"), [("9.99", Outcome.FAILURE), ("1", Outcome.SUCCESS), (None, Outcome.FAILURE)]
)
def test_an_answer_can_speak_against_a_self_report(value: AnswerValue, outcome: Outcome) -> None:
    task = make_task(success=(), failure=(PRICE,))
    ending = ended((0, START), (40, DONE), task=task, answers={"answer:failure:0": value})

    assert ending is not None
    assert (ending.outcome, ending.rule) == (outcome, outcome)


@pytest.mark.parametrize(
    ("value", "accept", "accepted"),
    [
        ("The  Shellcoder's\tHandbook ", "the shellcoder's handbook", True),
        ("STRASSE", "Straße", True),
        ("Cafe\u0301", "caf\u00e9", True),
        (10, "10", True),
        ("9,99", "9.99", False),
        ("", "", True),
        (None, "", False),
    ],
)
def test_answers_are_trimmed_and_case_folded(value: AnswerValue, accept: str, accepted: bool) -> None:
    assert answer_accepted(value, (accept,)) is accepted


def test_of_two_answers_the_later_counts() -> None:
    events = [
        make_event(9, Answered("seq", 5)),
        make_event(8, Answered("seq", 6)),
        make_event(9, Answered("seq", 1), attempt=1),
        make_event(9, Answered("sus_1", None), attempt=None),
    ]

    assert answers_of(events, 0) == {"seq": 5}
    assert answers_of(events, None) == {"sus_1": None}


# --- three facts


def test_the_moderators_outcome_outranks_the_others_and_changes_no_fact() -> None:
    ending = ended((0, START), (40, DONE))

    assert effective_outcome(ending, None) is Outcome.FAILURE
    assert effective_outcome(ending, Outcome.ASSISTED) is Outcome.ASSISTED
    assert effective_outcome(None, None) is None


# --- whatever happens

STEPS: st.SearchStrategy[Payload] = st.sampled_from(
    [START, DONE, GAVE_UP, SUCCESS, FAILURE, CriterionMet("success", None), LEFT, TIME_UP, CLICK, ClockJump(5000)]
)
EVENTS = st.lists(
    st.builds(
        lambda at_s, payload, attempt, stream: (at_s, payload, attempt, stream),
        st.integers(-100, 700),
        STEPS,
        st.sampled_from([0, 0, 0, 1, None]),
        st.sampled_from(["aaaaaaaa", "bbbbbbbb"]),
    ),
    max_size=12,
).map(lambda rows: [make_event(at, what, attempt=n, stream=tab) for at, what, n, tab in rows])
TASKS = st.builds(
    make_task,
    success=st.sampled_from([(), (URL,), (PRICE,), (URL, SELF_REPORT)]),
    time_limit_s=st.sampled_from([None, 120, 300]),
    finish=st.sampled_from(Finish),
)


def decided(task: TaskSpec, events: Iterable[Event], now_s: float = 400) -> Ending | None:
    return decide(task, number=0, idle_limit_ms=200_000, events=events, answers={}, now_ms=ms(now_s))


@given(TASKS, EVENTS, st.randoms(use_true_random=False))
def test_order_and_repetition_of_events_change_nothing(task: TaskSpec, events: list[Event], chance: object) -> None:
    shuffled = [*events, *events[:3]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert decided(task, shuffled) == decided(task, events)


@given(TASKS, EVENTS)
def test_an_ending_keeps_its_own_order(task: TaskSpec, events: list[Event]) -> None:
    ending = decided(task, events)

    if ending:
        assert ending.started_ms <= ending.ended_ms
        assert 0 <= ending.time_on_task_ms <= ending.ended_ms - ending.started_ms
        if ending.met_ms is not None:
            assert ending.started_ms <= ending.met_ms <= ending.ended_ms
        assert (ending.reached_ms is not None) == (ending.outcome is Outcome.SUCCESS)


def test_a_time_up_that_was_told_stays_whatever_its_clock_says() -> None:
    task = make_task(time_limit_s=300)
    events = [make_event(0, TimeUp(), attempt=0), make_event(200, TaskStarted(), attempt=0)]

    first, later = decided(task, events), decided(task, events, now_s=100_000)

    assert first == later
    assert first is not None
    assert first.how is How.TIMED_OUT


@given(TASKS, EVENTS, st.integers(0, 5000))
def test_an_ending_that_is_not_provisional_stays_as_time_goes_by(
    task: TaskSpec, events: list[Event], later_s: int
) -> None:
    ending = decided(task, events)

    if ending and EndFlag.PROVISIONAL not in ending.flags:
        assert decided(task, events, now_s=400 + later_s) == ending
