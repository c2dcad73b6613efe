"""The report in the Common Industry Format for usability test reports, after the outline of ISO/IEC 25062:2006."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator

from usabtest.flow.markdown import to_text
from usabtest.flow.words import STANDARD_CONSENT, STANDARD_WELCOME
from usabtest.instruments.catalogue import INSTRUMENTS
from usabtest.metrics import Outcome
from usabtest.reports import charts, words
from usabtest.reports.criteria_words import how_it_ends
from usabtest.reports.direction import isolated
from usabtest.reports.export.cif_gaps import Gap, gaps
from usabtest.reports.export.document import (
    Block,
    Contents,
    Document,
    Heading,
    Notice,
    Pairs,
    Paragraph,
    Table,
    Title,
    lead,
    written,
)
from usabtest.reports.export.imprint import Imprint, imprint
from usabtest.reports.export.report_document import foot
from usabtest.reports.export.texts import shortened
from usabtest.reports.export.typeset import to_pdf
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.studyfile.types import Question, TaskOrder

_ORDERS = {
    TaskOrder.FIXED: "All participants had the tasks in the same order.",
    TaskOrder.RANDOM: "Each participant had the tasks in an order of chance.",
    TaskOrder.BALANCED: "The orders of tasks were balanced over participants by a Latin square.",
}
_SECONDS_A_MINUTE = 60


def cif_pdf(report: StudyReport) -> bytes:
    """Write the report in the Common Industry Format."""
    return to_pdf(cif_document(report), made_at=report.generated_at)


def cif_document(report: StudyReport) -> Document:
    made = imprint(report)
    missing = gaps(report)
    return Document(
        title=f"{report.study.title}: usability test report",
        language="en",
        theirs=report.spec.language,
        foot=foot(made),
        blocks=(
            *_title_page(report, made, missing),
            *_summary(report),
            *_introduction(report),
            *_method(report),
            *_results(report, made),
            *_appendices(report),
            *_missing(missing),
        ),
    )


def _title_page(report: StudyReport, made: Imprint, missing: tuple[Gap, ...]) -> Iterator[Block]:
    contact = report.spec.contact
    yield Title("Usability test report, Common Industry Format", report.study.title, made.generated)
    yield Pairs(
        (
            ("Product", ", ".join(report.spec.sites)),
            ("Tested", _days(report)),
            ("Organisation", (contact and contact.organisation) or "to be added"),
            ("Contact", (contact and contact.email) or "to be added"),
            ("Showing", made.filters),
            ("Data", f"{made.people}, {made.version}, checksum {made.checksum}"),
        )
    )
    yield Notice(
        "Not yet conforming.",
        f"{words.plural(len(missing), 'thing')} that ISO/IEC 25062 asks for are missing; the last section names them.",
    )
    yield Contents()


def _days(report: StudyReport) -> str:
    days = sorted(person.sent_at.date() for person in report.people)
    if not days:
        return "not yet"
    first, last = (f"{day.day} {day:%B %Y}" for day in (days[0], days[-1]))
    return first if first == last else f"{first} to {last}"


def _summary(report: StudyReport) -> Iterator[Block]:
    yield Heading("1 Executive summary", new_page=True)
    yield lead(words.study_lead(report.tasks, filtered=bool(report.filters)))
    if not report.tried:
        return
    yield Paragraph(
        f"{words.people(len(report.tried))} worked through {words.plural(len(report.tasks), 'task')} on the live "
        "site, each on their own, in their own browser, without a moderator in the room. What they did was recorded "
        "and judged by criteria that were set before."
    )
    yield _effectiveness(report)
    if report.sus is not None and report.sus.mean is not None:
        yield Paragraph(f"SUS {words.number(report.sus.mean)}. {words.sus_interval(report.sus)}.", "Satisfaction:")


def _introduction(report: StudyReport) -> Iterator[Block]:
    yield Heading("2 Introduction")
    yield Heading("2.1 Product description", 2)
    yield Paragraph(f"The site at {', '.join(report.spec.sites)}, as it was live while people took part.")
    yield Heading("2.2 Test objectives", 2)
    yield Paragraph(
        "To find out whether people can do the following on their own, how long it takes and how it feels:", leads=True
    )
    yield Table(
        ("Task", "What participants were asked"),
        tuple((task.title, shortened(to_text(task.task.scenario))) for task in report.tasks),
        widths=(1, 2.4),
    )


def _method(report: StudyReport) -> Iterator[Block]:
    spec, people = report.spec, report.participants
    yield Heading("3 Method")
    yield Heading("3.1 Participants", 2)
    yield Pairs(
        (
            ("Sent to the site", str(people.sent)),
            ("Started", str(people.started)),
            ("Reached the end", str(people.completed)),
            ("Screened out", str(people.screened_out)),
            ("Left out of the analysis", str(people.excluded)),
            ("Devices", _devices(report)),
        )
    )
    for one in spec.screener:
        yield Paragraph(
            f"{isolated(one.question.text)} Accepted: {', '.join(map(isolated, one.accept))}.", "Selected by:"
        )
    yield Heading("3.2 Context of product use in the test", 2)
    yield Paragraph(
        "Participants used their own device and browser, wherever they were. Tasks were shown in a small window beside "
        "the site; no help was given but where an attempt is marked as assisted."
    )
    yield Heading("3.3 Experimental design", 2)
    order = _ORDERS[spec.task_order]
    yield Paragraph(
        f"Every participant was to do all tasks. {order} Sessions were recorded by {imprint(report).version}."
    )
    yield Heading("3.4 Usability metrics", 2)
    yield Paragraph(
        "the share of attempts that met the task's criterion of success, unassisted and assisted.", "Effectiveness:"
    )
    yield Paragraph(
        "time on task of successful attempts, from Start task on; completion rate per minute.", "Efficiency:"
    )
    yield Paragraph(f"{_questionnaires(report)}.", "Satisfaction:")
    yield Table(
        ("Task", "How an attempt ends"),
        tuple((task.title, how_it_ends(task.task)) for task in report.tasks),
        widths=(1, 2.4),
    )


def _devices(report: StudyReport) -> str:
    counts = Counter(person.device or "unknown" for person in report.people)
    return ", ".join(f"{count} {device}" for device, count in counts.most_common()) or "–"


def _questionnaires(report: StudyReport) -> str:
    asked = [INSTRUMENTS[one].name for one in report.spec.after if not isinstance(one, Question)]
    return ", ".join(asked) or "no standard questionnaire was asked"


def _results(report: StudyReport, made: Imprint) -> Iterator[Block]:
    yield Heading("4 Results")
    yield Heading("4.1 Data analysis", 2)
    yield Paragraph(f"{made.method}. {made.left_out} Attempts that were skipped or not recorded are in no denominator.")
    yield Heading("4.2 Presentation of the results", 2)
    yield Heading("4.2.1 Performance", 3)
    yield _effectiveness(report)
    yield _efficiency(report)
    yield Heading("4.2.2 Satisfaction", 3)
    rows = tuple(_satisfaction(report))
    if rows:
        yield Table(("Questionnaire", "n", "Value", "Likely"), rows, frozenset({1, 2}), (2, 1, 1, 2))
    else:
        yield Paragraph("Nobody has answered a questionnaire.")


def _effectiveness(report: StudyReport) -> Table:
    return Table(
        ("Task", "n", "Unassisted", "Rate", "Likely", "Assisted", "Errors a person"),
        tuple(map(_effective, report.tasks)),
        frozenset({1, 2, 3, 5, 6}),
        (3, 0.7, 1.3, 1, 1.7, 1.2, 1.4),
        "Unassisted: finished without help. Errors are user errors.",
    )


def _effective(task: TaskReport) -> tuple[str, ...]:
    success, errors = task.success, task.errors.user.per_attempt
    likely = f"{words.percent(success.ci[0])} to {words.percent(success.ci[1])}" if success.ci else "–"
    return (
        task.title,
        str(task.n),
        str(success.successes),
        "–" if success.rate is None else words.percent(success.rate),
        likely,
        str(task.outcomes[Outcome.ASSISTED]),
        "–" if errors is None else words.number(errors, 2),
    )


def _efficiency(report: StudyReport) -> Table:
    return Table(
        ("Task", "n", "Mean, s", "SD, s", "Least", "Most", "Geometric mean", "Rate a minute"),
        tuple(map(_efficient, report.tasks)),
        frozenset(range(1, 8)),
        (3, 0.7, 1, 1, 1, 1, 1.6, 1.4),
        "Times of successful attempts. Rate a minute: completion rate divided by mean time.",
    )


def _efficient(task: TaskReport) -> tuple[str, ...]:
    time, rate = task.time_on_task, task.success.rate
    times = charts.finished_s(task)
    spread = statistics.stdev(times) if len(times) > 1 else None
    a_minute = rate / (time.mean / _SECONDS_A_MINUTE) if rate is not None and time.mean else None
    figures = (time.mean, spread, time.min, time.max, time.geometric_mean)
    return (
        task.title,
        str(time.n),
        *("–" if one is None else words.number(one) for one in figures),
        "–" if a_minute is None else words.percent(a_minute),
    )


def _satisfaction(report: StudyReport) -> Iterator[tuple[str, ...]]:
    if (sus := report.sus) is not None and sus.mean is not None:
        spread = f", SD {words.number(sus.sd)}" if sus.sd is not None else ""
        yield "System Usability Scale, 0 to 100", str(sus.n), words.number(sus.mean), f"{_between(sus.ci)}{spread}"
    if (umux := report.umux_lite) is not None and umux.mean is not None:
        yield "UMUX-Lite, 0 to 100", str(umux.n), words.number(umux.mean), _between(umux.ci)
    if (csat := report.csat) is not None and csat.rate is not None:
        likely = f"{words.percent(csat.ci[0])} to {words.percent(csat.ci[1])}" if csat.ci else "–"
        yield "Satisfied (CSAT)", str(csat.n), words.percent(csat.rate), likely
    if (ces := report.ces) is not None and ces.mean is not None:
        yield "Made it easy (CES), 1 to 7", str(ces.n), words.number(ces.mean), _between(ces.ci)
    if (nps := report.nps) is not None and nps.score is not None:
        yield (
            "Likelihood to recommend (NPS), −100 to +100",
            str(nps.n),
            words.signed(nps.score),
            words.nps_interval(nps),
        )


def _between(ci: tuple[float, float] | None) -> str:
    return f"{words.number(ci[0])} to {words.number(ci[1])}" if ci else "–"


def _appendices(report: StudyReport) -> Iterator[Block]:
    spec = report.spec
    yield Heading("Appendix: what participants read")
    for heading, text, standard in (
        ("Welcome", spec.welcome, STANDARD_WELCOME),
        ("Consent", spec.consent, STANDARD_CONSENT),
    ):
        yield Heading(heading, 2)
        yield written(text or standard, letters=4000)
    asked = (*spec.after, *(one for task in spec.tasks for one in task.questions))
    own = {one.text: one for one in asked if isinstance(one, Question)}
    if own:
        yield Heading("Questions of the study's own", 2)
        yield Table(
            ("Question", "Answers"),
            tuple((one.text, ", ".join(map(isolated, one.options)) or str(one.type)) for one in own.values()),
            widths=(2, 2),
        )


def _missing(missing: tuple[Gap, ...]) -> Iterator[Block]:
    yield Heading("Missing for conformance with ISO/IEC 25062")
    yield Paragraph(
        "The format asks for more than a recording knows. With these added it has all that the standard requires."
    )
    yield Table(
        ("Where", "What", "Why it is not here"),
        tuple((one.place, one.what, one.why) for one in missing),
        widths=(1, 2, 2),
    )
