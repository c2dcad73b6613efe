"""Where it hurt, as far as the data say: the tasks that lost most successes, with the commonest cause and its place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from usabtest.metrics import Outcome
from usabtest.reports.figures import TaskReport
from usabtest.reports.pages import page_name
from usabtest.reports.seen import AttemptView
from usabtest.reports.words import PERCENT_LEADS_FROM, by_need, lost_successes, named, of, percent, plural

FINDINGS_AT_MOST = 3

# What may stand in the way, the likelier cause of equally common ones first.
_CAUSES = ("form", "marked", "network", "javascript", "wrong_path", "dead_click", "rage_click")
_THOUGHT_DONE = "thought_done"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A finding as the data word it. `figure` counts the lost successes; a researcher may word the rest better."""

    task_key: str
    task_title: str
    lost: int
    n: int
    title: str
    figure: str
    text: str
    seen: str


@dataclass(frozen=True, slots=True)
class _Cause:
    """What people met who did not succeed, where most of them met it, on how many pages, and how many people."""

    kind: str
    what: str
    page: str
    pages: int
    people: int


def suggest(tasks: Sequence[TaskReport]) -> tuple[Suggestion, ...]:
    """Suggest a finding for each task that lost successes, the one that lost most first.

    This reads each lost attempt of these tasks, so ask for those that are shown.
    """
    return tuple(map(_suggestion, by_loss(tasks)))


def by_loss(tasks: Sequence[TaskReport]) -> tuple[TaskReport, ...]:
    """The tasks that lost successes, the one that lost most first."""
    return tuple(task for task in by_need(tuple(tasks)) if task.n and lost_successes(task))


def figure_sentence(task: TaskReport) -> str:
    """How many did not manage a task, as far as so few people may be counted.

    Below 25 people counts lead; the percentage stands in the small print of other sections.
    """
    lost = lost_successes(task)
    if task.n >= PERCENT_LEADS_FROM:
        return f"{percent(lost / task.n)} did not manage {named(task.title)} by themselves ({of(lost, task.n)})."
    return f"{of(lost, task.n)} did not manage {named(task.title)} by themselves."


def readable(what: str) -> str:
    """A recorded element as people would name it, as far as its selector says.

    Examples
    --------
    >>> readable("form > input#voucher-code"), readable("button[name=apply]"), readable("/api/voucher")
    ('voucher code', 'apply', '/api/voucher')
    """
    last = (
        re.split(r"\s*(?:>>>|>|\s)\s*", what.strip())[-1]
        if what.startswith(tuple("#.[abcdefghijklmnopqrstuvwxyz"))
        else ""
    )
    found = re.search(r"#([\w-]+)|\[[\w-]+=[\"']?([^\"'\]]+)", last)
    name = next((group for group in found.groups() if group), "") if found else ""
    plain = re.sub(r"[-_]+", " ", name).strip() or what
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1]}…"


def _suggestion(task: TaskReport) -> Suggestion:
    lost = task.lost
    cause = _commonest(lost)
    ends = Counter(_end(one) for one in lost)
    return Suggestion(
        task_key=task.key,
        task_title=task.title,
        lost=len(lost),
        n=task.n,
        title=(
            _title_of_cause(cause)
            if cause and 2 * cause.people >= len(lost)
            else _title_of_end(task.title, ends.most_common(1)[0][0])
        ),
        figure=figure_sentence(task),
        text=_text(cause, len(lost)) if cause else "",
        seen=" ".join(_seen(ends, lost)),
    )


def _commonest(lost: Sequence[AttemptView]) -> _Cause | None:
    """What most of them met; what only one of several met is chance."""
    met: Counter[tuple[str, str]] = Counter()
    pages: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in lost:
        if one.row.measures is not None:
            happened = (*one.row.measures.errors, *one.row.measures.signals)
            places = {(each.kind, each.what, each.page) for each in happened if each.kind in _CAUSES}
            # One and the same wherever it was met: a banner that does nothing stands on every page.
            met.update({(kind, what) for kind, what, _ in places})
            for kind, what, page in places:
                pages[kind, what][page_name(page)] += 1
    if not met:
        return None
    (kind, what), people = min(met.items(), key=lambda item: (-item[1], _CAUSES.index(item[0][0]), item[0]))
    if people < 2 <= len(lost):
        return None
    found = pages[kind, what]
    page = min(found, key=lambda page: (-found[page], page))
    return _Cause(kind, what, page, len(found), people)


def _end(one: AttemptView) -> str:
    return _THOUGHT_DONE if one.row.said == "done" and one.row.outcome == Outcome.FAILURE else str(one.row.outcome)


def _title_of_cause(cause: _Cause) -> str:
    what, where = readable(cause.what), _where(cause)
    return {
        "form": f"The field {named(what)} refuses what people put in",
        "marked": f"The site reports an error: {what}",
        "network": f"A request of the site fails: {page_name(cause.what)}",
        "javascript": f"A script of the site fails {where}",
        "wrong_path": f"People leave the way at {cause.page}",
        "dead_click": f"A click on {named(what)} does nothing",
        "rage_click": f"People click on {named(what)} again and again",
    }[cause.kind]


def _where(cause: _Cause) -> str:
    return f"on {cause.page}" if cause.pages == 1 else f"on {cause.pages} pages"


def _text(cause: _Cause, lost: int) -> str:
    what, where = readable(cause.what), _where(cause)
    met = {
        "form": f"had a form refused {where}",
        "marked": f"met an error that the site told {where}: {named(what)}",
        "network": f"met a request of the site that failed, {where}",
        "javascript": f"met an error in the site’s own script, {where}",
        "wrong_path": f"went to {cause.page}, which does not lead there",
        "dead_click": f"clicked on {named(what)} in vain, {where}",
        "rage_click": f"clicked on {named(what)} again and again, {where}",
    }[cause.kind]
    whom = (
        "The one who failed"
        if lost == 1
        else "All of them"
        if cause.people == lost
        else f"{cause.people} of these {lost}"
    )
    return f"{whom} {met}."


def _title_of_end(title: str, end: str) -> str:
    task = named(title)
    return {
        _THOUGHT_DONE: f"{task}: people think they are done before they are",
        Outcome.FAILURE: f"{task} ends in the wrong place",
        Outcome.GAVE_UP: f"{task}: people give up",
        Outcome.TIMED_OUT: f"{task} takes longer than there is time for",
        Outcome.ABANDONED: f"{task}: people leave",
        Outcome.ASSISTED: f"{task} needs help",
        Outcome.PARTIAL: f"{task} is managed only in part",
    }[end]


_ENDS = {
    _THOUGHT_DONE: "thought it was done and it was not",
    Outcome.FAILURE: "ended in the wrong place",
    Outcome.GAVE_UP: "gave up",
    Outcome.TIMED_OUT: "ran out of time",
    Outcome.ABANDONED: "left",
    Outcome.ASSISTED: "needed help",
    Outcome.PARTIAL: "managed a part of it",
}


def _seen(ends: Counter[str], lost: Sequence[AttemptView]) -> Iterator[str]:
    told = [f"{count:,} {_ENDS[end]}" for end, count in ends.most_common()]
    yield f"{', '.join(told)}."
    last = Counter(one.row.measures.path[-1].page for one in lost if one.row.measures and one.row.measures.path)
    if last:
        page, people = last.most_common(1)[0]
        if people > 1 and 2 * people >= len(lost):
            yield f"{plural(people, 'person', 'people')} ended on {page_name(page)}."
