"""A whole report as one HTML file that needs nothing else: no account, no network, no script."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from usabtest.reports.export.imprint import Imprint, imprint
from usabtest.reports.figures import StudyReport, StudyWords
from usabtest.reports.page import StudyPage, TaskPage, study_page, task_page
from usabtest.reports.reader import NOBODY, Reader
from usabtest.reports.slim import slim_page, slim_sheets

# What the parts of a report are dressed in.
SHEETS = (
    *("tokens", "base", "icon", "bar", "page", "card", "stat", "notice", "empty", "data_table", "popover", "chart"),
    *("outcome", "chart_marks", "task_lines", "doers", "report", "task", "alone"),
)


@dataclass(frozen=True, slots=True)
class AlonePage:
    """The report and each of its tasks, as their pages show them to nobody in particular."""

    study: StudyWords
    imprint: Imprint
    overview: StudyPage
    tasks: tuple[TaskPage, ...]

    @property
    def styles(self) -> Markup:
        """The style sheets, without what only their readers need; nothing in them came from anybody else."""
        return Markup("<style>{}</style>").format(Markup(slim_sheets(SHEETS)))  # noqa: S704


# One by one, more people than these would make a file that no mail carries and no browser likes.
PEOPLE_AT_MOST = 500
_MANY = Reader(sees_people=False, sees_words=False)


def report_html(report: StudyReport) -> bytes:
    """Write the whole report as a page."""
    reader = NOBODY if len(report.people) <= PEOPLE_AT_MOST else _MANY
    pages = (task_page(report, None, task.key, reader) for task in report.tasks)
    page = AlonePage(
        study=report.study,
        imprint=imprint(report),
        overview=study_page(report, None, reader),
        tasks=tuple(page for page in pages if page is not None),
    )
    html = current_app.jinja_env.get_template("reports/alone.html").render(page=page)
    return slim_page(html).encode()
