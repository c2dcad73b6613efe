"""The figures behind the charts of the overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from usabtest.reports.figures import (
    Limits,
    NpsFigures,
    OpenFigures,
    QuestionFigures,
    StudyReport,
    SusFigures,
    TaskReport,
)
from usabtest.reports.tables import Table, Value
from usabtest.reports.words import OUTCOME_NAMES, grade, nps_limits, number


def tasks_table(tasks: Iterable[TaskReport]) -> Table:
    return Table("tasks", "Figures of all tasks", _TASK_COLUMNS, tuple(map(_task, tasks)))


_TASK_COLUMNS = (
    *("Task", "n", "Success", "From, %", "To, %", "Time, s", "From, s", "To, s"),
    *("User errors", "System errors", "Gave up or left", "Clicks, median", "Ease"),
)


def _task(task: TaskReport) -> tuple[Value, ...]:
    success, time, seq = task.success, task.time_on_task, task.seq
    low, high = _percents(success.ci)
    return (
        task.title,
        task.n,
        success.successes,
        low,
        high,
        time.median if time.method == "order_statistics" else time.geometric_mean,
        *(time.ci or (None, None)),
        task.errors.user.total,
        task.errors.system.total,
        task.abandonment.count,
        task.clicks.median,
        seq.mean if seq else None,
    )


def score_tables(report: StudyReport) -> Iterator[Table]:
    """The figures of each questionnaire after the test that was asked."""
    if (sus := report.sus) is not None:
        yield _score("sus", "System Usability Scale (SUS)", _sus(sus))
    if (nps := report.nps) is not None:
        yield _score("nps", "Likelihood to recommend", _nps(nps))
    if (csat := report.csat) is not None:
        likely = _likely(csat.ci, times=100, unit=", %")
        yield _score("csat", "Satisfaction (CSAT)", (("Answers", csat.n), ("Satisfied", csat.satisfied), *likely))
    if (ces := report.ces) is not None:
        agreed = ("Agreed that it was easy", ces.agreement.count)
        yield _score("ces", "Effort (CES)", (("Answers", ces.n), ("Mean", ces.mean), *_likely(ces.ci), agreed))
    if (umux := report.umux_lite) is not None:
        yield _score("umux-lite", "UMUX-Lite", (("Answers", umux.n), ("Mean", umux.mean), *_likely(umux.ci)))


def _score(name: str, caption: str, rows: Iterable[tuple[str, Value]]) -> Table:
    return Table(name, caption, ("Figure", "Value"), tuple(rows))


def _sus(sus: SusFigures) -> Iterable[tuple[str, Value]]:
    yield from (("Answers", sus.n), ("Mean", sus.mean), *_likely(sus.ci), ("Median", sus.median))
    yield from (("Standard deviation", sus.sd), ("Grade", grade(sus.grade) if sus.grade else None))
    yield from (("Percentile", sus.percentile), ("In a word", sus.adjective))
    yield "Acceptable", sus.acceptability.replace("_", " ") if sus.acceptability else None
    yield from ((f"People with {number(score)}", people) for score, people in sorted(Counter(sus.scores).items()))


def _nps(nps: NpsFigures) -> Iterable[tuple[str, Value]]:
    yield from (("Answers", nps.n), ("Score", nps.score), *_likely(nps_limits(nps)))
    yield from (("Promoters", nps.promoters), ("In between", nps.passives), ("Detractors", nps.detractors))


def _likely(ci: Limits, *, times: float = 1, unit: str = "") -> Iterable[tuple[str, Value]]:
    low, high = ci or (None, None)
    yield f"Likely from{unit}", None if low is None else times * low
    yield f"Likely to{unit}", None if high is None else times * high


def _percents(ci: Limits) -> tuple[Value, Value]:
    return (None, None) if ci is None else (100 * ci[0], 100 * ci[1])


def outcomes_table(tasks: Iterable[TaskReport]) -> Table:
    """How the attempts at each task ended."""
    every = tuple(tasks)
    occurring = [outcome for outcome in OUTCOME_NAMES if any(task.outcomes.get(outcome) for task in every)]
    columns = ("Task", *(OUTCOME_NAMES[outcome] for outcome in occurring))
    rows: list[tuple[Value, ...]] = [
        (task.title, *(task.outcomes.get(outcome, 0) for outcome in occurring)) for task in every
    ]
    return Table("outcomes", "How the attempts at each task ended", columns, tuple(rows))


def questions_table(questions: Iterable[QuestionFigures]) -> Table:
    """How often each answer was given to the study's own questions; of open ones only how many answered."""
    rows: list[tuple[Value, ...]] = []
    for one in questions:
        if isinstance(one, OpenFigures):
            rows.append((one.question.text, "any words", one.n))
        else:
            rows += [(one.question.text, answer, count) for answer, count in one.counts.items()]
    return Table("questions", "Answers to the study’s own questions", ("Question", "Answer", "People"), tuple(rows))


def overview_tables(report: StudyReport) -> tuple[Table, ...]:
    questions = questions_table(report.questions)
    return (tasks_table(report.tasks), *score_tables(report), outcomes_table(report.tasks), questions)
