"""A study that is written and read again is the same study."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings

from tests.unit.studyfile.strategies import studies
from usabtest.studyfile.read import read_study, read_text
from usabtest.studyfile.types import Finish, StudySpec, TaskSpec
from usabtest.studyfile.write import to_mapping, to_yaml

# Building a study takes hypothesis longer than what is tried with it.
slow_to_build = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(studies())
@slow_to_build
def test_a_study_comes_back_from_its_mapping(study: StudySpec) -> None:
    assert read_study(to_mapping(study)) == study


@given(studies())
@slow_to_build
def test_a_study_comes_back_from_json_and_from_yaml(study: StudySpec) -> None:
    assert read_text(json.dumps(to_mapping(study))) == study
    assert read_text(to_yaml(study)) == study


def test_what_is_so_by_default_is_left_out() -> None:
    task = TaskSpec("find-book", "Find a book", "Find one.", start_url="https://shop.example/", finish=Finish.AUTO)

    mapping = to_mapping(StudySpec(key="shop", title="Shop", sites=("https://shop.example",), tasks=(task,)))

    assert mapping == {
        "key": "shop",
        "title": "Shop",
        "sites": ["https://shop.example"],
        "tasks": [
            {
                "key": "find-book",
                "title": "Find a book",
                "scenario": "Find one.",
                "start_url": "https://shop.example/",
                "finish": "auto",
            }
        ],
    }


def test_yaml_reads_like_the_work_of_a_person() -> None:
    study = StudySpec(
        title="9.90",
        sites=("https://shop.example",),
        welcome="Thank you.\n\nIt takes *ten* minutes.",
        keep_query=("q", "page"),
        after=(),
    )

    assert to_yaml(study) == (
        'title: "9.90"\n'
        "sites:\n"
        "  - https://shop.example\n"
        "welcome: |-\n"
        "  Thank you.\n"
        "\n"
        "  It takes *ten* minutes.\n"
        "keep_query: [q, page]\n"
        "after: []\n"
    )
