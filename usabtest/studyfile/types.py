"""What a study file says, as values: every field of the file under the same name, with its default.

Nothing is checked here. A `StudySpec` that came out of :func:`usabtest.studyfile.read.read_study` is right.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Access(StrEnum):
    """Who may take part: anyone who has the link, or only those who were sent a personal invitation."""

    OPEN = "open"
    INVITED = "invited"


class TaskOrder(StrEnum):
    """In which order a participant meets the tasks; balanced is a Latin square over participants."""

    FIXED = "fixed"
    RANDOM = "random"
    BALANCED = "balanced"


class Finish(StrEnum):
    """What ends an attempt: the participant's I'm done, or by itself the criterion that decides."""

    PARTICIPANT = "participant"
    AUTO = "auto"


class Device(StrEnum):
    DESKTOP = "desktop"
    TABLET = "tablet"
    PHONE = "phone"


class Mask(StrEnum):
    """What a replay hides: what stands in fields, every text, or nothing."""

    INPUTS = "inputs"
    ALL = "all"
    NONE = "none"


class QuestionType(StrEnum):
    OPEN = "open"
    CHOICE = "choice"
    SCALE = "scale"


class CriterionKind(StrEnum):
    """The forms of a criterion, by the key that each has in the file."""

    URL = "url"
    URL_REGEX = "url_regex"
    CLICK = "click"
    VISIBLE = "visible"
    TEXT = "text"
    EVENT = "event"
    ANSWER = "answer"
    ALL = "all"
    SELF_REPORT = "self_report"


class ErrorKind(StrEnum):
    """What `analysis.count_errors` may name: five kinds of error, four of signal."""

    JAVASCRIPT = "javascript"
    NETWORK = "network"
    FORM = "form"
    WRONG_PATH = "wrong_path"
    MARKED = "marked"
    DEAD_CLICK = "dead_click"
    RAGE_CLICK = "rage_click"
    ERROR_CLICK = "error_click"
    QUICK_BACK = "quick_back"


AFTER_INSTRUMENTS = ("sus", "umux_lite", "nps", "csat", "ces")
TASK_INSTRUMENTS = ("seq", *AFTER_INSTRUMENTS)
COUNTED_BY_DEFAULT = (
    ErrorKind.JAVASCRIPT,
    ErrorKind.NETWORK,
    ErrorKind.FORM,
    ErrorKind.WRONG_PATH,
    ErrorKind.MARKED,
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that decides an attempt; which fields are set follows from its kind.

    `pattern` is the text of url, url_regex, click, visible, text and event; `question` and `accept` belong to
    answer, `parts` to all. A self_report has none of them.
    """

    kind: CriterionKind
    pattern: str = ""
    question: str = ""
    accept: tuple[str, ...] = ()
    parts: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the study's own; the ends of a scale are named by `labels`, from low to high."""

    key: str
    text: str
    type: QuestionType
    required: bool = False
    options: tuple[str, ...] = ()
    multiple: bool = False
    other: bool = False
    min: int = 1
    max: int = 7
    labels: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ScreenerQuestion:
    """A question asked at the door: an answer that is not among `accept` screens out."""

    question: Question
    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Optimal:
    """The best way through a task: how many pages it shows, how many clicks it takes."""

    pages: int | None = None
    clicks: int | None = None


@dataclass(frozen=True, slots=True)
class TaskSpec:
    key: str
    title: str
    scenario: str
    start_url: str | None = None
    entry_url: str | None = None
    success: tuple[Criterion, ...] = ()
    failure: tuple[Criterion, ...] = ()
    finish: Finish = Finish.PARTICIPANT
    time_limit_s: float | None = None
    optimal: Optimal | None = None
    expert_time_s: float | None = None
    max_time_s: float | None = None
    first_click: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    error_opportunities: int | None = None
    search: tuple[Criterion, ...] = ()
    questions: tuple[str | Question, ...] = ("seq",)

    @property
    def self_reported(self) -> bool:
        """Whether I'm done alone makes a success, said or by having no other criterion."""
        return not self.success or any(one.kind is CriterionKind.SELF_REPORT for one in self.success)

    @property
    def answers(self) -> tuple[Criterion, ...]:
        """The criteria that ask something after I'm done, success first."""
        return tuple(one for one in (*self.success, *self.failure) if one.kind is CriterionKind.ANSWER)


@dataclass(frozen=True, slots=True)
class Recording:
    """What is kept of the pages themselves, besides events."""

    replay: bool = False
    mask: Mask = Mask.INPUTS
    text: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a participant can turn to."""

    organisation: str | None = None
    email: str | None = None
    privacy_url: str | None = None


@dataclass(frozen=True, slots=True)
class RageClick:
    """So many clicks, so soon after one another, so near to one another."""

    clicks: int = 3
    within_ms: int = 1000
    px: int = 30


@dataclass(frozen=True, slots=True)
class Analysis:
    """The rules by which measures are made; they may change at any time, and measures are made anew."""

    count_errors: tuple[ErrorKind, ...] = COUNTED_BY_DEFAULT
    rage_click: RageClick = RageClick()
    dead_click_ms: int = 2500
    quick_back_s: float = 5
    subtract_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Redirects:
    """Where a participant goes at the end; ``{participant}`` stands for their outside identifier."""

    completed: str | None = None
    screened_out: str | None = None
    quota_full: str | None = None


@dataclass(frozen=True, slots=True)
class StudySpec:
    """A study as its file says it.

    `key` is None where the file leaves it to be made from the title. `welcome` and `consent` are Markdown; None
    means our standard words. `closes_at` is the last day (UTC) on which somebody may begin.
    """

    title: str
    sites: tuple[str, ...]
    key: str | None = None
    language: str = "en"
    access: Access = Access.OPEN
    welcome: str | None = None
    consent: str | None = None
    task_order: TaskOrder = TaskOrder.FIXED
    recording: Recording = Recording()
    screener: tuple[ScreenerQuestion, ...] = ()
    quota: int | None = None
    closes_at: dt.date | None = None
    devices: tuple[Device, ...] = tuple(Device)
    contact: Contact | None = None
    idle_limit_min: float = 30
    keep_query: tuple[str, ...] = ()
    keep_fragment: bool = False
    participant_param: str = "participant"
    tasks: tuple[TaskSpec, ...] = ()
    after: tuple[str | Question, ...] = ("sus",)
    analysis: Analysis = Analysis()
    redirect: Redirects = Redirects()
    retention_days: int = 365
