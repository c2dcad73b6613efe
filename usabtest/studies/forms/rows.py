"""Lists of rows: criteria, patterns, questions. From the file to rows, from what was sent to rows, and to the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from usabtest.studies.forms.fields import Of, RowList
from usabtest.studyfile.keys import free_key, is_key, key_from

Sent = MultiDict[str, str]
OWN_QUESTIONS = ("open", "choice", "scale")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the page; which of its texts count follows from its kind.

    `token` is its place in the names of its controls, `LIST-TOKEN-NAME`.
    """

    token: str
    kind: str
    texts: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Row, ...] = ()


def rows_from_file(rows: RowList, content: Sequence[Any]) -> tuple[Row, ...]:
    """The rows that show a list of the file."""
    made = {Of.CRITERIA: _criterion_row, Of.PATTERNS: _pattern_row(rows)}.get(rows.of, _question_row)
    return tuple(made(str(place), one) for place, one in enumerate(content))


def rows_from_form(rows: RowList, sent: Sent) -> tuple[Row, ...]:
    """The rows that were sent, in the order in which they stood in the page."""
    return numbered(_sent_rows(rows.name, sent))


def numbered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Give each row its place as token, so that the faults of the file find it."""
    return tuple(replace(row, token=str(place), parts=numbered(row.parts)) for place, row in enumerate(rows))


def blank_row(rows: RowList, token: str) -> Row:
    """A new row; `token` is where it will stand."""
    kind = next((kind for kind, _ in rows.kinds if kind in OWN_QUESTIONS), rows.kinds[0][0])
    return Row(token, kind, {"min": "1", "max": "7"})


def to_file(rows: RowList, content: Sequence[Row]) -> list[Any]:
    """What the rows say, as the file has it."""
    if rows.of is Of.CRITERIA:
        return [_criterion(row) for row in content]
    if rows.of is Of.PATTERNS:
        return [row.texts.get("value", "").strip() for row in content]
    return _questions(content, screener=rows.of is Of.SCREENER)


def moved(rows: tuple[Row, ...], place: int, what: str) -> tuple[Row, ...]:
    """Rows after a press on up, down or remove at `place`."""
    kept = list(rows)
    if not 0 <= place < len(kept):
        return rows
    row = kept.pop(place)
    if what != "remove":
        kept.insert(max(0, place - 1) if what == "up" else place + 1, row)
    return numbered(kept)


def _sent_rows(name: str, sent: Sent) -> list[Row]:
    pattern = re.compile(rf"{re.escape(name)}-([A-Za-z0-9]+)-kind")
    tokens = [found[1] for key in sent if (found := pattern.fullmatch(key))]
    return [_sent_row(f"{name}-{token}", sent) for token in tokens]


def _sent_row(prefix: str, sent: Sent) -> Row:
    texts = {
        key[len(prefix) + 1 :]: value.replace("\r\n", "\n")
        for key, value in sent.items()
        if key.startswith(f"{prefix}-") and "-" not in key[len(prefix) + 1 :]
    }
    return Row("", texts.pop("kind"), texts, tuple(_sent_rows(f"{prefix}-parts", sent)))


def _criterion_row(token: str, criterion: Mapping[str, Any]) -> Row:
    kind, value = next(iter(criterion.items()))
    if kind == "answer":
        return Row(token, kind, {"question": value["question"], "accept": "\n".join(value["accept"])})
    if kind == "all":
        return Row(token, kind, parts=tuple(_criterion_row(str(place), one) for place, one in enumerate(value)))
    return Row(token, kind, {} if kind == "self_report" else {"value": value})


def _pattern_row(rows: RowList) -> Any:
    return lambda token, pattern: Row(token, rows.kinds[0][0], {"value": pattern})


def _question_row(token: str, question: str | Mapping[str, Any]) -> Row:
    if isinstance(question, str):
        return Row(token, question, {"min": "1", "max": "7"})
    low, high = question.get("labels", ("", ""))
    texts = {
        "key": question["key"],
        "text": question["text"],
        "options": "\n".join(question.get("options", ())),
        "accept": "\n".join(map(str, question.get("accept", ()))),
        "min": str(question.get("min", 1)),
        "max": str(question.get("max", 7)),
        "low": low,
        "high": high,
        **{name: "yes" for name in ("required", "multiple", "other") if question.get(name)},
    }
    return Row(token, question["type"], texts)


def _criterion(row: Row) -> dict[str, Any]:
    if row.kind == "answer":
        return {"answer": {"question": row.texts.get("question", "").strip(), "accept": lines(row.texts.get("accept"))}}
    if row.kind == "all":
        return {"all": [_criterion(part) for part in row.parts]}
    if row.kind == "self_report":
        return {"self_report": True}
    return {row.kind: row.texts.get("value", "").strip()}


def _questions(rows: Sequence[Row], *, screener: bool) -> list[Any]:
    taken = {row.texts.get("key", "").strip() for row in rows}
    read: list[Any] = []
    for row in rows:
        if row.kind not in OWN_QUESTIONS:
            read.append(row.kind)
            continue
        key = row.texts.get("key", "").strip() or _made_key(row, taken)
        taken.add(key)
        read.append(_question(row, key, screener=screener))
    return read


def _made_key(row: Row, taken: set[str]) -> str:
    made = key_from(row.texts.get("text", ""), otherwise="question", longest=40)
    return free_key(made if is_key(made) else "question", taken)


def _question(row: Row, key: str, *, screener: bool) -> dict[str, Any]:
    texts = row.texts
    question: dict[str, Any] = {"key": key, "text": texts.get("text", "").strip(), "type": row.kind}
    if "required" in texts and not screener:
        question["required"] = True
    if row.kind == "choice":
        question |= {"options": lines(texts.get("options"))}
        question |= {name: True for name in ("multiple", "other") if name in texts}
    if row.kind == "scale":
        question |= {"min": number(texts.get("min", "1")), "max": number(texts.get("max", "7"))}
        labels = [texts.get("low", "").strip(), texts.get("high", "").strip()]
        question |= {"labels": labels} if any(labels) else {}
    if screener:
        question["accept"] = lines(texts.get("accept"))
    return question


def lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def number(text: str) -> int | float | str:
    """The number that a text is, or the text itself: the reader of study files says what is wrong with it."""
    text = text.strip()
    if re.fullmatch(r"-?[0-9]{1,15}", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?[0-9]{0,15}\.[0-9]{1,6}", text) else text
