"""The report as one tree of values: what every face of it is written from.

Field for field it is the JSON of the interface (`as_json.py`); what only pages need is marked `not_in_json`. Rates are
fractions 0 to 1, times are seconds, percentiles 0 to 100. What could not be computed is None, and the same object's
`reasons` says why, by the field's name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from usabtest.reports.rows import LeftOutRow, PersonRow
from usabtest.reports.seen import AttemptView, Seen
from usabtest.studyfile.types import Question, StudySpec, TaskSpec

NOT_IN_JSON = {"not_in_json": True}

Limits = tuple[float, float] | None
Reasons = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyWords:
    key: str
    title: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantFigures:
    """How many came how far; under a filter, those who were counted without a name are not known."""

    invited: int | None
    screened_out: int
    declined: int | None
    withdrawn: int | None
    sent: int
    arrived: int
    started: int
    in_progress: int
    completed: int
    abandoned: int
    excluded: int
    pilot: int
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletenessFigures:
    events_received: int
    events_missing: int
    streams_without_end: int
    dropped_in_browser: int
    sessions_with_gaps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFigures:
    rule_and_participant: int
    thinks_done_but_is_not: int
    done_without_noticing: int
    judged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessFigures:
    successes: int
    n: int
    rate: float | None
    ci: Limits
    method: str
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFigures:
    basis: str
    n: int
    geometric_mean: float | None
    median: float | None
    mean: float | None
    min: float | None
    max: float | None
    ci: Limits
    method: str
    censored: int
    kaplan_meier_median: float | None
    outliers: int
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorFamily:
    total: int
    per_attempt: float | None
    ci: Limits
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareFigures:
    count: int
    n: int
    rate: float | None
    ci: Limits
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorFigures:
    user: ErrorFamily
    system: ErrorFamily
    attempts_with_errors: ShareFigures
    per_opportunity: float | None
    by_kind: Mapping[str, int]
    signals: Mapping[str, int]
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbandonmentFigures:
    count: int
    n: int
    rate: float | None
    ci: Limits
    timed_out: int
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClicksToCompletion:
    n: int
    mean: float | None
    median: float | None
    ci: Limits
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClickFigures:
    total: int
    mean: float | None
    median: float | None
    to_completion: ClicksToCompletion
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageViewFigures:
    total: int
    median: float | None
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLoadFigures:
    metric: str
    n: int
    median: float | None
    p75: float | None
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanFigures:
    n: int
    mean: float | None
    ci: Limits
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathFigures:
    n: int
    median: float | None
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EfficiencyFigures:
    time_based: float | None
    overall_relative: float | None
    expert_relative: float | None
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFigures:
    n: int
    searched: int
    navigated: int
    ratio: float | None
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstClickFigures:
    n: int
    correct: int
    rate: float | None
    ci: Limits
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumParts:
    completion: float | None
    satisfaction: float | None
    time: float | None
    errors: float | None
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumFigures:
    value: float | None
    form: int
    parts: SumParts
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceFigures:
    """How often each option was chosen; `words` are what people wrote beside it as another one."""

    key: str
    type: str
    n: int
    counts: Mapping[str, int]
    question: Question = field(metadata=NOT_IN_JSON)
    words: tuple[str, ...] = field(metadata=NOT_IN_JSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleFigures:
    key: str
    type: str
    n: int
    mean: float | None
    ci: Limits
    counts: Mapping[str, int]
    reasons: Reasons = field(default_factory=dict)
    question: Question = field(metadata=NOT_IN_JSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFigures:
    key: str
    type: str
    n: int
    answers: tuple[str, ...]
    question: Question = field(metadata=NOT_IN_JSON)


QuestionFigures = ChoiceFigures | ScaleFigures | OpenFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReport:
    key: str
    title: str
    attempts: int
    in_progress: int
    n: int
    outcomes: Mapping[str, int]
    agreement: AgreementFigures
    success: SuccessFigures
    time_on_task: TimeFigures
    errors: ErrorFigures
    abandonment: AbandonmentFigures
    clicks: ClickFigures
    page_views: PageViewFigures
    page_load: PageLoadFigures
    lostness: MeanFigures | None
    path_deviation: PathFigures | None
    efficiency: EfficiencyFigures
    search_to_navigation: SearchFigures | None
    first_click: FirstClickFigures | None
    seq: MeanFigures | None
    sum: SumFigures
    questions: tuple[QuestionFigures, ...]
    reasons: Reasons = field(default_factory=dict)
    task: TaskSpec = field(metadata=NOT_IN_JSON)
    seen: Seen = field(metadata=NOT_IN_JSON)

    @property
    def ended(self) -> tuple[AttemptView, ...]:
        """Every attempt that has ended, one by one: read when a page asks for it, for there may be ten thousand."""
        return self.seen.ended

    @property
    def lost(self) -> tuple[AttemptView, ...]:
        """The attempts in the denominator that were no success, one by one."""
        return self.seen.lost

    @property
    def outcome_of(self) -> Mapping[int, str]:
        """How each participant's attempt ended, by their id."""
        return self.seen.outcome_of

    @property
    def counted(self) -> tuple[AttemptView, ...]:
        """The attempts that stand in the denominator, one by one."""
        return self.seen.in_denominator


@dataclass(frozen=True, slots=True, kw_only=True)
class SusFigures:
    n: int
    mean: float | None
    sd: float | None
    ci: Limits
    median: float | None
    scores: tuple[float, ...]
    grade: str | None
    grade_ci: tuple[str, str] | None
    percentile: float | None
    adjective: str | None
    acceptability: str | None
    scales: str
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NpsFigures:
    n: int
    score: float | None
    ci: Limits
    promoters: int
    passives: int
    detractors: int
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsatFigures:
    """`satisfied` gave one of the two best answers."""

    n: int
    satisfied: int
    rate: float | None
    ci: Limits
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CesFigures:
    """`agreement` is the share of 5 to 7."""

    n: int
    mean: float | None
    ci: Limits
    agreement: ShareFigures
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UmuxLiteFigures:
    n: int
    mean: float | None
    ci: Limits
    sus_estimate: float | None
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyReport:
    study: StudyWords
    generated_at: dt.datetime
    confidence: float
    filters: Mapping[str, str | list[str]]
    participants: ParticipantFigures
    completeness: CompletenessFigures
    tasks: tuple[TaskReport, ...]
    sus: SusFigures | None
    nps: NpsFigures | None
    csat: CsatFigures | None
    ces: CesFigures | None
    umux_lite: UmuxLiteFigures | None
    questions: tuple[QuestionFigures, ...]
    reasons: Reasons = field(default_factory=dict)
    people: tuple[PersonRow, ...] = field(metadata=NOT_IN_JSON)
    left_out: tuple[LeftOutRow, ...] = field(metadata=NOT_IN_JSON)
    checksum: str = field(metadata=NOT_IN_JSON)
    count_errors: tuple[str, ...] = field(metadata=NOT_IN_JSON)
    spec: StudySpec = field(metadata=NOT_IN_JSON)
    # Each person's score on a questionnaire after the test, by its key; made when somebody asks.
    scores: Callable[[str], Mapping[int, float]] = field(metadata=NOT_IN_JSON, compare=False, repr=False)

    @property
    def tried(self) -> tuple[PersonRow, ...]:
        """Those who have ended an attempt at a task, in the order in which they came."""
        ids = set[int]().union(*(task.outcome_of for task in self.tasks))
        return tuple(person for person in self.people if person.id in ids)
