"""What it may cost: visitors × share who fail × value of each, every assumption in sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from usabtest.conclusions.forms import LARGEST, number_from
from usabtest.conclusions.queries import Cost
from usabtest.reports.figures import TaskReport

COST_CHANGES = ("visitors", "share", "value")
"""What a reader may put into the sum, by query parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostShown:
    """The sum, its assumptions, and in which limits it lies; without limits the share was assumed, not measured.

    `share` is a fraction. `faults` name what was put in and is no number, by field: then the sum stands as it was.
    """

    task_key: str
    task_title: str
    visitors: float
    visitors_words: str
    share: float
    value: float
    currency: str
    value_words: str
    limits: tuple[float, float] | None
    faults: Mapping[str, str]

    @property
    def total(self) -> str:
        return money(self.visitors * self.share * self.value, self.currency)

    @property
    def likely(self) -> str:
        if self.limits is None:
            return ""
        low, high = (money(self.visitors * limit * self.value, self.currency) for limit in self.limits)
        return f"Likely between {low} and {high}"

    @property
    def visitors_text(self) -> str:
        return _plain(self.visitors)

    @property
    def share_text(self) -> str:
        return _plain(round(100 * self.share, 1))

    @property
    def value_text(self) -> str:
        return _plain(self.value)


def cost_shown(cost: Cost | None, tasks: Mapping[str, TaskReport], changes: Mapping[str, str]) -> CostShown | None:
    """Make the sum, with what a reader has put in instead (`visitors`, `share` in percent, `value`).

    None where nobody has said what a failure costs, or where nobody has tried the task.
    """
    if cost is None or (task := tasks.get(cost.task_key)) is None:
        return None
    measured = _failing(task)
    share = measured[0] if cost.share is None and measured else cost.share
    if share is None:
        return None
    shown = CostShown(
        task_key=task.key,
        task_title=task.title,
        visitors=cost.visitors,
        visitors_words=cost.visitors_words,
        share=share,
        value=cost.value,
        currency=cost.currency,
        value_words=cost.value_words,
        limits=measured[1] if cost.share is None and measured else None,
        faults={},
    )
    return _changed(shown, changes)


def money(amount: float, currency: str) -> str:
    """An amount to two figures: more would claim more than the sum knows.

    >>> money(2923.2, "£"), money(12.4, "CHF"), money(0, "€"), money(1_249_000, "$")
    ('£2,900', 'CHF\\xa012', '€0', '$1,200,000')
    """
    rounded = round(amount, 1 - _magnitude(amount))
    text = f"{rounded:,.0f}" if rounded >= 10 or rounded == int(rounded) else f"{rounded:,.2f}"
    return f"{currency}{text}" if len(currency) == 1 else f"{currency}\u00a0{text}".strip()


def _magnitude(amount: float) -> int:
    return len(str(int(amount))) - 1 if amount >= 1 else 0


def _failing(task: TaskReport) -> tuple[float, tuple[float, float]] | None:
    """The share who do not succeed, and its limits: the other side of success."""
    rate, ci = task.success.rate, task.success.ci
    return None if rate is None or ci is None else (1 - rate, (1 - ci[1], 1 - ci[0]))


def _changed(shown: CostShown, changes: Mapping[str, str]) -> CostShown:
    put_in = {name: changes[name] for name in COST_CHANGES if changes.get(name, "").strip()}
    read = {name: number_from(text, most=100 if name == "share" else LARGEST) for name, text in put_in.items()}
    faults = {
        name: "A percentage from 0 to 100 belongs here." if name == "share" else "A number belongs here."
        for name, value in read.items()
        if value is None
    }
    share = read.get("share")
    # Who leaves the measured share as it is keeps its limits.
    kept = share is None or put_in["share"] == shown.share_text
    return replace(
        shown,
        visitors=_given(read.get("visitors"), shown.visitors),
        value=_given(read.get("value"), shown.value),
        share=shown.share if kept or share is None else share / 100,
        limits=shown.limits if kept else None,
        faults=faults,
    )


def _given(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _plain(value: float) -> str:
    return f"{value:,.2f}".removesuffix(".00") if value != round(value, 1) else f"{value:,.1f}".removesuffix(".0")
