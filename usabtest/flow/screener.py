"""The questions at the door: reading what was chosen, and whether it lets somebody in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from usabtest.studyfile.types import QuestionType, ScreenerQuestion

FIELD = "screener-"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Screened:
    """Whether the answers let somebody in; `errors` says by question what is still to be answered."""

    admitted: bool
    errors: dict[str, str] = field(default_factory=dict)


def screened(screener: Sequence[ScreenerQuestion], sent: Callable[[str], Sequence[str]]) -> Screened:
    """Judge the answers; `sent` gives what the form has for a field.

    Of several choices one that is accepted is enough; every question must be answered, for an unanswered one
    cannot be judged.
    """
    errors: dict[str, str] = {}
    admitted = True
    for asked in screener:
        answers = _answers(FIELD + asked.question.key, sent)
        if not answers:
            errors[FIELD + asked.question.key] = "Choose an answer." if asked.question.options else "Write an answer."
        elif not _accepted(asked, answers):
            admitted = False
    return Screened(admitted=admitted and not errors, errors=errors)


def _answers(field: str, sent: Callable[[str], Sequence[str]]) -> list[str]:
    """What was chosen or written; for the choice Other, what was written beside it."""
    given = [answer.strip() for answer in sent(field)]
    if OTHER in given:
        given += [answer.strip() for answer in sent(f"{field}-{OTHER}")]
    return [answer for answer in given if answer]


def _accepted(asked: ScreenerQuestion, answers: Sequence[str]) -> bool:
    if asked.question.type is QuestionType.OPEN:
        accepted = {one.strip().casefold() for one in asked.accept}
        return any(answer.casefold() in accepted for answer in answers)
    return any(answer in asked.accept for answer in answers)
