"""Writes a study as its file: what is as it would be anyway is left out."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from .document import resolve
from .types import Criterion, CriterionKind, Question, ScreenerQuestion, StudySpec, TaskSpec

# The file's order of keys, which puts the study's key before its title; all others stand as in the types.
_FIRST = ("key", "title", "language", "sites")
_PLAIN_KINDS = (
    CriterionKind.URL,
    CriterionKind.URL_REGEX,
    CriterionKind.CLICK,
    CriterionKind.VISIBLE,
    CriterionKind.TEXT,
    CriterionKind.EVENT,
)


def to_mapping(study: StudySpec) -> dict[str, object]:
    """The mapping that `read_study` makes the same study of; it can be written as JSON."""
    mapping = _fields_of(study)
    return {key: mapping[key] for key in sorted(mapping, key=_place)}


def to_yaml(study: StudySpec) -> str:
    """The study as a YAML file, which people can read and edit."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 110
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_styled(to_mapping(study)), stream)
    return stream.getvalue()


def task_to_mapping(task: TaskSpec) -> dict[str, object]:
    """One task as the file has it."""
    return _fields_of(task)


def criterion_to_mapping(criterion: Criterion) -> dict[str, object]:
    """A criterion as the file has it, such as ``{"url": "/thanks"}``."""
    key = str(criterion.kind)
    if criterion.kind in _PLAIN_KINDS:
        return {key: criterion.pattern}
    if criterion.kind is CriterionKind.ANSWER:
        return {key: {"question": criterion.question, "accept": list(criterion.accept)}}
    if criterion.kind is CriterionKind.ALL:
        return {key: [criterion_to_mapping(part) for part in criterion.parts]}
    return {key: True}


def question_to_mapping(question: Question | ScreenerQuestion) -> dict[str, object]:
    """An own question as the file has it; one at the door with its `accept`."""
    if isinstance(question, ScreenerQuestion):
        return {**_fields_of(question.question), "accept": list(question.accept)}
    return _fields_of(question)


def _fields_of(value: Any) -> dict[str, object]:
    """A dataclass of the study file as a mapping, without what equals its default."""
    mapping: dict[str, object] = {}
    for one in fields(value):
        content = getattr(value, one.name)
        if one.default is MISSING or content != one.default:
            mapping[one.name] = _plain(content)
    return mapping


def _plain(value: Any) -> object:
    if isinstance(value, Criterion):
        return criterion_to_mapping(value)
    if isinstance(value, (Question, ScreenerQuestion)):
        return question_to_mapping(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, (str, bool, int, float)) else _fields_of(value)


def _place(key: str) -> int:
    return _FIRST.index(key) if key in _FIRST else len(_FIRST)


def _styled(value: object) -> object:
    """The same values, with texts in the style in which YAML shows them best."""
    if isinstance(value, dict):
        mapping = CommentedMap((key, _styled(one)) for key, one in value.items())
        if _fits_one_line(list(value.values())):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(_styled(one) for one in value)
        if not value or _fits_one_line(value):
            sequence.fa.set_flow_style()
        return sequence
    return _styled_text(value) if isinstance(value, str) else value


def _fits_one_line(values: list[object]) -> bool:
    """Whether these are a few numbers or words, which read best in a row."""
    short = all(isinstance(value, (bool, int, float)) or _is_word(value) for value in values)
    return len(values) > 1 and short and sum(len(str(value)) + 2 for value in values) < 60


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value.replace("_", "").replace("-", "").isalnum()


def _styled_text(text: str) -> object:
    lines = text.split("\n")
    # Literal style cannot keep spaces at the ends of lines in sight, nor characters that have to be escaped.
    if len(lines) > 1 and text.strip() == text and all(line == line.rstrip() and line.isprintable() for line in lines):
        return LiteralScalarString(text)
    if not isinstance(resolve(text), str) or len(lines) > 1 or not text.isprintable():
        return DoubleQuotedScalarString(text)
    return text
