"""Reads questions: standard instruments by their keys, a study's own, and those at the door."""

from __future__ import annotations

import re
from collections.abc import Collection

from .keys import is_key, key_from
from .read_criteria import read_accept
from .sections import Item, Section, did_you_mean, listed, shortened, without_repeats
from .types import TASK_INSTRUMENTS, Question, QuestionType, ScreenerQuestion

QUESTION_LENGTH = 1_000
OPTION_LENGTH = 300
LABEL_LENGTH = 100
MAX_QUESTIONS = 100
SCALE_LIMIT = 100


def read_questions(
    section: Section, key: str, *, instruments: Collection[str], default: tuple[str, ...], taken: list[str]
) -> tuple[str | Question, ...]:
    """A list of instruments and own questions; `taken` holds the keys that answers beside these already have."""
    item = section.take(key)
    if item is None:
        return default
    read: list[str | Question] = []
    for one in item.items(most=MAX_QUESTIONS):
        found = _instrument(one, instruments) if isinstance(one.value, str) else _own(one, taken)
        if found is None:
            continue
        if isinstance(found, str) and found in read:
            one.fault(f'"{found}" stands twice in the list; keep one of them')
        read.append(found)
    return tuple(read)


def read_screener(top: Section) -> tuple[ScreenerQuestion, ...]:
    taken: list[str] = []
    found = [_screener_question(item, taken) for item in top.items("screener", most=MAX_QUESTIONS)]
    return tuple(question for question in found if question)


def _instrument(item: Item, instruments: Collection[str]) -> str | None:
    key = item.text(longest=OPTION_LENGTH)
    if key is None or key in instruments:
        return key
    if key in TASK_INSTRUMENTS:
        item.fault(f'"{key}" is asked after a task; put it into the questions of the tasks')
    else:
        guess = did_you_mean(key, instruments) or f"; known are {listed(instruments)}"
        item.fault(f'"{shortened(key)}" is no standard questionnaire{guess}, or write a question of your own')
    return None


def _own(item: Item, taken: list[str]) -> Question | None:
    section = item.section("a question")
    if section is None:
        return None
    question = _question(section, taken)
    section.close()
    return question


def _screener_question(item: Item, taken: list[str]) -> ScreenerQuestion | None:
    section = item.section("a screener question")
    if section is None:
        return None
    question = _question(section, taken)
    accept = section.required("accept", "list the answers that let somebody take part")
    section.close()
    if accept is None or question is None:
        return None
    return ScreenerQuestion(question, _accepted(accept, question))


def _question(section: Section, taken: list[str]) -> Question | None:
    key = _question_key(section.required("key"), taken)
    type_item = section.required("type", f"one of {listed(QuestionType)}")
    kind = type_item.choice(QuestionType) if type_item else None
    question = Question(
        key=key,
        text=section.required_text("text", longest=QUESTION_LENGTH, lines=True),
        type=kind or QuestionType.OPEN,
        required=section.truth("required"),
        options=section.texts("options", most=100, longest=OPTION_LENGTH),
        multiple=section.truth("multiple"),
        other=section.truth("other"),
        min=_or(section.whole("min", least=0, most=SCALE_LIMIT), 1),
        max=_or(section.whole("max", least=0, most=SCALE_LIMIT), 7),
        labels=_labels(section.take("labels")),
    )
    if kind:
        _judge(section, question)
    return question if kind else None


def _question_key(item: Item | None, taken: list[str]) -> str:
    key = item.text(longest=OPTION_LENGTH) if item else None
    if item is None or key is None:
        return ""
    if not is_key(key):
        made = key_from(key, otherwise="a-key")
        item.fault(f'"{shortened(key)}" is no key; use up to 63 of a-z, 0-9 and "-", as in "{made}"')
    elif key in TASK_INSTRUMENTS:
        item.fault(f'"{key}" is the key of a standard questionnaire; choose another one')
    elif key in taken:
        item.fault(f'"{key}" is also the key of an earlier question; each needs its own')
    taken.append(key)
    return key


def _labels(item: Item | None) -> tuple[str, str] | None:
    if item is None:
        return None
    before = len(item.faults)
    labels = [one.text(longest=LABEL_LENGTH) for one in item.items(most=100)]
    if len(item.faults) > before:
        return None
    if len(labels) != 2:
        item.fault(f"has {len(labels)} texts; it needs two, for the low end and the high end")
        return None
    low, high = labels
    return (low, high) if low and high else None


def _judge(section: Section, question: Question) -> None:
    """What belongs to one type of question stands with no other."""
    if question.type is QuestionType.CHOICE:
        if not question.options and not _faulty(section, "options"):
            section.faults.add(section.place("options"), "is missing; a choice needs its options")
    else:
        for key, given in (("options", question.options), ("multiple", question.multiple), ("other", question.other)):
            if given:
                section.faults.add(section.place(key), f"belongs to a choice, and the type is {question.type}")
    if question.type is QuestionType.SCALE:
        if question.min >= question.max:
            section.faults.add(
                section.place("max"), f"is {question.max}; it has to be larger than min, which is {question.min}"
            )
        return
    for key, given in (
        ("min", question.min != 1),
        ("max", question.max != 7),
        ("labels", question.labels is not None),
    ):
        if given:
            section.faults.add(section.place(key), f"belongs to a scale, and the type is {question.type}")


def _faulty(section: Section, key: str) -> bool:
    return any(fault.path.startswith(section.place(key)) for fault in section.faults.faults)


def _accepted(item: Item, question: Question) -> tuple[str, ...]:
    if question.type is QuestionType.SCALE:
        return _accepted_numbers(item, question)
    before = len(item.faults)
    accepted = read_accept(item)
    if question.type is QuestionType.CHOICE and question.options and len(item.faults) == before:
        for index, answer in enumerate(accepted):
            if answer not in question.options:
                guess = did_you_mean(answer, question.options)
                item.faults.add(
                    f"{item.path}[{index}]", f'"{shortened(answer)}" is not among the options of the question{guess}'
                )
    return accepted


def _accepted_numbers(item: Item, question: Question) -> tuple[str, ...]:
    """The points of a scale that let somebody in, as texts like all other answers; the file may have numbers."""
    before = len(item.faults)
    numbers = without_repeats((one, _point(one, question)) for one in item.items(most=1_000))
    if not numbers and len(item.faults) == before:
        item.fault("is empty, so that no answer would do; list at least one")
    return tuple(map(str, numbers))


def _point(item: Item, question: Question) -> int | None:
    digits = isinstance(item.value, str) and re.fullmatch(r"[0-9]{1,9}", item.value)
    number = Item(int(str(item.value)), item.path, item.faults) if digits else item
    return number.whole(least=question.min, most=question.max)


def _or(number: int | None, default: int) -> int:
    return default if number is None else number
