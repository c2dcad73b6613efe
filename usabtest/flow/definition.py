"""A study as one participant plays it: what the snippet and the widget are told (docs/wire-format.md: DEFINITION)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from urllib.parse import quote

import msgspec

from usabtest.flow.markdown import parse
from usabtest.instruments.catalogue import INSTRUMENTS
from usabtest.studyfile.types import Criterion, CriterionKind, Question, QuestionType, StudySpec, TaskSpec
from usabtest.studyfile.write import criterion_to_mapping

Json = dict[str, object]


def definition(
    spec: StudySpec,
    *,
    study_key: str,
    task_order: Sequence[int],
    pilot: bool,
    home: str,
    finish: str,
) -> Json:
    """Return what the browser needs, its tasks in this participant's order; `id` names the content."""
    content: Json = {
        "study": study_key,
        "title": spec.title,
        "language": spec.language,
        "organisation": spec.contact.organisation if spec.contact else None,
        "sites": list(spec.sites),
        "keep_query": list(spec.keep_query),
        "keep_fragment": spec.keep_fragment,
        "text": spec.recording.text,
        "idle_limit_s": spec.idle_limit_min * 60,
        "pilot": pilot,
        "home": home,
        "finish": finish,
        "tasks": [_task(spec.tasks[place]) for place in task_order],
        "after": asked(spec.after),
    }
    return {"id": hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:16], **content}


def finish_url(spec: StudySpec, *, external_id: str | None, thanks: str) -> str:
    """Where Finish leads: the study's redirect with the outside identifier in it, or our page of thanks."""
    return with_participant(spec.redirect.completed, external_id) or thanks


def with_participant(redirect: str | None, external_id: str | None) -> str | None:
    """Put the identifier from outside into a redirect."""
    return redirect.replace("{participant}", quote(external_id or "", safe="")) if redirect else None


def first_page(spec: StudySpec, task_order: Sequence[int], number: int = 0) -> str:
    """Return the address at which the attempt `number` begins: its task's, or the last one named before it."""
    for place in reversed([spec.tasks[index] for index in task_order[: number + 1]]):
        if place.start_url:
            return place.entry_url or place.start_url
    raise ValueError("a study's first task has no start_url")


def asked(questions: Sequence[str | Question]) -> list[Json]:
    """Spell out questionnaires item by item, as the widget asks them."""
    return [item for question in questions for item in _items(question)]


def _task(task: TaskSpec) -> Json:
    return {
        "key": task.key,
        "title": task.title,
        "scenario": parse(task.scenario),
        "start_url": task.start_url,
        "entry_url": task.entry_url,
        "success": [_criterion(one) for one in task.success],
        "failure": [_criterion(one) for one in task.failure],
        "finish": task.finish,
        "time_limit_s": task.time_limit_s,
        "first_click": list(task.first_click),
        "search": [_criterion(one) for one in task.search],
        "answers": [*_answers("success", task.success), *_answers("failure", task.failure)],
        "questions": asked(task.questions),
    }


def _criterion(criterion: Criterion) -> Mapping[str, object]:
    if criterion.kind is CriterionKind.ANSWER:
        return {"answer": {"question": criterion.question}}  # what is accepted stays on the server
    return criterion_to_mapping(criterion)


def _answers(side: str, criteria: Sequence[Criterion]) -> list[Json]:
    return [
        {"key": f"answer:{side}:{index}", "text": criterion.question, "type": "open", "required": True}
        for index, criterion in enumerate(criteria)
        if criterion.kind is CriterionKind.ANSWER
    ]


def _items(question: str | Question) -> list[Json]:
    if isinstance(question, Question):
        return [_own(question)]
    instrument = INSTRUMENTS[question]
    count = len(instrument.items)
    return [
        {
            "key": item.key,
            "text": item.text,
            "type": "scale",
            "required": False,
            "min": item.min,
            "max": item.max,
            "labels": list(item.labels),
            "group": instrument.key,
            "number": [number, count],
        }
        for number, item in enumerate(instrument.items, 1)
    ]


def _own(question: Question) -> Json:
    told: Json = {
        "key": question.key,
        "text": question.text,
        "type": question.type,
        "required": question.required,
    }
    if question.type is QuestionType.CHOICE:
        told |= {"options": list(question.options), "multiple": question.multiple, "other": question.other}
    elif question.type is QuestionType.SCALE:
        told |= {"min": question.min, "max": question.max}
        if question.labels:
            told["labels"] = list(question.labels)
    return told
