"""What a study still needs before real people take part: found in facts, said in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from usabtest.studies.models import SnippetCheck
from usabtest.studies.people import People
from usabtest.studyfile.types import Question, StudySpec, TaskSpec

ADVISED_PILOTS = 2
SILENT_AFTER = dt.timedelta(seconds=20)

_SHORT_NAMES = {
    "seq": "SEQ",
    "sus": "SUS",
    "umux_lite": "UMUX-Lite",
    "nps": "likelihood to recommend",
    "csat": "satisfaction",
    "ces": "effort",
}
_DURATION = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|nine|twelve|a)\s+(?:day|week|month|year)s?\b", re.IGNORECASE
)


class State(StrEnum):
    """How a finding looks: passed, to be looked at, not done yet."""

    OK = "ok"
    WARN = "warn"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the list; `section` or `task` names the page of the editor on which it is mended."""

    state: State
    title: str
    text: str = ""
    section: str | None = None
    task: str | None = None


class Answer(StrEnum):
    """What a start page answered to the last check."""

    NONE = "none"
    WAITING = "waiting"
    SILENT = "silent"
    FOUND = "found"
    NO_WIDGET = "no_widget"


@dataclass(frozen=True, slots=True)
class StartPage:
    """A page on which tasks begin, and how its last check went."""

    url: str
    tasks: tuple[int, ...]
    answer: Answer
    words: str


def start_pages(spec: StudySpec, checks: Mapping[str, SnippetCheck], now: dt.datetime) -> tuple[StartPage, ...]:
    """The pages on which tasks begin, each once, with the numbers of their tasks."""
    tasks: dict[str, list[int]] = {}
    for number, task in enumerate(spec.tasks, 1):
        if url := task.entry_url or task.start_url:
            tasks.setdefault(url, []).append(number)
    return tuple(_start_page(url, tuple(numbers), checks.get(url), now) for url, numbers in tasks.items())


def findings(
    spec: StudySpec, pages: Sequence[StartPage], people: People, *, unreachable: str | None, trying: bool = True
) -> tuple[Finding, ...]:
    """Everything to know before going live, in the order of the page; pilot runs are advised while `trying` it out."""
    return (
        *([Finding(State.WARN, "The site cannot load our script", unreachable)] if unreachable else []),
        *_of_stranded(people, trying=trying),
        *_of_tasks(spec),
        *_of_pages(pages),
        *_of_criteria(spec.tasks),
        *_of_pilots(spec.tasks, people),
        _of_consent(spec),
        _of_questions(spec),
        *([_of_runs(people)] if trying else []),
    )


def ago(moment: dt.datetime, now: dt.datetime) -> str:
    """How long ago a moment was, in the largest unit that fits.

    >>> at = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    >>> [ago(at, at + dt.timedelta(minutes=passed)) for passed in (0.5, 4, 1500)]
    ['just now', '4 minutes ago', '1 day ago']
    """
    passed_s = (now - moment).total_seconds()
    for unit, seconds in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if passed_s >= seconds:
            count = int(passed_s // seconds)
            return f"{count} {unit}{'s' if count != 1 else ''} ago"
    return "just now"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its word, such as "1 task", "2 criteria"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def criteria_words(task: TaskSpec) -> str:
    """What ends a task, in a few words for a list."""
    if task.self_reported:
        return "“I’m done” counts"
    if task.failure:
        return f"{len(task.success)} for success, {len(task.failure)} for failure"
    if len(task.success) == 1 and task.answers:
        return "answer to a question"
    return counted(len(task.success), "criterion", "criteria")


def limit_words(limit_s: float | None) -> str:
    """A time limit for a list.

    >>> limit_words(None), limit_words(300), limit_words(90)
    ('no limit', '5 min', '90 s')
    """
    if limit_s is None:
        return "no limit"
    return f"{limit_s / 60:g} min" if limit_s % 60 == 0 else f"{limit_s:g} s"


def _start_page(url: str, tasks: tuple[int, ...], check: SnippetCheck | None, now: dt.datetime) -> StartPage:
    if check is None:
        return StartPage(url, tasks, Answer.NONE, "Not checked yet.")
    if check.reported_at is None:
        if now - check.created_at <= SILENT_AFTER:
            return StartPage(url, tasks, Answer.WAITING, "Waiting for the page to answer.")
        return StartPage(
            url,
            tasks,
            Answer.SILENT,
            f"No answer, {ago(check.created_at, now)}: the tag is missing there, or the site’s security policy "
            "keeps it from loading or sending.",
        )
    if not check.widget_shown:
        return StartPage(
            url, tasks, Answer.NO_WIDGET, f"Script found {ago(check.reported_at, now)}, but its window did not show."
        )
    return StartPage(
        url, tasks, Answer.FOUND, f"Found {ago(check.reported_at, now)}: it may send, and its window shows."
    )


def _of_stranded(people: People, *, trying: bool) -> Iterator[Finding]:
    stranded, sent = (people.pilot_stranded, people.pilot) if trying else (people.stranded, people.sent)
    if stranded:
        yield Finding(
            State.WARN,
            f"{counted(stranded, 'person was', 'people were')} sent to the site and did not arrive",
            f"Of {sent}. No window appeared to them, or they left at once: the tag is missing where they began, or the "
            "site’s security policy or an ad blocker keeps it from loading or sending. Press Check.",
        )


def _of_tasks(spec: StudySpec) -> Iterator[Finding]:
    if not spec.tasks:
        yield Finding(State.TODO, "There is no task yet", "A study needs at least one.", task="")


def _of_pages(pages: Sequence[StartPage]) -> Iterator[Finding]:
    if not pages:
        return
    answers = [page.answer for page in pages]
    found = [answer for answer in answers if answer in {Answer.FOUND, Answer.NO_WIDGET}]
    of = f"{len(found)} of {counted(len(pages), 'start page')}"
    if len(found) == len(pages):
        yield Finding(State.OK, "The script tag is on every start page", f"Found on {of}.")
        yield Finding(State.OK, "The site lets the script work", "It may load and send from there.")
    elif Answer.SILENT in answers:
        silent = answers.count(Answer.SILENT)
        yield Finding(
            State.WARN,
            f"{counted(silent, 'start page')} did not answer",
            f"Found on {of}. Look at the tag there, and at the site’s security policy.",
        )
    else:
        yield Finding(State.TODO, "The script tag is not checked on every start page", f"Found on {of}. Press Check.")
    if Answer.NO_WIDGET in answers:
        yield Finding(
            State.WARN,
            "The test window does not show on every start page",
            f"It did not show on {counted(answers.count(Answer.NO_WIDGET), 'page')}.",
        )


def _of_criteria(tasks: Sequence[TaskSpec]) -> Iterator[Finding]:
    without = [(number, task) for number, task in enumerate(tasks, 1) if not task.success]
    for number, task in without:
        yield Finding(
            State.WARN,
            f"Task {number} has no criterion",
            f"Whoever presses “I’m done” in “{task.title}” counts as successful.",
            task=task.key,
        )
    if tasks and not without:
        yield Finding(State.OK, "Every task says what success is", f"{counted(len(tasks), 'task')}.")


def _of_pilots(tasks: Sequence[TaskSpec], people: People) -> Iterator[Finding]:
    if not people.pilot_completed:
        return
    for number, task in enumerate(tasks, 1):
        if task.key not in people.solved:
            yield Finding(
                State.WARN,
                f"Task {number} has not ended in success yet",
                f"Nobody in the pilot reached “{task.title}”. Try it yourself, or look at its criteria.",
                task=task.key,
            )


def _of_consent(spec: StudySpec) -> Finding:
    days = counted(spec.retention_days, "day")
    if spec.consent is None:
        return Finding(State.OK, "Consent says how long you keep data", f"Our own words, and {days}.")
    if str(spec.retention_days) in spec.consent or _DURATION.search(spec.consent):
        return Finding(State.OK, "Consent says how long you keep data", f"The study keeps it for {days}.")
    return Finding(
        State.WARN,
        "Consent does not say how long you keep data",
        f"The study keeps it for {days}. Add one sentence.",
        section="welcome",
    )


def _of_questions(spec: StudySpec) -> Finding:
    per_task = {tuple(task.questions) for task in spec.tasks}
    after = _names(spec.after)
    if not after and not any(per_task):
        return Finding(
            State.WARN, "Nothing is asked", "No question after the tasks, none after the test.", section="after"
        )
    same = per_task.pop() if len(per_task) == 1 else None
    words = [f"{_names(same)} after each task"] if same else ["questions after some tasks"] if any(per_task) else []
    words += [f"{after} at the end"] if after else []
    text = "; ".join(words)
    return Finding(State.OK, "Questions are complete", f"{text[:1].upper()}{text[1:]}.")


def _of_runs(people: People) -> Finding:
    done = people.pilot_completed
    if done >= ADVISED_PILOTS:
        return Finding(State.OK, f"{counted(done, 'pilot run')} done", "From the welcome to the last question.")
    return Finding(
        State.TODO,
        "Second pilot run" if done else "First pilot run",
        "One of two advised runs is done." if done else "Open the participants’ link and take the test yourself.",
    )


def _names(questions: Sequence[str | Question]) -> str:
    standard = [_SHORT_NAMES[one] for one in questions if isinstance(one, str)]
    own = sum(1 for one in questions if not isinstance(one, str))
    names = [*standard, *([f"{own} of your own"] if own else [])]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
