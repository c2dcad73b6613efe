"""What a report lacks to conform with the Common Industry Format, ISO/IEC 25062:2006."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from usabtest.reports.direction import isolated
from usabtest.reports.figures import StudyReport
from usabtest.reports.words import people

PEOPLE_AT_LEAST = 8
SATISFACTION = ("sus", "umux_lite", "csat")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the format asks for: its place in the outline, what it is, and why it is not here."""

    place: str
    what: str
    why: str


def gaps(report: StudyReport) -> tuple[Gap, ...]:
    """List what has to be added by hand, or measured differently."""
    return (*_unknown(report), *_of_the_data(report))


def _unknown(report: StudyReport) -> Iterator[Gap]:
    """What no recording can know."""
    by_hand = "Known to those who ran the test; add it by hand."
    contact = report.spec.contact
    yield Gap("Title page", "Version of the product that was tested", by_hand)
    yield Gap("Title page", "Who led the test and who wrote the report", by_hand)
    if contact is None or not contact.organisation:
        yield Gap("Title page", "Organisation and contact", "The study names none; add them in its editor.")
    yield Gap("2.1 Product description", "Whom the product is for, and which parts were tested", by_hand)
    yield Gap("2.2 Test objectives", "Functions that the objectives are about, and known limits", by_hand)
    yield Gap("3.1 Participants", "Age, gender, education, occupation and experience of the participants", by_hand)
    if not report.spec.screener:
        yield Gap(
            "3.1 Participants", "How participants were selected", "The study has no screener; describe it by hand."
        )
    yield Gap("3.1 Participants", "How they differ from the people that the product is for", by_hand)
    yield Gap("3.2 Context of use", "Where each took part: people chose place and machine themselves", by_hand)


def _of_the_data(report: StudyReport) -> Iterator[Gap]:
    """What this study did not measure."""
    tried = max((task.n for task in report.tasks), default=0)
    if tried < PEOPLE_AT_LEAST:
        why = f"{people(tried)} tried any one task; the format wants {PEOPLE_AT_LEAST} of each group of users."
        yield Gap("3.1 Participants", "Enough participants", why)
    self_reported = [task.title for task in report.tasks if task.task.self_reported]
    if self_reported:
        why = f"Success is what participants said themselves: {', '.join(map(isolated, self_reported))}."
        yield Gap("3.4 Usability metrics", "A criterion of completion for each task", why)
    no_expert = [task.title for task in report.tasks if task.task.expert_time_s is None]
    if no_expert and len(no_expert) < len(report.tasks):
        yield Gap(
            "3.4 Usability metrics", "Expert times for all tasks", f"Missing for {', '.join(map(isolated, no_expert))}."
        )
    if not any(key in report.spec.after for key in SATISFACTION):
        yield Gap("4.2.2 Satisfaction", "A questionnaire of satisfaction after the test", "None was asked.")
    lost = report.completeness.events_missing + report.completeness.dropped_in_browser
    if lost:
        yield Gap("4.1 Data analysis", "Complete recordings", f"{lost:,} recorded events did not arrive.")
