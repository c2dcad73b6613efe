"""Two studies may be compared if they asked the same and judged it the same way."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usabtest.studyfile.comparability import Aspect, comparability, comparability_hash
from usabtest.studyfile.types import (
    Analysis,
    Criterion,
    CriterionKind,
    Finish,
    Optimal,
    RageClick,
    StudySpec,
    TaskSpec,
)

TASK = TaskSpec("find", "Find a book", "Find one.", start_url="https://shop.example/")
STUDY = StudySpec(title="Round 1", sites=("https://shop.example",), tasks=(TASK,))


@pytest.mark.parametrize(
    "other",
    [
        replace(STUDY, title="Round 2", key="round-2", sites=("https://new.example",), quota=5, retention_days=1),
        replace(STUDY, tasks=(replace(TASK, key="search", start_url="https://new.example/"),)),
        replace(STUDY, after=("sus",), analysis=Analysis(), idle_limit_min=30.0),
    ],
)
def test_it_is_the_same_where_figures_mean_the_same(other: StudySpec) -> None:
    assert comparability_hash(other) == comparability_hash(STUDY)
    assert comparability(STUDY, other).same


@pytest.mark.parametrize(
    "other",
    [
        replace(STUDY, tasks=(replace(TASK, scenario="Find two."),)),
        replace(STUDY, tasks=(replace(TASK, success=(Criterion(CriterionKind.URL, "/basket/"),)),)),
        replace(STUDY, tasks=(replace(TASK, time_limit_s=60),)),
        replace(STUDY, tasks=(replace(TASK, max_time_s=60),)),
        replace(STUDY, tasks=(replace(TASK, questions=()),)),
        replace(STUDY, tasks=(TASK, replace(TASK, key="find-2"))),
        replace(STUDY, after=("sus", "nps")),
        replace(STUDY, analysis=Analysis(dead_click_ms=1000)),
        replace(STUDY, language="de"),
    ],
)
def test_it_differs_where_something_else_was_asked_or_counted(other: StudySpec) -> None:
    assert comparability_hash(other) != comparability_hash(STUDY)
    assert not comparability(STUDY, other).same


TASK_CHANGES = {
    "title": ("Find", Aspect.WORDS),
    "scenario": ("Find two.", Aspect.WORDS),
    "success": ((Criterion(CriterionKind.URL, "/basket/"),), Aspect.CRITERIA),
    "failure": ((Criterion(CriterionKind.URL, "/basket/"),), Aspect.CRITERIA),
    "finish": (Finish.AUTO, Aspect.CRITERIA),
    "time_limit_s": (60, Aspect.LIMIT),
    "questions": ((), Aspect.QUESTIONS),
    "allowed": (("/",), Aspect.ERRORS),
    "error_opportunities": (3, Aspect.ERRORS),
    "optimal": (Optimal(pages=2), Aspect.YARDSTICKS),
    "expert_time_s": (9, Aspect.YARDSTICKS),
    "max_time_s": (60, Aspect.YARDSTICKS),
    "first_click": (("nav",), Aspect.YARDSTICKS),
    "search": ((Criterion(CriterionKind.URL, "/s"),), Aspect.YARDSTICKS),
}
STUDY_CHANGES = {
    "language": ("de", Aspect.LANGUAGE),
    "after": ((), Aspect.AFTER),
    "idle_limit_min": (5, Aspect.IDLE_LIMIT),
}
ANALYSIS_CHANGES = {
    "count_errors": ((), Aspect.THRESHOLDS),
    "rage_click": (RageClick(clicks=5), Aspect.THRESHOLDS),
    "dead_click_ms": (1000, Aspect.THRESHOLDS),
    "quick_back_s": (1, Aspect.THRESHOLDS),
    "subtract_hidden": (True, Aspect.HIDDEN_TIME),
}


@pytest.mark.parametrize(("field", "change"), TASK_CHANGES.items())
def test_it_says_what_is_unlike_about_a_task(field: str, change: tuple[object, Aspect]) -> None:
    value, aspect = change

    [pair] = comparability(STUDY, replace(STUDY, tasks=(replace(TASK, **{field: value}),))).pairs

    assert pair.unlike == (aspect,)


@pytest.mark.parametrize(("field", "change"), [*STUDY_CHANGES.items(), *ANALYSIS_CHANGES.items()])
def test_it_says_what_is_unlike_about_a_study(field: str, change: tuple[object, Aspect]) -> None:
    value, aspect = change
    within = field in STUDY_CHANGES
    other = replace(STUDY, **{field: value} if within else {"analysis": replace(STUDY.analysis, **{field: value})})

    assert comparability(STUDY, other).unlike == (aspect,)


def test_no_field_of_a_task_or_of_the_analysis_is_forgotten() -> None:
    assert {one.name for one in fields(TaskSpec)} == {*TASK_CHANGES, "key", "start_url", "entry_url"}
    assert {one.name for one in fields(Analysis)} == {*ANALYSIS_CHANGES}


def test_tasks_are_paired_by_key_else_by_what_they_ask() -> None:
    pay, moved = TaskSpec("pay", "Pay", "Pay."), replace(TASK, key="search")
    before = replace(STUDY, tasks=(TASK, pay, TaskSpec("old", "Old", "Old.")))
    after = replace(STUDY, tasks=(replace(pay, time_limit_s=60), moved, TaskSpec("new", "New", "New.")))

    found = comparability(before, after)

    assert [(pair.before.key, pair.after.key, pair.unlike) for pair in found.pairs] == [
        ("pay", "pay", (Aspect.LIMIT,)),
        ("find", "search", ()),
    ]
    assert [task.key for task in found.only_before] == ["old"]
    assert [task.key for task in found.only_after] == ["new"]
    assert found.unlike == (Aspect.ORDER,)


CHANGED_TASKS = st.lists(
    st.builds(
        lambda key, limit_s, title: TaskSpec(key, title, "Go.", time_limit_s=limit_s),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from([None, 60.0]),
        st.sampled_from(["A", "B"]),
    ),
    max_size=3,
    unique_by=lambda task: task.key,
)
STUDIES = st.builds(
    lambda tasks, language, after: replace(STUDY, tasks=tuple(tasks), language=language, after=after),
    CHANGED_TASKS,
    st.sampled_from(["en", "de"]),
    st.sampled_from([(), ("sus",)]),
)


@given(STUDIES, STUDIES)
def test_nothing_is_unlike_exactly_where_the_hashes_are_the_same(before: StudySpec, after: StudySpec) -> None:
    same_keys = [task.key for task in before.tasks] == [task.key for task in after.tasks]
    found = comparability(before, after)

    assert not found.same or comparability_hash(before) == comparability_hash(after)
    if same_keys:
        assert found.same == (comparability_hash(before) == comparability_hash(after))
