"""From text to plain values: YAML 1.2 by its core schema, and JSON.

The values are made here from the parser's events and not by its loader: so a fault knows its line, an alias is
refused before it can grow, and no reader's own idea of dates or of "yes" gets in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from usabtest.errors import Fault, StudyFileError

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

_NULL = re.compile(r"null|Null|NULL|~|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,300}")
_OCTAL = re.compile(r"0o[0-7]{1,300}")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_TEXT_TAGS = ("!", "tag:yaml.org,2002:str")


def parse_yaml(text: str | bytes) -> dict[str, object]:
    """The mapping that a study file holds.

    Raises
    ------
    StudyFileError
        If the text is no YAML, is too large, repeats a key, uses an anchor, an alias or a tag, or holds anything
        but one mapping; each fault with its line.

    Examples
    --------
    >>> parse_yaml("title: Shop\\nlanguage: no\\nquota: 50")
    {'title': 'Shop', 'language': 'no', 'quota': 50}
    """
    content = _decoded(text)
    value = _from_json(content)
    if value is None:
        value = _Composer(content).document()
    if not isinstance(value, dict):
        raise StudyFileError(
            (Fault("", 'a study has to be a mapping of keys to values, such as "title: Shop checkout"'),)
        )
    return value


def _decoded(text: str | bytes) -> str:
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(raw) > MAX_BYTES:
        raise StudyFileError((Fault("", f"the text is larger than 1 MB ({len(raw)} bytes)"),))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise StudyFileError((Fault("", "is not UTF-8; save the file in that encoding", line),)) from error


class _NotPlainJsonError(ValueError):
    pass


def _from_json(content: str) -> object:
    """The value of a JSON text; None where it is none, or has a fault whose line the YAML parser knows better."""
    if not content.lstrip().startswith("{"):
        return None
    try:
        return json.loads(content, object_pairs_hook=_without_duplicates, parse_constant=_no_constant)
    except RecursionError:
        raise StudyFileError((Fault("", "the text is nested too deeply"),)) from None
    except ValueError:
        return None


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise _NotPlainJsonError
    return mapping


def _no_constant(_name: str) -> object:
    raise _NotPlainJsonError


class _Composer:
    """Makes values of a parser's events, and collects what a study file may not have."""

    def __init__(self, content: str) -> None:
        self._events: Iterator[Any] = iter(YAML(typ="safe", pure=True).parse(content))
        self._faults: list[Fault] = []

    def document(self) -> object:
        try:
            value = self._whole()
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else None
            raise StudyFileError((*self._faults, Fault("", f"is no YAML: {_reason(error)}", line))) from error
        except YAMLError as error:
            raise StudyFileError((*self._faults, Fault("", f"is no YAML: {_first_line(error)}"))) from error
        if self._faults:
            raise StudyFileError(tuple(self._faults))
        return value

    def _whole(self) -> object:
        value: object = None
        documents = 0
        for event in self._events:
            if type(event).__name__ == "DocumentStartEvent":
                documents += 1
                value = self._value(next(self._events), "", 0)
                if documents == 2:
                    self._add(event, "", 'a second document begins here; a file holds one study, without "---" inside')
        return value

    def _value(self, event: Any, path: str, depth: int) -> object:
        kind = type(event).__name__
        if getattr(event, "anchor", None):
            self._add(event, path, f'"{event.anchor}" is an anchor or an alias; write the text out where it belongs')
        if kind == "AliasEvent":
            return None
        if depth > MAX_DEPTH:
            raise StudyFileError((*self._faults, Fault(path, "is nested too deeply", event.start_mark.line + 1)))
        if event.tag is not None and str(event.tag) not in _TEXT_TAGS:
            self._add(event, path, f'the tag "{event.tag}" is not read; leave it out')
        if kind == "MappingStartEvent":
            return self._mapping(path, depth)
        if kind == "SequenceStartEvent":
            return self._sequence(path, depth)
        return resolve(event.value) if event.implicit[0] else self._text(event, path)

    def _mapping(self, path: str, depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        lines: dict[str, int] = {}
        for event in self._until("MappingEndEvent"):
            key = self._key(event, path, depth)
            place = joined(path, key)
            value = self._value(next(self._events), place, depth + 1)
            if key in lines:
                self._add(event, place, f"stands twice, first on line {lines[key]}; keep one of them")
            lines.setdefault(key, event.start_mark.line + 1)
            mapping.setdefault(key, value)
        return mapping

    def _key(self, event: Any, path: str, depth: int) -> str:
        """The text of a key as it is written: whatever the schema would make of it, `1` is the key "1"."""
        if type(event).__name__ == "ScalarEvent":
            if event.anchor:
                self._value(event, path, depth)
            return str(event.value)
        self._add(event, path, "has a key that is not a text")
        self._value(event, path, depth + 1)
        return ""

    def _sequence(self, path: str, depth: int) -> list[object]:
        return [
            self._value(event, f"{path}[{index}]", depth + 1)
            for index, event in enumerate(self._until("SequenceEndEvent"))
        ]

    def _text(self, event: Any, path: str) -> str:
        # JSON writes what lies beyond the first plane as two escapes, which the parser leaves apart.
        try:
            return str(event.value).encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            self._add(event, path, "contains half a character (a lone surrogate); write the character itself")
            return ""

    def _until(self, end: str) -> Iterator[Any]:
        for event in self._events:
            if type(event).__name__ == end:
                return
            yield event

    def _add(self, event: Any, path: str, message: str) -> None:
        self._faults.append(Fault(path, message, event.start_mark.line + 1))


def resolve(plain: str) -> object:
    """What a plain (unquoted) scalar means by the core schema; there "yes" and "2030-01-31" are texts.

    Examples
    --------
    >>> [resolve(plain) for plain in ("9.90", "0x1F", "true", "~", "yes", "2030-01-31")]
    [9.9, 31, True, None, 'yes', '2030-01-31']
    """
    if _NULL.fullmatch(plain):
        return None
    if _TRUE.fullmatch(plain) or _FALSE.fullmatch(plain):
        return plain[0] in "tT"
    if _DECIMAL.fullmatch(plain):
        return int(plain)
    if _OCTAL.fullmatch(plain) or _HEXADECIMAL.fullmatch(plain):
        return int(plain, 0)
    if _FLOAT.fullmatch(plain):
        return float(plain)
    return float(plain.replace(".", "")) if _INFINITE.fullmatch(plain) else plain


def joined(path: str, key: str) -> str:
    """The path of a key inside what stands at `path`.

    Examples
    --------
    >>> joined("tasks[2]", "title"), joined("", "a key")
    ('tasks[2].title', '["a key"]')
    """
    if not re.fullmatch(r"[\w-]+", key):
        return f"{path}[{json.dumps(key, ensure_ascii=False)}]"
    return f"{path}.{key}" if path else key


def _reason(error: MarkedYAMLError) -> str:
    parts = [str(part).strip() for part in (error.context, error.problem) if part]
    if "'\\t'" in " ".join(parts):
        return "a tab stands where spaces belong; indent with spaces"
    return ", ".join(parts)


def _first_line(error: YAMLError) -> str:
    return (str(error).splitlines() or ["it cannot be read"])[0]
