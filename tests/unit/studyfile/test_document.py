"""YAML 1.2 by its core schema, JSON, and what of both is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usabtest.errors import StudyFileError
from usabtest.studyfile.read import parse_yaml


def refusals(text: str | bytes) -> list[str]:
    with pytest.raises(StudyFileError) as raised:
        parse_yaml(text)
    return [str(fault) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: yes", "yes"),
        ("a: no", "no"),
        ("a: on", "on"),
        ("a: 2030-01-31", "2030-01-31"),
        ("a: 12:30", "12:30"),
        ("a: 1_000", "1_000"),
        ("a: true", True),
        ("a: False", False),
        ("a: ~", None),
        ("a:", None),
        ("a: Null", None),
        ("a: 9.90", 9.9),
        ("a: -3", -3),
        ("a: 010", 10),
        ("a: 0o10", 8),
        ("a: 0xff", 255),
        ("a: 1e3", 1000.0),
        ("a: .inf", float("inf")),
        ("a: '9.90'", "9.90"),
        ('a: "true"', "true"),
        ("a: !!str 9.90", "9.90"),
        ("a: |\n  one\n  two\n", "one\ntwo\n"),
        ("a: >-\n  one\n  two\n", "one two"),
        ('{"a": "\\ud83d\\ude00\\/"}', "😀/"),
        ('{\n\t"a": [1,\n\t\t{"b": null}]\n}', [1, {"b": None}]),
        ("%YAML 1.1\n---\na: yes", "yes"),
        ("\ufeffa: 1", 1),
        ("a: 1\n...\n", 1),
    ],
)
def test_a_value_is_read_by_the_core_schema(text: str, value: object) -> None:
    assert parse_yaml(text) == {"a": value}
    assert parse_yaml(text.encode()) == {"a": value}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3", ["a: stands twice, first on line 1; keep one of them (line 3)"]),
        ("t:\n  - {b: 1, b: 2}", ["t[0].b: stands twice, first on line 2; keep one of them (line 2)"]),
        ('{"a": 1,\n "a": 2}', ["a: stands twice, first on line 1; keep one of them (line 2)"]),
        (
            "a: &x 1\nb: *x",
            [
                'a: "x" is an anchor or an alias; write the text out where it belongs (line 1)',
                'b: "x" is an anchor or an alias; write the text out where it belongs (line 2)',
            ],
        ),
        ("a: !!python/name:os 1", ['a: the tag "tag:yaml.org,2002:python/name:os" is not read; leave it out (line 1)']),
        ("? [a]\n: 1", ["line 1: has a key that is not a text"]),
        ("a: 1\n---\nb: 2", ['line 2: a second document begins here; a file holds one study, without "---" inside']),
        ("a:\n\tb: 1", ["line 2: is no YAML: a tab stands where spaces belong; indent with spaces"]),
        (b"a: 1\nb: \xff", ["line 2: is not UTF-8; save the file in that encoding"]),
        ("a: " + "[" * 50, ["a" + "[0]" * 20 + ": is nested too deeply (line 1)"]),
        ('{"a":' * 100_000, ["the text is nested too deeply"]),
        ("", ['a study has to be a mapping of keys to values, such as "title: Shop checkout"']),
        ("- 1", ['a study has to be a mapping of keys to values, such as "title: Shop checkout"']),
        ("just words", ['a study has to be a mapping of keys to values, such as "title: Shop checkout"']),
        ("a: " + "x" * 1_000_000, ["the text is larger than 1 MB (1000003 bytes)"]),
    ],
)
def test_what_a_file_may_not_have_is_told_with_its_line(text: str | bytes, said: list[str]) -> None:
    assert refusals(text) == said


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1,\nb: 2", 2), ("a: b: c", 1), ('a: 1\nb: "x', 2), ("@a: 1", 1), ("a: 1\n b: 2", 2), ('{"a": 1,,}', 1)],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int) -> None:
    [said] = refusals(text)

    assert said.startswith(f"line {line}: is no YAML: ")


def test_an_alias_does_not_grow() -> None:
    bomb = "a: &a [x, x]\n" + "\n".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]" for n in range(20)
    )

    assert all("is an anchor or an alias" in said for said in refusals(bomb))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5), json_values, max_size=3), st.booleans())
def test_json_is_read_as_json(value: dict[str, object], ascii_only: bool) -> None:
    assert parse_yaml(json.dumps(value, ensure_ascii=ascii_only)) == value


@given(st.text() | st.binary())
def test_any_text_is_read_or_refused(text: str | bytes) -> None:
    try:
        read = isinstance(parse_yaml(text), dict)
    except StudyFileError as error:
        read = len(error.faults) > 0

    assert read
