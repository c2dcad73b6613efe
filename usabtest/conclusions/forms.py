"""What a researcher writes beside the figures: a headline, findings in their order, and what a failure may cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from usabtest.conclusions.queries import Concluded, Cost, FindingText
from usabtest.web.forms import Form

LONGEST_TITLE = 200
LONGEST_TEXT = 2000
LONGEST_WORDS = 80
FINDINGS_AT_MOST = 12
LARGEST = 1e12
_TEXTS = ("title", "text", "seen")
_FIELDS = ("task_key", *_TEXTS)
_COST = ("visitors", "visitors_words", "share", "currency", "value", "value_words")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding in the form: what is written, and what the data suggest (kept as a suggestion while it stays so)."""

    task_key: str = ""
    title: str = ""
    text: str = ""
    seen: str = ""
    suggested_title: str = ""
    suggested_text: str = ""
    suggested_seen: str = ""
    figure: str = ""

    @property
    def written(self) -> FindingText:
        """What is kept: a text that is as suggested stays empty, and so follows the data."""
        kept = {
            name: "" if getattr(self, name) == getattr(self, f"suggested_{name}") else getattr(self, name)
            for name in _TEXTS
        }
        return FindingText(task_key=self.task_key or None, **kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionsForm:
    """The whole form as it is shown; `more` are findings that the data suggest and the list does not have."""

    values: Mapping[str, str]
    rows: tuple[FindingRow, ...]
    more: tuple[FindingRow, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    # What is said to screen readers after a row was added, moved or left out.
    moved: str = ""

    @property
    def fields(self) -> Form:
        """All fields by name, those of the findings too."""
        rows = {f"findings-{at}-{name}": getattr(row, name) for at, row in enumerate(self.rows) for name in _FIELDS}
        return Form({**self.values, **rows}, dict(self.errors))

    @property
    def concluded(self) -> Concluded:
        """What is to be kept; only of a form without errors."""
        return Concluded(
            lead=self.values["lead"],
            findings=tuple(row.written for row in self.rows),
            cost=_cost(self.values),
        )


def read_form(sent: Mapping[str, str], task_keys: Sequence[str]) -> ConclusionsForm:
    """Read what was sent, with a message for each field that must be mended."""
    values = {"lead": sent.get("lead", "").strip()}
    values |= {f"cost-{name}": sent.get(f"cost-{name}", "").strip() for name in ("task_key", *_COST)}
    rows = _rows(sent, "findings")
    errors = {
        **_too_long("lead", values["lead"], LONGEST_TITLE),
        **_row_errors(rows, task_keys),
        **_cost_errors(values, task_keys),
    }
    return ConclusionsForm(values=values, rows=rows, more=_rows(sent, "more"), errors=errors)


def rearranged(form: ConclusionsForm, what: str) -> ConclusionsForm:
    """Move, leave out, take up or add a finding: `up-1`, `down-0`, `out-2`, `take-0`, `add`; others change nothing."""
    verb, _, place = what.partition("-")
    rows, more = list(form.rows), list(form.more)
    at = int(place) if place.isdecimal() else -1
    said = ""
    if verb == "add" and len(rows) < FINDINGS_AT_MOST:
        rows.append(FindingRow())
        said = f"Finding {len(rows)} is added."
    elif verb == "take" and 0 <= at < len(more) and len(rows) < FINDINGS_AT_MOST:
        rows.append(more.pop(at))
        said = f"Finding {len(rows)} is added."
    elif verb == "out" and 0 <= at < len(rows):
        gone = rows.pop(at)
        said = f"Finding {at + 1} is left out."
        if gone.suggested_title:
            more.insert(0, gone)
    elif verb in {"up", "down"} and 0 <= at < len(rows):
        to = at - 1 if verb == "up" else at + 1
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
            said = f"Finding {at + 1} is now number {to + 1}."
    return replace(form, rows=tuple(rows), more=tuple(more), errors={}, moved=said)


def number_from(text: str, *, most: float = LARGEST) -> float | None:
    """Read a number as people type it; None if it is none, or out of bounds.

    >>> number_from("1,200"), number_from("4.20"), number_from("a lot"), number_from("-3"), number_from("nan")
    (1200.0, 4.2, None, None, None)
    """
    try:
        value = float(text.translate({ord(","): None, ord(" "): None, ord("\u00a0"): None}))
    except ValueError:
        return None
    return value if 0 <= value <= most else None


def _rows(sent: Mapping[str, str], name: str) -> tuple[FindingRow, ...]:
    rows: list[FindingRow] = []
    while len(rows) <= FINDINGS_AT_MOST and f"{name}-{len(rows)}-title" in sent:
        at = f"{name}-{len(rows)}"
        rows.append(FindingRow(**{each: sent.get(f"{at}-{each}", "").strip() for each in FindingRow.__slots__}))
    return tuple(rows)


def _row_errors(rows: Sequence[FindingRow], task_keys: Sequence[str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    if len(rows) > FINDINGS_AT_MOST:
        errors[""] = f"At most {FINDINGS_AT_MOST} findings: more than that nobody reads."
    for place, row in enumerate(rows):
        at = f"findings-{place}"
        if not row.title:
            errors[f"{at}-title"] = f"Finding {place + 1} needs a headline, or is left out."
        elif not row.task_key and not row.seen:
            errors[f"{at}-seen"] = f"Finding {place + 1} is about no task that shows it, so say what was seen."
        errors |= _too_long(f"{at}-title", row.title, LONGEST_TITLE)
        errors |= _too_long(f"{at}-text", row.text, LONGEST_TEXT)
        errors |= _too_long(f"{at}-seen", row.seen, LONGEST_TEXT)
        if row.task_key and row.task_key not in task_keys:
            errors[f"{at}-task_key"] = f"Finding {place + 1} is about a task that this study does not have."
    return errors


def _cost_errors(values: Mapping[str, str], task_keys: Sequence[str]) -> dict[str, str]:
    if not _asks_for_a_sum(values):
        return {}
    errors: dict[str, str] = {}
    if values["cost-task_key"] not in task_keys:
        errors["cost-task_key"] = "The sum is about one of the tasks."
    if number_from(values["cost-visitors"]) is None:
        errors["cost-visitors"] = "How many try it in a month: a number belongs here."
    if number_from(values["cost-value"]) is None:
        errors["cost-value"] = "What each one who fails costs: a number belongs here."
    if values["cost-share"] and number_from(values["cost-share"], most=100) is None:
        errors["cost-share"] = "A percentage from 0 to 100, or nothing: then it is the measured one."
    for name in ("visitors_words", "value_words"):
        errors |= _too_long(f"cost-{name}", values[f"cost-{name}"], LONGEST_WORDS)
    errors |= _too_long("cost-currency", values["cost-currency"], 8)
    return errors


def _asks_for_a_sum(values: Mapping[str, str]) -> bool:
    return any(values[f"cost-{name}"] for name in ("visitors", "share", "value"))


def _cost(values: Mapping[str, str]) -> Cost | None:
    if not _asks_for_a_sum(values):
        return None
    visitors, value = number_from(values["cost-visitors"]), number_from(values["cost-value"])
    share = number_from(values["cost-share"], most=100) if values["cost-share"] else None
    return Cost(
        task_key=values["cost-task_key"],
        visitors=visitors or 0,
        visitors_words=values["cost-visitors_words"] or "people a month",
        share=None if share is None else share / 100,
        value=value or 0,
        value_words=values["cost-value_words"] or "for each",
        currency=values["cost-currency"],
    )


def _too_long(name: str, text: str, most: int) -> dict[str, str]:
    return {name: f"At most {most:,} characters; these are {len(text):,}."} if len(text) > most else {}
