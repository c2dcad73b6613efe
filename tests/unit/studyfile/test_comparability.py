"""Two studies may be compared if they asked the same and judged it the same way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from usabtest.studyfile.comparability import comparability_hash
from usabtest.studyfile.types import Analysis, Criterion, CriterionKind, StudySpec, TaskSpec

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
