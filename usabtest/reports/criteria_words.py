"""What decides a task, in words."""

from __future__ import annotations

from usabtest.reports.direction import isolated
from usabtest.reports.words import duration, named
from usabtest.studyfile.types import Criterion, CriterionKind, Finish, TaskSpec


def how_it_ends(task: TaskSpec) -> str:
    """When a task ends in success or failure, and how long one may try."""
    said = (
        f"Ends in success when {_any_of(task.success)}."
        if task.success
        else "Ends in success when a participant says so."
    )
    if task.failure:
        said += f" Ends in failure when {_any_of(task.failure)}."
    if task.finish is Finish.AUTO:
        said += " It ends by itself."
    if task.time_limit_s:
        said += f" Limit {duration(task.time_limit_s)}."
    return said


def in_words(criterion: Criterion) -> str:
    """Say what has to happen."""
    match criterion.kind:
        case CriterionKind.URL:
            return f"the page {isolated(criterion.pattern)} is reached"
        case CriterionKind.URL_REGEX:
            return f"the address matches {criterion.pattern}"
        case CriterionKind.CLICK:
            return f"{criterion.pattern} is clicked"
        case CriterionKind.VISIBLE:
            return f"{criterion.pattern} is in view"
        case CriterionKind.TEXT:
            return f"{named(criterion.pattern)} can be read"
        case CriterionKind.EVENT:
            return f"the site reports {named(criterion.pattern)}"
        case CriterionKind.ANSWER:
            accepted = " or ".join(named(one) for one in criterion.accept)
            return f"{named(criterion.question)} is answered with {accepted}"
        case CriterionKind.ALL:
            return " and ".join(map(in_words, criterion.parts))
        case CriterionKind.SELF_REPORT:
            return "the participant says so"


def _any_of(criteria: tuple[Criterion, ...]) -> str:
    return ", or ".join(map(in_words, criteria))
