"""A section as a form: shown from a file, read back from what was sent, with the faults at their fields."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from usabtest.errors import Fault
from usabtest.studies.forms.fields import Control, Group, Of, Reads, RowList, Section
from usabtest.studies.forms.rows import (
    Row,
    Sent,
    blank_row,
    lines,
    moved,
    number,
    rows_from_file,
    rows_from_form,
    to_file,
)
from usabtest.studies.forms.sections import TASK
from usabtest.studyfile.types import StudySpec, TaskSpec

File = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mend:
    """One entry of the error summary: what to mend, and the field it is at, if it is on this page."""

    message: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SectionForm:
    """What a section's page shows: values and rows by name, errors at their fields and in the summary."""

    values: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    mend: tuple[Mend, ...] = ()

    def open(self, group: Group) -> bool:
        """Whether something in a folded group is filled in, or has to be mended."""
        return any(
            self.values.get(item.name) or self.rows.get(item.name) or _at(self.errors, item.name)
            for item in group.items
            if item.path != "key" or _at(self.errors, item.name)
        )


def form_of(section: Section, content: StudySpec | TaskSpec | None, file: Mapping[str, Any]) -> SectionForm:
    """The form of what is saved; `file` is the same content as its mapping."""
    values = {item.name: _shown(item, content) for item in _controls(section)}
    rows = {item.name: rows_from_file(item, _list_of(item, file)) for item in _row_lists(section)}
    return SectionForm(values, rows)


def form_sent(section: Section, sent: Sent, *, saved: SectionForm, frozen: bool) -> SectionForm:
    """The form of what was just sent; what is frozen was not, and stays as it is saved."""
    values, rows = dict(saved.values), dict(saved.rows)
    for item in section.items(frozen=frozen):
        if isinstance(item, RowList):
            rows[item.name] = rows_from_form(item, sent)
        elif item.reads is Reads.CHOICES:
            values[item.name] = sent.getlist(item.name)
        else:
            values[item.name] = sent.get(item.name, "").replace("\r\n", "\n")
    return SectionForm(values, rows)


def write_into(file: File, section: Section, form: SectionForm, *, frozen: bool) -> File:
    """The file with what the form says; what is frozen is left as it was, for its controls are not sent."""
    written = copy.deepcopy(file)
    for item in section.items(frozen=frozen):
        if isinstance(item, RowList):
            _write(written, item.path, to_file(item, form.rows[item.name]), always=item.path in {"after", "questions"})
        else:
            content = _meant(item, form.values[item.name])
            _write(written, item.path, content, always=item.reads is Reads.CHOICES)
    return written


def pressed(section: Section, form: SectionForm, button: str) -> SectionForm:
    """The form after one of its row buttons was pressed: LIST.add, LIST.PLACE.up, LIST.PLACE.parts.add and so on."""
    lists = {item.name: item for item in _row_lists(section)}
    name, *steps = button.split(".")
    if name not in lists:
        return form
    rows = _stepped(lists[name], form.rows[name], steps)
    return replace(form, rows={**form.rows, name: rows})


def adds_a_row(button: str) -> bool:
    return button.endswith(".add")


def with_faults(section: Section, form: SectionForm, faults: Iterable[Fault], *, prefix: str = "") -> SectionForm:
    """The form with each fault at its field; `prefix` is where the section's content stands in the file."""
    errors: dict[str, str] = {}
    mend = []
    for fault in faults:
        placed = _placed(section, form, fault, prefix)
        mend.append(placed)
        if placed.name:
            alone = _sentence(fault.message)
            errors[placed.name] = f"{errors[placed.name]} {alone}" if placed.name in errors else alone
    return replace(form, errors=errors, mend=tuple(mend))


def _stepped(rows: RowList, content: tuple[Row, ...], steps: list[str]) -> tuple[Row, ...]:
    match steps:
        case ["add"]:
            return (*content, blank_row(rows, str(len(content))))
        case [place, ("up" | "down" | "remove") as what] if place.isdigit():
            return moved(content, int(place), what)
        case [place, "parts", *rest] if place.isdigit() and int(place) < len(content):
            row = content[int(place)]
            parts = (
                (*row.parts, Row(str(len(row.parts)), "url")) if rest == ["add"] else _stepped(rows, row.parts, rest)
            )
            changed = replace(row, parts=parts)
            return tuple(changed if one is row else one for one in content)
    return content


def _placed(section: Section, form: SectionForm, fault: Fault, prefix: str) -> Mend:
    path = fault.path.removeprefix(prefix)
    if path == fault.path and prefix:
        return Mend(_said(_elsewhere(fault.path), fault.message))
    for item in section.all_items():
        rest = _below(path, item.path)
        if rest is None:
            continue
        if isinstance(item, RowList) and rest:
            name, label = _row_field(item, rest)
            known = name if _is_shown(form, item, rest) else item.name
            return Mend(_said(label, fault.message), known)
        place = re.match(r"\[(\d+)\]", rest)
        label = f"{item.label}, line {int(place[1]) + 1}" if place and isinstance(item, Control) else item.label
        return Mend(_said(label, fault.message), item.name)
    return Mend(_said(_elsewhere(fault.path), fault.message))


def _elsewhere(path: str) -> str:
    """The words for a place on another page of the editor."""
    in_task = re.fullmatch(r"tasks\[(\d+)\]\.?(.*)", path)
    if in_task is None:
        return path
    fields = [item.label for item in TASK.all_items() if _below(in_task[2], item.path) is not None]
    return ", ".join((f"Task {int(in_task[1]) + 1}", *(field.lower() for field in fields)))


def _is_shown(form: SectionForm, item: RowList, rest: str) -> bool:
    place = re.match(r"\[(\d+)\]", rest)
    return place is not None and int(place[1]) < len(form.rows.get(item.name, ()))


def _row_field(item: RowList, rest: str) -> tuple[str, str]:
    """The control's name and the words for a fault in a row, such as `[1].all[0].url`."""
    places = [int(place) for place in re.findall(r"\[(\d+)\]", rest)]
    keys = re.findall(r"\.([a-z_]+)", rest)
    label = f"{item.label}, row {places[0] + 1}"
    prefix = f"{item.name}-{places[0]}"
    if "all" in keys:
        if len(places) < 2:
            return f"{prefix}-kind", label
        return f"{prefix}-parts-{places[1]}-value", f"{label}, part {places[1] + 1}"
    if item.of in {Of.QUESTIONS, Of.SCREENER}:
        return f"{prefix}-{_question_control(keys, places)}", label
    if "answer" in keys:
        return f"{prefix}-{keys[-1] if keys[-1] in {'question', 'accept'} else 'question'}", label
    return f"{prefix}-{'kind' if not keys and item.of is Of.CRITERIA else 'value'}", label


def _question_control(keys: list[str], places: list[int]) -> str:
    if not keys or keys[0] == "type":
        return "kind"
    if keys[0] == "labels":
        return "high" if places[1:] == [1] else "low"
    return keys[0]


def _below(path: str, owner: str) -> str | None:
    """What is left of a path behind the field that it lies in; None if it lies elsewhere."""
    if path == owner or path.startswith((f"{owner}.", f"{owner}[")):
        return path[len(owner) :]
    return None


def _said(label: str, message: str) -> str:
    message = _plain(message)
    joined = " " if message.split(" ", 1)[0] in _VERBS else ": "
    return f"{label}{joined}{message}" if label else _sentence(message)


_VERBS = frozenset({"is", "has", "stands", "belongs", "cannot", "leads", "goes", "contains", "looks", "needs", "makes"})


def _sentence(message: str) -> str:
    message = _plain(message)
    if message.split(" ", 1)[0] in _VERBS:
        message = f"it {message}"
    begun = message if message.startswith("http") else message[:1].upper() + message[1:]
    return begun + ("" if message.endswith((".", "?")) else ".")


def _plain(message: str) -> str:
    """A fault of the file in the words of a form, where there are no keys to leave out."""
    message = _NO_NUMBER.sub(r"is “\1”, which is not a number", message)
    return message.replace("write something, or leave the key out where it is optional", "write something").replace(
        "; put it in quotes", ""
    )


_NO_NUMBER = re.compile(r'^is the text "(.*)" where a number has to stand$')


def _shown(item: Control, content: StudySpec | TaskSpec | None) -> Any:
    value: Any = content
    for name in item.path.split("."):
        value = getattr(value, name, None)
    if item.reads is Reads.CHOICES:
        return [str(one) for one in value or ()]
    if value is None:
        return _OF_A_NEW_TASK.get(item.path, "") if content is None else ""
    return _text_of(item, value)


_OF_A_NEW_TASK = {"finish": "participant"}


def _text_of(item: Control, value: Any) -> str:
    if item.reads is Reads.LINES:
        return "\n".join(value)
    if item.reads is Reads.TRUTH:
        return "yes" if value else ""
    if item.reads is Reads.MINUTES:
        return minutes_text(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _meant(item: Control, value: Any) -> Any:
    """What a control's text means in the file; None takes it out."""
    if item.reads is Reads.CHOICES:
        return list(value)
    text = value.strip()
    if item.reads is Reads.TRUTH:
        return True if text else None
    if item.reads is Reads.LINES:
        return lines(text) or None
    if not text:
        return None
    if item.reads is Reads.NUMBER:
        return number(text)
    if item.reads is Reads.MINUTES:
        return seconds(text)
    # Prose is kept to the letter, so that a text that nobody touched stays the same.
    return value if item.type == "textarea" else text


def minutes_text(seconds_: float) -> str:
    """Seconds as whole minutes, or as minutes and seconds.

    >>> minutes_text(300), minutes_text(90), minutes_text(62.5)
    ('5', '1:30', '1:02.5')
    """
    minutes, rest = divmod(seconds_, 60)
    if rest == 0:
        return f"{minutes:g}"
    return f"{minutes:g}:{'0' if rest < 10 else ''}{rest:g}"


def seconds(text: str) -> int | float | str:
    """The seconds that minutes stand for, or the text itself where it is neither.

    >>> seconds("5"), seconds("1:30"), seconds("0.5"), seconds("soon")
    (300, 90, 30.0, 'soon')
    """
    parts = re.fullmatch(r"([0-9]{1,6}):([0-5]?[0-9](?:\.[0-9]{1,3})?)", text)
    if parts:
        rest = number(parts[2])
        return int(parts[1]) * 60 + rest if not isinstance(rest, str) else text
    minutes = number(text)
    return text if isinstance(minutes, str) else minutes * 60


def _write(file: File, path: str, content: Any, *, always: bool) -> None:
    name, _, rest = path.partition(".")
    if rest:
        inside = file.setdefault(name, {})
        _write(inside, rest, content, always=always)
        content, always = inside or None, False
    if content is None or (content == [] and not always):
        file.pop(name, None)
    else:
        file[name] = content


def _list_of(item: RowList, file: Mapping[str, Any]) -> list[Any]:
    default = {"after": ["sus"], "questions": ["seq"]}.get(item.path, [])
    return list(file.get(item.path, default))


def _at(errors: Mapping[str, str], name: str) -> bool:
    return any(key == name or key.startswith(f"{name}-") for key in errors)


def _controls(section: Section) -> Iterator[Control]:
    return (item for item in section.all_items() if isinstance(item, Control))


def _row_lists(section: Section) -> Iterator[RowList]:
    return (item for item in section.all_items() if isinstance(item, RowList))
