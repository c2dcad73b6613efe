"""A study's own questions, and standard items that are asked where they are not scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from usabtest import metrics
from usabtest.instruments.catalogue import INSTRUMENTS
from usabtest.instruments.types import Item
from usabtest.measurement.answers import rating
from usabtest.reports.answers import Answered
from usabtest.reports.figures import ChoiceFigures, OpenFigures, QuestionFigures, ScaleFigures
from usabtest.reports.why import limits, why
from usabtest.studyfile.types import Question, QuestionType

OTHER = "other"


def question_figures(
    asked: Sequence[str | Question], answers: Answered, confidence: float, *, scored_apart: frozenset[str]
) -> tuple[QuestionFigures, ...]:
    """What was answered to each question, in the order in which they are asked."""
    return tuple(_figures(question, answers, confidence) for question in _spelled_out(asked, scored_apart))


def _spelled_out(asked: Sequence[str | Question], scored_apart: frozenset[str]) -> Iterator[Question]:
    for question in asked:
        if isinstance(question, Question):
            yield question
        elif question not in scored_apart:
            yield from map(_as_question, INSTRUMENTS[question].items)


def _as_question(item: Item) -> Question:
    return Question(item.key, item.text, QuestionType.SCALE, min=item.min, max=item.max, labels=item.labels)


def _figures(question: Question, answers: Answered, confidence: float) -> QuestionFigures:
    given = [value for value in answers.values(question.key) if value not in (None, "", [])]
    match question.type:
        case QuestionType.CHOICE:
            return _choice(question, given)
        case QuestionType.SCALE:
            return _scale(question, given, confidence)
        case QuestionType.OPEN:
            texts = tuple(str(value) for value in given)
            return OpenFigures(key=question.key, type=question.type, n=len(texts), answers=texts, question=question)


def _choice(question: Question, given: Sequence[object]) -> ChoiceFigures:
    chosen = [[str(one) for one in value] if isinstance(value, list) else [str(value)] for value in given]
    counts = Counter(one for several in chosen for one in set(several) if one in question.options)
    own = [[one for one in several if one not in question.options] for several in chosen]
    named = {option: counts[option] for option in question.options}
    if question.other or any(own):
        named[_name_of_other(question)] = sum(1 for words in own if words)
    return ChoiceFigures(
        key=question.key,
        type=question.type,
        n=len(given),
        counts=named,
        question=question,
        words=tuple(_flat(own)),
    )


def _name_of_other(question: Question) -> str:
    """The key under which what is no option is counted; an option may have that very name."""
    name = OTHER
    while name in question.options:
        name += "_"
    return name


def _scale(question: Question, given: Sequence[object], confidence: float) -> ScaleFigures:
    points = [rating(value, question.min, question.max) for value in given]
    present = [point for point in points if point is not None]
    mean = metrics.rating_mean(present, question.min, question.max, confidence=confidence)
    ci = limits(mean.interval)
    counts = Counter(present)
    return ScaleFigures(
        key=question.key,
        type=question.type,
        n=mean.n,
        mean=mean.value,
        ci=ci,
        counts={str(point): counts[point] for point in range(question.min, question.max + 1)},
        reasons=why(mean=(mean.value, mean.reason), ci=(ci, mean.reason)),
        question=question,
    )


def _flat(lists: Iterable[Iterable[str]]) -> Iterator[str]:
    for each in lists:
        yield from each
