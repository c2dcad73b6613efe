"""An attempt's events in, its measures out: rule by rule."""

import json
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.unit.events.make import SHOP, make_body, make_click, make_event, make_view, ms
from usabtest.events.types import (
    Activation,
    Click,
    CriterionMet,
    Custom,
    Done,
    Event,
    Flag,
    FormError,
    Input,
    JavascriptError,
    Left,
    Marked,
    PageEnd,
    PageLoad,
    Reaction,
    Request,
    TaskStarted,
    TimeUp,
    Visibility,
)
from usabtest.events.wire import decode
from usabtest.measurement.fold import AttemptMeasures, FirstClick, LoadTimes, Visit, fold, from_json, to_json
from usabtest.participation.verdict import decide
from usabtest.studyfile.types import (
    Analysis,
    Criterion,
    CriterionKind,
    ErrorKind,
    Optimal,
    RageClick,
    StudySpec,
    TaskSpec,
)

BASKET, OFFERS, JOBS = f"{SHOP}basket", f"{SHOP}offers", f"{SHOP}jobs"
TASK = TaskSpec(key="task", title="Task", scenario="…", success=(Criterion(CriterionKind.URL, pattern="/thanks"),))
HIDDEN, VISIBLE = Visibility("hidden"), Visibility("visible")


def measured(
    *events: Event, task: TaskSpec = TASK, end_s: float = 100, start_page: str = SHOP, **analysis: Any
) -> AttemptMeasures:
    """What an attempt of so many seconds, ended by a press, comes to."""
    spec = StudySpec("Shop", ("https://shop.example",), tasks=(task,), analysis=Analysis(**analysis))
    whole = [make_event(0, TaskStarted(), page=start_page, ordinal=-1), *events, make_event(end_s, Done())]
    return measured_of(spec, task, whole)


def measured_of(spec: StudySpec, task: TaskSpec, events: list[Event]) -> AttemptMeasures:
    ending = decide(task, number=0, idle_limit_ms=10**7, events=events, answers={}, now_ms=ms(10**6))
    assert ending is not None
    return fold(spec, task, ending, events)


def error(message: str = "x is not defined", stack: str = "9f2c") -> JavascriptError:
    return JavascriptError("error", message, "app.js", 3, 14, stack)


def request(status: int, flags: int = 0) -> Request:
    return Request("fetch", "POST", f"{SHOP}api", status, flags, 40)


def counts(kinds: dict[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in kinds.items() if count}


def test_an_attempt_in_which_nothing_happened() -> None:
    measures = measured()

    assert (measures.time_on_task_s, measures.raw_time_s, measures.hidden_s, measures.reached_s) == (100, 100, 0, None)
    assert (measures.clicks, measures.activations, measures.page_views, measures.pages) == (0, 0, 1, 1)
    assert measures.path == (Visit(0, SHOP),)
    assert (measures.errors, measures.signals, measures.page_loads) == ((), (), ())
    assert (measures.first_click, measures.first_click_at, measures.searched, measures.acted) == (
        None,
        None,
        None,
        False,
    )
    assert (measures.lostness, measures.path_deviation) == (None, None)
    assert measures.errors_by_kind == {"form": 0, "wrong_path": 0, "marked": 0, "javascript": 0, "network": 0}
    assert measures.signals_by_kind == {"dead_click": 0, "rage_click": 0, "error_click": 0, "quick_back": 0}


# --- which events count


@pytest.mark.parametrize(("at_s", "clicks"), [(-0.001, 0), (0, 1), (50, 1), (100, 1), (100.001, 0)])
def test_what_lies_between_start_and_end_counts_both_included(at_s: float, clicks: int) -> None:
    assert measured(make_event(at_s, make_click())).clicks == clicks


def test_whatever_attempt_it_names_and_in_whichever_tab_an_event_counts() -> None:
    events = [make_event(1, make_click(), attempt=None), make_event(2, make_click(), attempt=3, stream="bbbbbbbb")]

    assert measured(*events).clicks == 2


def test_what_the_starting_page_did_in_the_same_millisecond_before_the_press_does_not_count() -> None:
    spec = StudySpec("Shop", ("https://shop.example",), tasks=(TASK,))
    view = make_event(0, make_view(), ordinal=1)
    start = make_event(0, TaskStarted(), ordinal=2)
    end = make_event(9, Done(), ordinal=3)

    assert measured_of(spec, TASK, [view, start, end]).page_views == 1


def test_a_fold_without_the_attempts_start_is_refused() -> None:
    events = [make_event(0, TaskStarted()), make_event(9, Done())]
    ending = decide(TASK, number=0, idle_limit_ms=10**7, events=events, answers={}, now_ms=ms(10))

    assert ending is not None
    with pytest.raises(ValueError, match=r"ending\.started_ms"):
        fold(StudySpec("Shop", ()), TASK, replace(ending, started_ms=ms(5)), events)


# --- clicks


@pytest.mark.parametrize(
    ("flags", "clicks"),
    [
        (Flag.COUNTS, 1),
        (Flag.COUNTS | Flag.NO_SIGNAL | Flag.LOOKS_CLICKABLE, 1),
        (Flag.FORWARDED, 0),
        (Flag.BY_SCRIPT, 0),
        (0, 0),
    ],
)
def test_a_click_that_counts(flags: int, clicks: int) -> None:
    assert measured(make_event(1, make_click(flags))).clicks == clicks


@pytest.mark.parametrize(("flags", "activations"), [(0, 1), (Flag.LOOKS_CLICKABLE, 1), (Flag.BY_SCRIPT, 0)])
def test_keyboard_activations_are_counted_apart(flags: int, activations: int) -> None:
    measures = measured(make_event(1, Activation("#buy", flags)))

    assert (measures.clicks, measures.activations) == (0, activations)


# --- pages


def test_page_views_are_the_starting_page_and_those_until_the_end() -> None:
    measures = measured(
        make_event(-5, make_view(), page=SHOP),
        make_event(10, make_view(), page=BASKET),
        make_event(20, make_view("route"), page=OFFERS),
        make_event(30, make_view("bfcache"), page=BASKET, stream="bbbbbbbb"),
        make_event(40, make_view("reload"), page=BASKET),
        make_event(101, make_view(), page=JOBS),
    )

    assert (measures.page_views, measures.pages, measures.steps) == (5, 3, 4)
    assert measures.path == tuple(
        Visit(at_s, page) for at_s, page in [(0, SHOP), (10, BASKET), (20, OFFERS), (30, BASKET), (40, BASKET)]
    )


def test_lostness_and_path_deviation_need_the_fewest_pages() -> None:
    views = [make_event(at_s, make_view(), page=page) for at_s, page in [(10, BASKET), (20, OFFERS), (30, BASKET)]]
    measures = measured(*views, task=replace(TASK, optimal=Optimal(pages=2)))

    assert measures.lostness == pytest.approx(((3 / 4 - 1) ** 2 + (2 / 3 - 1) ** 2) ** 0.5)
    assert measures.path_deviation == 2
    assert measured(*views, task=replace(TASK, optimal=Optimal(clicks=2))).lostness is None


def test_the_published_example_of_lostness() -> None:
    visited = [BASKET, OFFERS, f"{SHOP}a", f"{SHOP}b", f"{SHOP}c", SHOP, BASKET]
    views = [make_event(10 * place, make_view(), page=page) for place, page in enumerate(visited, 1)]
    measures = measured(*views, task=replace(TASK, optimal=Optimal(pages=3)))

    assert (measures.page_views, measures.pages) == (8, 6)
    assert measures.lostness == pytest.approx(0.56, abs=0.005)


LOAD = PageLoad(120, 310, 400.5, 880, None)


def test_page_loads_are_in_seconds() -> None:
    view = make_event(10, make_view(), page=BASKET, stream="bbbbbbbb")
    measures = measured(view, make_event(12, LOAD, page=OFFERS, stream="bbbbbbbb"))

    assert measures.page_loads == (LoadTimes(BASKET, 0.88, 0.12, 0.31, 0.4005, None),)


@pytest.mark.parametrize(
    ("how", "view_s", "said_s", "loads"),
    [
        ("load", 10, 12, 1),
        ("reload", 10, 12, 1),
        ("history", 10, 12, 1),
        ("load", 99, 102, 1),
        ("load", 101, 102, 0),
        ("route", 10, 12, 0),
        ("bfcache", 10, 12, 0),
    ],
)
def test_a_page_load_belongs_to_the_attempt_that_saw_it_come(
    how: str, view_s: float, said_s: float, loads: int
) -> None:
    view = make_event(view_s, make_view(how), stream="bbbbbbbb")

    assert len(measured(view, make_event(said_s, LOAD, stream="bbbbbbbb")).page_loads) == loads


def test_the_load_of_the_starting_page_belongs_to_the_attempt() -> None:
    brought = make_event(-9, make_view(), attempt=None)
    in_another_tab = make_event(-8, make_view(), attempt=None, stream="bbbbbbbb")
    said = [make_event(-6, LOAD), make_event(-6, LOAD, stream="bbbbbbbb")]

    assert len(measured(brought, in_another_tab, *said).page_loads) == 1


@pytest.mark.parametrize(
    "before",
    [
        [(-9, make_view(), 3)],
        [(-9, make_view(), None), (-8, TaskStarted(), 3)],
        [(-9, make_view(), None), (-8, make_view("route"), None)],
        [],
    ],
    ids=["it came in an earlier attempt", "an earlier attempt began on it", "another page since", "nothing came"],
)
def test_the_load_of_the_starting_page_is_not_counted_twice(before: list[Any]) -> None:
    events = [make_event(at_s, payload, attempt=attempt) for at_s, payload, attempt in before]

    assert measured(*events, make_event(-6, LOAD)).page_loads == ()


# --- errors


def test_the_same_script_error_within_a_second_is_one() -> None:
    times = [10, 10.5, 11, 11.001, 12.5]
    measures = measured(*(make_event(at_s, error()) for at_s in times))

    assert [occurrence.at_s for occurrence in measures.errors] == [10, 11.001, 12.5]
    assert counts(measures.errors_by_kind) == {"javascript": 3}


def test_another_message_or_stack_is_another_error() -> None:
    measures = measured(make_event(1, error()), make_event(1.1, error(stack="aaaa")), make_event(1.2, error("y")))

    assert measures.errors_by_kind["javascript"] == 3


@pytest.mark.parametrize(
    ("status", "flags", "errors"),
    [(200, 0, 0), (399, 0, 0), (400, 0, 1), (404, 0, 1), (500, 0, 1), (401, 0, 0), (0, 0, 1), (0, 1, 0), (500, 1, 0)],
)
def test_a_failed_request(status: int, flags: int, errors: int) -> None:
    assert measured(make_event(1, request(status, flags))).errors_by_kind["network"] == errors


def test_a_picture_that_is_missing_is_no_error() -> None:
    missing = Request("element", "img", f"{SHOP}logo.png", 404, 0, None)

    assert measured(make_event(1, missing)).errors_by_kind["network"] == 0


@pytest.mark.parametrize(
    ("how", "status", "errors"),
    [
        ("load", 404, 1),
        ("reload", 503, 1),
        ("history", 500, 1),
        ("bfcache", 404, 0),
        ("route", 404, 0),
        ("load", 401, 0),
        ("load", 200, 0),
        ("load", 0, 0),
    ],
)
def test_a_document_that_failed_counts_once_a_load(how: str, status: int, errors: int) -> None:
    assert measured(make_event(1, make_view(how, status), page=BASKET)).errors_by_kind["network"] == errors


def test_form_errors_and_the_sites_own() -> None:
    measures = measured(
        make_event(1, FormError("#email", "native")),
        make_event(2, FormError("#email", "aria")),
        make_event(3, Marked("payment refused"), page=BASKET),
    )

    assert counts(measures.errors_by_kind) == {"form": 2, "marked": 1}
    assert [(found.kind, found.at_s, found.page, found.what) for found in measures.errors] == [
        ("form", 1, SHOP, "#email"),
        ("form", 2, SHOP, "#email"),
        ("marked", 3, BASKET, "payment refused"),
    ]


def test_a_wrong_path_counts_at_entry() -> None:
    visited = [("load", JOBS), ("reload", JOBS), ("route", OFFERS), ("load", BASKET), ("history", JOBS)]
    views = [make_event(10 * place, make_view(how), page=page) for place, (how, page) in enumerate(visited, 1)]

    measures = measured(*views, task=replace(TASK, allowed=("/", "/basket")), start_page=JOBS)
    assert [(found.at_s, found.what) for found in measures.errors] == [(30, OFFERS), (50, JOBS)]

    measures = measured(*views, task=replace(TASK, allowed=("/", "/basket")))
    assert [(found.at_s, found.what) for found in measures.errors] == [(10, JOBS), (30, OFFERS), (50, JOBS)]


def test_without_allowed_pages_no_path_is_wrong() -> None:
    assert measured(make_event(1, make_view(), page=JOBS)).errors == ()


def test_kinds_are_counted_whatever_the_study_counts() -> None:
    measures = measured(make_event(1, FormError("#email", "native")), count_errors=(ErrorKind.JAVASCRIPT,))

    assert measures.errors_by_kind["form"] == 1


# --- signals


CLICKABLE = Flag.COUNTS | Flag.LOOKS_CLICKABLE


def answered_click(what: str, reaction_ms: float | None, *, flags: int = CLICKABLE, dead_click_ms: int = 2500) -> int:
    return measured(
        make_event(98, make_click(flags), ordinal=70, stream="bbbbbbbb"),
        make_event(101, Reaction(70, reaction_ms, what), stream="bbbbbbbb"),  # type: ignore[arg-type]
        dead_click_ms=dead_click_ms,
    ).signals_by_kind["dead_click"]


@pytest.mark.parametrize(
    ("what", "reaction_ms", "dead"),
    [
        ("", None, 1),
        ("mutation", 12, 0),
        ("mutation", 2500, 0),
        ("mutation", 2500.1, 1),
        ("scroll", 100, 0),
        ("scroll", 101, 1),
        ("selection", 99, 0),
        ("selection", 300, 1),
        ("navigation", 2600, 0),
        ("request", 5, 0),
        ("focus", 5, 0),
        ("window", 5, 0),
        ("dialog", 5, 0),
    ],
)
def test_a_dead_click_is_one_that_nothing_answered_in_time(what: str, reaction_ms: float | None, dead: int) -> None:
    assert answered_click(what, reaction_ms) == dead


def test_the_threshold_of_dead_clicks_is_the_studys() -> None:
    assert answered_click("mutation", 700, dead_click_ms=500) == 1
    assert answered_click("mutation", 700, dead_click_ms=800) == 0


@pytest.mark.parametrize("flags", [Flag.COUNTS, CLICKABLE | Flag.NO_SIGNAL, Flag.LOOKS_CLICKABLE])
def test_only_clicks_on_what_looks_clickable_can_be_dead(flags: int) -> None:
    assert answered_click("", None, flags=flags) == 0


def test_a_click_whose_answer_was_never_watched_is_not_dead() -> None:
    assert measured(make_event(1, make_click(CLICKABLE))).signals == ()


def test_a_reaction_belongs_to_the_click_of_its_own_stream() -> None:
    measures = measured(
        make_event(1, make_click(CLICKABLE), ordinal=70, stream="bbbbbbbb"),
        make_event(2, Reaction(70, None, ""), stream="cccccccc"),
    )

    assert measures.signals == ()


def rage(*clicks: tuple[float, float], flags: int = 1, **rule: int) -> int:
    events = [make_event(at_s, make_click(flags, left=left)) for at_s, left in clicks]
    return measured(*events, rage_click=RageClick(**rule)).signals_by_kind["rage_click"]


def test_a_rage_click_is_a_burst_on_one_spot() -> None:
    assert rage((1, 100), (2, 110), (3, 130)) == 1
    assert rage((1, 100), (2, 110), (3.001, 110)) == 0
    assert rage((1, 100), (2, 110), (3, 141)) == 0
    assert rage((1, 100), (2, 110)) == 0
    assert rage((1, 100), (1.2, 100), (1.4, 100), (1.6, 100), (1.8, 100)) == 1
    assert rage((1, 100), (1.2, 100), (1.4, 100), (9, 100), (9.2, 100), (9.4, 100)) == 2


def test_the_thresholds_of_rage_clicks_are_the_studys() -> None:
    assert rage((1, 100), (2, 110), clicks=2) == 1
    assert rage((1, 100), (1.4, 100), (1.9, 100), within_ms=400) == 0
    assert rage((1, 100), (1.4, 111), (1.9, 100), px=10) == 0


def test_clicks_that_are_left_out_make_no_rage() -> None:
    assert rage((1, 100), (1.2, 100), (1.4, 100), flags=Flag.COUNTS | Flag.NO_SIGNAL) == 0


def test_clicks_in_two_tabs_are_no_burst() -> None:
    tabs = ["bbbbbbbb", "cccccccc", "bbbbbbbb", "cccccccc"]
    events = [make_event(1 + place / 10, make_click(), stream=tab) for place, tab in enumerate(tabs)]

    assert measured(*events).signals_by_kind["rage_click"] == 0


def test_a_rage_click_says_where_and_how_often() -> None:
    events = [make_event(1 + place / 10, make_click(selector="#pay"), page=BASKET) for place in range(4)]

    (signal,) = measured(*events).signals
    assert (signal.kind, signal.at_s, signal.page, signal.what) == ("rage_click", 1, BASKET, "#pay (4 clicks)")


@pytest.mark.parametrize(("error_s", "signals"), [(10, 1), (11, 1), (11.001, 0), (9.999, 0)])
def test_an_error_click_is_followed_by_a_script_error(error_s: float, signals: int) -> None:
    measures = measured(make_event(10, make_click()), make_event(error_s, error()))

    assert measures.signals_by_kind["error_click"] == signals


@pytest.mark.parametrize(("back_s", "within_s", "signals"), [(15, 5, 1), (15.001, 5, 0), (15.001, 6, 1)])
def test_a_quick_back_is_a_return_to_the_page_before(back_s: float, within_s: float, signals: int) -> None:
    views = [make_event(10, make_view(), page=BASKET), make_event(back_s, make_view("bfcache"), page=SHOP)]

    assert measured(*views, quick_back_s=within_s).signals_by_kind["quick_back"] == signals


def test_a_quick_way_to_a_third_page_is_no_return() -> None:
    views = [make_event(10, make_view(), page=BASKET), make_event(11, make_view(), page=OFFERS)]

    assert measured(*views).signals == ()


# --- the first click and the first action


AREA = replace(TASK, first_click=("nav a.books",))
SEARCH = replace(TASK, search=(Criterion(CriterionKind.CLICK, pattern="input[type=search]"),))


def test_the_first_click_is_judged_by_the_first_that_counts() -> None:
    inside, outside = make_click(Flag.COUNTS | Flag.FIRST_CLICK_AREA), make_click(Flag.COUNTS)
    forwarded = make_click(Flag.FORWARDED | Flag.FIRST_CLICK_AREA)

    assert measured(make_event(1, inside), make_event(2, outside), task=AREA).first_click is True
    assert measured(make_event(1, outside), make_event(2, inside), task=AREA).first_click is False
    assert measured(make_event(1, forwarded), make_event(2, outside), task=AREA).first_click is False
    assert measured(make_event(1, forwarded), task=AREA).first_click is None


def test_without_an_area_the_first_click_is_listed_and_not_judged() -> None:
    measures = measured(make_event(1.5, Click("#buy", 500, 250, 640, 380, 0, "m", 3), page=BASKET))

    assert measures.first_click is None
    assert measures.first_click_at == FirstClick(1.5, BASKET, "#buy", 500, 250, 640, 380)


@pytest.mark.parametrize(
    "first",
    [make_click(Flag.COUNTS | Flag.SEARCH), Activation("#search", Flag.SEARCH), Input("#search", Flag.SEARCH)],
    ids=["click", "activation", "input"],
)
def test_the_first_action_searches_or_navigates(first: Click | Activation | Input) -> None:
    other = make_event(2, make_click())

    assert measured(make_event(1, first), other, task=SEARCH).searched is True
    assert measured(make_event(3, first), other, task=SEARCH).searched is False


def test_an_attempt_without_an_action_neither_searches_nor_navigates() -> None:
    by_script = make_event(1, make_click(Flag.BY_SCRIPT | Flag.SEARCH))
    measures = measured(by_script, make_event(2, make_view(), page=BASKET), task=SEARCH)

    assert (measures.acted, measures.searched) == (False, None)


def test_where_nothing_counts_as_a_search_it_is_not_judged() -> None:
    measures = measured(make_event(1, make_click(Flag.COUNTS | Flag.SEARCH)))

    assert (measures.acted, measures.searched) == (True, None)


# --- time


def test_hidden_time_is_kept_and_subtracted_only_if_the_study_says_so() -> None:
    events = [make_event(-1, make_view()), make_event(20, HIDDEN), make_event(50, VISIBLE)]

    kept = measured(*events)
    assert (kept.time_on_task_s, kept.raw_time_s, kept.hidden_s) == (100, 100, 30)
    subtracted = measured(*events, subtract_hidden=True)
    assert (subtracted.time_on_task_s, subtracted.raw_time_s, subtracted.hidden_s) == (70, 100, 30)


HIDING = [
    ("until the end", [(20, HIDDEN, "a")], 80),
    ("shown by use", [(20, HIDDEN, "a"), (50, make_click(), "a")], 30),
    ("shown by another page", [(20, HIDDEN, "a"), (50, make_view(), "b")], 30),
    ("on the way to another page", [(20, HIDDEN, "a"), (20.01, PageEnd(0), "a"), (50, make_view(), "b")], 0.01),
    ("a page that goes after it has ended", [(20, PageEnd(0), "a"), (20, HIDDEN, "a"), (50, make_view(), "b")], 0),
    ("a tab behind another", [(20, make_view(), "b"), (20.1, HIDDEN, "a"), (50, VISIBLE, "a")], 0),
    ("both tabs", [(20, make_view(), "b"), (20.1, HIDDEN, "a"), (40, HIDDEN, "b"), (60, VISIBLE, "a")], 20),
    ("said twice", [(20, HIDDEN, "a"), (30, HIDDEN, "a"), (50, VISIBLE, "a")], 30),
    ("a timer is no sign of being seen", [(20, HIDDEN, "a"), (50, TimeUp(), "a"), (60, VISIBLE, "a")], 40),
    ("a script's click neither", [(20, HIDDEN, "a"), (50, make_click(Flag.BY_SCRIPT), "a"), (60, VISIBLE, "a")], 40),
]


@pytest.mark.parametrize(("happened", "hidden_s"), [case[1:] for case in HIDING], ids=[case[0] for case in HIDING])
def test_hidden_is_when_no_page_of_the_session_is_in_view(happened: list[Any], hidden_s: float) -> None:
    events = [make_event(at_s, payload, stream=stream * 8) for at_s, payload, stream in happened]

    assert measured(make_event(-1, make_view()), *events).hidden_s == pytest.approx(hidden_s)


def test_a_page_that_was_hidden_before_the_start_counts_from_the_start() -> None:
    spec = StudySpec("Shop", ("https://shop.example",), tasks=(TASK,))
    events = [
        make_event(-20, make_view()),
        make_event(0, TaskStarted(), stream="bbbbbbbb"),
        make_event(10, HIDDEN, stream="bbbbbbbb"),
        make_event(30, VISIBLE),
        make_event(40, Done()),
    ]

    assert measured_of(spec, TASK, events).hidden_s == 20


def test_without_a_press_the_time_is_that_of_the_criterion_and_so_is_what_is_hidden() -> None:
    spec = StudySpec("Shop", ("https://shop.example",), tasks=(TASK,), analysis=Analysis(subtract_hidden=True))
    events = [
        make_event(0, TaskStarted()),
        make_event(10, HIDDEN),
        make_event(25, VISIBLE),
        make_event(40, CriterionMet("success", 0)),
        make_event(50, HIDDEN),
        make_event(60, make_click()),
        make_event(70, Left(1)),
    ]

    measures = measured_of(spec, TASK, events)
    assert (measures.raw_time_s, measures.hidden_s, measures.time_on_task_s) == (40, 15, 25)
    assert (measures.reached_s, measures.no_press, measures.clicks) == (40, True, 1)


@pytest.mark.parametrize(
    ("times_s", "idle"), [([30, 60], False), ([20, 80.001], True), ([60.001], True), ([], True), ([39.9], True)]
)
def test_a_gap_without_input_of_more_than_a_minute_is_flagged(times_s: list[float], idle: bool) -> None:
    assert measured(*(make_event(at_s, Input("#name", 0)) for at_s in times_s)).idle is idle


# --- whatever happens


PAYLOADS = st.sampled_from(
    [
        make_click(CLICKABLE),
        make_click(Flag.COUNTS | Flag.SEARCH | Flag.FIRST_CLICK_AREA),
        make_click(Flag.BY_SCRIPT),
        Activation("#a", 0),
        Input("#i", 4),
        make_view(),
        make_view("route"),
        make_view("reload", 500),
        make_view("bfcache"),
        PageEnd(0),
        PageLoad(1, 2, 3, 4, None),
        HIDDEN,
        VISIBLE,
        error(),
        error("y"),
        request(500),
        FormError("#f", "aria"),
        Marked("m"),
        Reaction(3, None, ""),
        Reaction(5, 30, "mutation"),
        Custom("x", None),
        CriterionMet("success", 0),
    ]
)
EVENTS = st.lists(
    st.tuples(st.integers(-10_000, 80_000), PAYLOADS, st.sampled_from("ab"), st.sampled_from([SHOP, BASKET, JOBS])),
    max_size=30,
).map(
    lambda rows: [
        make_event(at_ms / 1000, payload, stream=tab * 8, page=page, ordinal=ordinal)
        for ordinal, (at_ms, payload, tab, page) in enumerate(rows)
    ]
)
FULL_TASK = replace(AREA, search=SEARCH.search, allowed=("/", "/basket"), optimal=Optimal(pages=2), time_limit_s=75)
FULL_SPEC = StudySpec("Shop", ("https://shop.example",), tasks=(FULL_TASK,), analysis=Analysis(subtract_hidden=True))
FRAME = [
    make_event(0, TaskStarted(), ordinal=1000),
    make_event(70, Done(), ordinal=1001),
]


@given(EVENTS, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_events_changes_a_measure(events: list[Event], chance: random.Random) -> None:
    whole = FRAME + events
    shuffled = [*whole, *chance.choices(whole, k=5)]
    chance.shuffle(shuffled)

    assert measured_of(FULL_SPEC, FULL_TASK, shuffled) == measured_of(FULL_SPEC, FULL_TASK, whole)


@given(EVENTS, st.integers(1, 7), st.integers(1, 7), st.randoms(use_true_random=False))
def test_nothing_depends_on_how_batches_were_cut(
    events: list[Event], size: int, other_size: int, chance: random.Random
) -> None:
    cuts = [batches(FRAME + events, size), batches(FRAME + events, other_size)]
    chance.shuffle(cuts[1])
    read = [[event for body in bodies for event in decode(body).events] for bodies in cuts]

    assert all(len(found) == len(FRAME + events) for found in read)
    assert measured_of(FULL_SPEC, FULL_TASK, read[0]) == measured_of(FULL_SPEC, FULL_TASK, read[1])


def batches(events: list[Event], size: int) -> list[bytes]:
    """The events as their streams would send them, so many at a time."""
    bodies = []
    for stream in sorted({event.stream for event in events}):
        own = [event for event in events if event.stream == stream]
        numbered = [structs.replace(event, ordinal=ordinal) for ordinal, event in enumerate(own)]
        cut = [numbered[place : place + size] for place in range(0, len(numbered), size)]
        bodies += [make_body(some, number=number) for number, some in enumerate(cut)]
    return bodies


@given(EVENTS)
def test_measures_keep_their_bounds(events: list[Event]) -> None:
    measures = measured_of(FULL_SPEC, FULL_TASK, FRAME + events)

    assert 0 <= measures.time_on_task_s <= measures.raw_time_s <= 70
    assert measures.time_on_task_s == pytest.approx(measures.raw_time_s - measures.hidden_s)
    assert 1 <= measures.pages <= measures.page_views == len(measures.path)
    assert 1 <= measures.steps <= measures.page_views
    assert measures.clicks >= 0
    assert measures.activations >= 0
    assert sum(measures.errors_by_kind.values()) == len(measures.errors)
    assert sum(measures.signals_by_kind.values()) == len(measures.signals)
    assert all(0 <= found.at_s <= 70 for found in (*measures.errors, *measures.signals, *measures.path))
    assert measures.lostness is not None
    assert measures.lostness >= 0
    assert (measures.searched is None) == (not measures.acted)


@given(EVENTS)
def test_what_is_kept_is_what_was_measured(events: list[Event]) -> None:
    measures = measured_of(FULL_SPEC, FULL_TASK, FRAME + events)

    assert from_json(json.dumps(to_json(measures))) == measures


@given(EVENTS)
def test_events_before_the_start_and_after_the_end_change_no_count(events: list[Event]) -> None:
    inside = [event for event in events if ms(0) <= event.at_ms <= ms(70)]
    all_measures = measured_of(FULL_SPEC, FULL_TASK, FRAME + events)
    inner = measured_of(FULL_SPEC, FULL_TASK, FRAME + inside)

    assert (all_measures.clicks, all_measures.path, all_measures.errors) == (inner.clicks, inner.path, inner.errors)
