"""What docs/study-file.md says is so."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from usabtest.studyfile import types
from usabtest.studyfile.match import path_matches
from usabtest.studyfile.read import parse_yaml, read_study, read_text

DOCS = (Path(__file__).parents[3] / "docs" / "study-file.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
GLOB_ROWS = re.findall(r"^\| `(/[^`]*)` \| (`.*) \| (`.*) \|$", DOCS, re.MULTILINE)


def test_the_smallest_study_can_be_read() -> None:
    assert [task.key for task in read_text(EXAMPLES[0]).tasks] == ["find-a-book"]


def test_the_example_questions_can_be_read() -> None:
    questions = [parse_yaml(line) for line in EXAMPLES[1].splitlines()]

    study = read_study({"title": "Shop", "sites": ["https://shop.example"], "after": questions})

    assert len(study.after) == 3


@pytest.mark.parametrize(("glob", "matching", "others"), GLOB_ROWS, ids=[row[0] for row in GLOB_ROWS])
def test_the_example_globs_match_what_they_say(glob: str, matching: str, others: str) -> None:
    for path in re.findall("`([^`]+)`", matching):
        assert path_matches(glob, f"https://shop.example{path}")
    for path in re.findall("`([^`]+)`", others):
        assert not path_matches(glob, f"https://shop.example{path}")


@pytest.mark.parametrize("kind", [types.StudySpec, types.TaskSpec, types.Analysis])
def test_every_field_is_documented(kind: type[types.StudySpec | types.TaskSpec | types.Analysis]) -> None:
    rows = {key for row in re.findall(r"^\| (`[^|]*) \|", DOCS, re.MULTILINE) for key in re.findall("`([a-z_]+)`", row)}

    assert {one.name for one in fields(kind)} <= rows


@pytest.mark.parametrize("words", [types.CriterionKind, types.ErrorKind, types.Device, types.QuestionType, types.Mask])
def test_every_word_of_the_closed_sets_is_documented(words: type) -> None:
    for word in words:
        assert re.search(rf"\b{word}\b", DOCS)
