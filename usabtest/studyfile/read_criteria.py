"""Reads the criteria of a task, and the other places where a page or an element is named."""

from __future__ import annotations

from collections.abc import Mapping

from .criteria import glob_problems, regex_problems, selector_problems
from .document import joined
from .sections import Item, Section, did_you_mean, listed, shortened, without_repeats
from .types import Criterion, CriterionKind

PATTERN_LENGTH = 500
QUESTION_LENGTH = 1_000
MAX_CRITERIA = 50

_PROBLEMS_OF = {
    CriterionKind.URL: glob_problems,
    CriterionKind.URL_REGEX: regex_problems,
    CriterionKind.CLICK: selector_problems,
    CriterionKind.VISIBLE: selector_problems,
}
_PLAIN_KINDS = (*_PROBLEMS_OF, CriterionKind.TEXT, CriterionKind.EVENT)
# Searching is flagged on an event, and only these are events.
_SEARCH_KINDS = (CriterionKind.URL, CriterionKind.URL_REGEX, CriterionKind.CLICK, CriterionKind.EVENT)


def read_criteria(section: Section, key: str) -> tuple[Criterion, ...]:
    """The criteria of `success` or `failure`."""
    known = [kind for kind in CriterionKind if key == "success" or kind is not CriterionKind.SELF_REPORT]
    why = {CriterionKind.SELF_REPORT: "makes I'm done count as success; it belongs there only"}
    return _criteria(section, key, known, why)


def read_search(section: Section, key: str) -> tuple[Criterion, ...]:
    """What counts as searching."""
    why = {kind: f"cannot tell a search; use {listed(_SEARCH_KINDS)}" for kind in CriterionKind}
    return _criteria(section, key, list(_SEARCH_KINDS), why)


def read_selectors(section: Section, key: str) -> tuple[str, ...]:
    items = section.items(key, most=MAX_CRITERIA)
    return without_repeats((item, _pattern(item, CriterionKind.CLICK)) for item in items)


def read_urls(section: Section, key: str) -> tuple[str, ...]:
    items = section.items(key, most=MAX_CRITERIA)
    return without_repeats((item, _pattern(item, CriterionKind.URL)) for item in items)


def _criteria(
    section: Section, key: str, known: list[CriterionKind], why_not: Mapping[CriterionKind, str]
) -> tuple[Criterion, ...]:
    found = [_criterion(item, known, why_not) for item in section.items(key, most=MAX_CRITERIA)]
    return tuple(criterion for criterion in found if criterion)


def _criterion(item: Item, known: list[CriterionKind], why_not: Mapping[CriterionKind, str]) -> Criterion | None:
    form = _form(item, known)
    if form is None:
        return None
    kind, value = form
    if kind not in known:
        value.fault(why_not[kind])
        return None
    if kind in _PLAIN_KINDS:
        pattern = _pattern(value, kind)
        return Criterion(kind, pattern=pattern) if pattern else None
    if kind is CriterionKind.ANSWER:
        return _answer(value)
    if kind is CriterionKind.ALL:
        return _all(value)
    return _self_report(value)


def _form(item: Item, known: list[CriterionKind]) -> tuple[CriterionKind, Item] | None:
    """The one key of a criterion and its value."""
    if not isinstance(item.value, Mapping):
        hint = f'; write it as in url: "{shortened(item.value)}"' if isinstance(item.value, str) else ""
        item.fault(f"is no criterion; it needs one key of {listed(known)}{hint}")
        return None
    keys = [str(key) for key in item.value]
    unknown = [key for key in keys if key not in list(CriterionKind)]
    for key in unknown:
        guess = did_you_mean(key, known) or f"; known are {listed(known)}"
        item.faults.add(joined(item.path, key), f"is not a kind of criterion{guess}")
    if unknown:
        return None
    if len(keys) != 1:
        has = f"has the keys {listed(keys)}" if keys else "is empty"
        item.fault(f"{has}; a criterion has one key: make an item of each, or put them under all where both must hold")
        return None
    return CriterionKind(keys[0]), Item(next(iter(item.value.values())), joined(item.path, keys[0]), item.faults)


def _pattern(item: Item, kind: CriterionKind) -> str | None:
    # A regular expression says itself that it is too long, with its own limit.
    longest = 100_000 if kind is CriterionKind.URL_REGEX else PATTERN_LENGTH
    pattern = item.text(longest=longest, lines=kind is CriterionKind.TEXT)
    if pattern is None:
        return None
    problems = _PROBLEMS_OF[kind](pattern) if kind in _PROBLEMS_OF else ()
    for problem in problems:
        item.fault(problem)
    return None if problems else pattern


def _answer(item: Item) -> Criterion | None:
    section = item.section("answer")
    if section is None:
        return None
    question = section.required_text("question", longest=QUESTION_LENGTH, lines=True)
    accept = section.required("accept", "list the answers that are right")
    accepted = read_accept(accept) if accept else ()
    section.close()
    return Criterion(CriterionKind.ANSWER, question=question, accept=accepted)


def read_accept(item: Item) -> tuple[str, ...]:
    """A list of accepted answers with at least one in it."""
    before = len(item.faults)
    accepted = without_repeats((one, one.text(longest=PATTERN_LENGTH)) for one in item.items(most=1_000))
    if not accepted and len(item.faults) == before:
        item.fault("is empty, so that no answer would do; list at least one")
    return accepted


def _all(item: Item) -> Criterion | None:
    before = len(item.faults)
    why = {
        CriterionKind.ANSWER: "has no place inside all, for it is asked after I'm done; give it an item of its own",
        CriterionKind.SELF_REPORT: "has no place inside all; give it an item of its own",
        CriterionKind.ALL: "stands inside all; put its parts into the outer one",
    }
    parts = [_criterion(one, list(_PLAIN_KINDS), why) for one in item.items(most=MAX_CRITERIA)]
    if not parts and len(item.faults) == before:
        item.fault("is empty; list the criteria that all have to be met")
    return Criterion(CriterionKind.ALL, parts=tuple(part for part in parts if part))


def _self_report(item: Item) -> Criterion | None:
    said = item.truth()
    if said is False:
        item.fault("is false, which says nothing; write true, or leave it out")
    return Criterion(CriterionKind.SELF_REPORT) if said else None
