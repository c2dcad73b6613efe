"""How sure we are: what the data carry, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from usabtest.reports.figures import CompletenessFigures, SusFigures, TaskReport
from usabtest.reports.words import (
    AVERAGE_SUS,
    COUNTS_ONLY_BELOW,
    PERCENT_LEADS_FROM,
    TOO_FEW,
    lost_successes,
    named,
    people,
    plural,
)

SAID_AT_MOST = 3
# From how many of 100 on, at the least, a failing task is worth acting on, and a working one works for most.
MANY = 0.2
MOST = 0.5


def sure_enough(tasks: Sequence[TaskReport]) -> tuple[str, ...]:
    """What will likely be so with other people, too; the tasks that lost most first."""
    said = [*_stops(tasks), *_works(tasks)]
    return tuple(said[:SAID_AT_MOST])


def not_sure_yet(
    tasks: Sequence[TaskReport],
    findings: Sequence[TaskReport | None],
    sus: SusFigures | None,
    completeness: CompletenessFigures,
) -> tuple[str, ...]:
    """What could turn out otherwise. `findings` are the tasks of the findings, in their order."""
    tried = max((task.n for task in tasks), default=0)
    said = [*_order(findings)]
    if tried < COUNTS_ONLY_BELOW:
        said.append(TOO_FEW)
    elif tried < PERCENT_LEADS_FROM:
        said.append(f"{people(tried)} show what goes wrong, not exactly how often.")
    if sus is not None and sus.ci is not None and sus.ci[0] <= AVERAGE_SUS <= sus.ci[1]:
        said.append("Whether it is easier or harder to use than the average product.")
    if missing := completeness.events_missing + completeness.dropped_in_browser:
        said.append(f"{plural(missing, 'recorded event')} did not arrive: a click or an error may be missing.")
    return tuple(said[: SAID_AT_MOST + 1])


def _stops(tasks: Sequence[TaskReport]) -> Iterator[str]:
    for task in sorted(tasks, key=lambda task: -lost_successes(task)):
        if task.success.ci is not None and task.n >= COUNTS_ONLY_BELOW and 1 - task.success.ci[1] >= MANY:
            low, high = (round(100 * (1 - limit)) for limit in reversed(task.success.ci))
            yield f"{named(task.title)} stops many people: of 100, likely {low} to {high} would not manage it."


def _works(tasks: Sequence[TaskReport]) -> Iterator[str]:
    for task in sorted(tasks, key=lambda task: -(task.success.ci or (0, 0))[0]):
        if task.success.ci is not None and task.n >= COUNTS_ONLY_BELOW and task.success.ci[0] > MOST:
            low, high = (round(100 * limit) for limit in task.success.ci)
            yield f"{named(task.title)} works for most people: of 100, likely {low} to {high} would manage it."


def _order(findings: Sequence[TaskReport | None]) -> Iterator[str]:
    """Which neighbours could change places: their intervals overlap."""
    swapped = [
        place
        for place, (first, second) in enumerate(pairwise(findings), start=1)
        if first is not None and second is not None and first is not second and _overlap(first, second)
    ]
    if swapped == [1, 2]:
        yield "The order of the findings could be another with other people."
    else:
        for place in swapped:
            yield f"The order of findings {place} and {place + 1} could swap with other people."


def _overlap(first: TaskReport, second: TaskReport) -> bool:
    one, other = first.success.ci, second.success.ci
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]
