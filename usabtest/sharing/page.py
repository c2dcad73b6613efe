"""What a shared report shows, and what stands around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from flask import render_template, url_for

from usabtest.conclusions.queries import concluded_of
from usabtest.reports.assemble import assemble
from usabtest.reports.comparison.shown import ComparisonShown
from usabtest.reports.cx import CxSummary, cx_summary
from usabtest.reports.figures import StudyReport
from usabtest.reports.files import FILES
from usabtest.reports.filters import read_filters
from usabtest.reports.overview import Asked, asked
from usabtest.reports.page import StudyPage, TaskPage, study_page, task_page
from usabtest.reports.queries import study_rows
from usabtest.reports.reader import Reader
from usabtest.reports.slim import slim_page
from usabtest.reports.summing_up import changed_of
from usabtest.reports.words import Sentence, managed, study_lead
from usabtest.sharing.compared import compared
from usabtest.sharing.files import file_names
from usabtest.sharing.links import share_link
from usabtest.sharing.preview import SIZE_PX, Preview
from usabtest.sharing.redacted import redacted
from usabtest.sharing.sections import Section
from usabtest.sharing.styles import version_of_styles
from usabtest.sharing.view import View
from usabtest.sharing.words import whole_day
from usabtest.web.links import public_address

SCRIPTS = ("shared", "popover")
"""The script of a shared report, and what it imports."""

TASKS_IN_PAGE, PEOPLE_IN_PAGE, PEOPLE_BESIDE_COMPARISON = 3, 20, 12
"""With more tasks or people, a page with all of them would be heavy: each task gets a page of its own."""

TASKS_COMPARED_IN_PAGE = 8
"""With more tasks, what compares them by each measure gets a page of its own."""

BYTES_OF_WORDS = 80_000
"""What people wrote, of all questions together: no page is heavy because they had much to say."""

NEUTRAL = Preview("A shared report")
"""What is told of a link to whoever may not look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around a shared report: chat tools show the preview, at the address of its picture.

    `token` is that of the link, by which its pages lead to each other. `files` can be downloaded: words and address.
    `sum_at` is where a reader's own numbers are worked out; a frozen page
    works nothing out.
    """

    preview: Preview
    address: str
    token: str
    picture: str
    styles: str
    script: str
    open_until: str = ""
    files: tuple[tuple[str, str], ...] = ()
    sum_at: str = ""
    picture_px: tuple[int, int] = SIZE_PX


@dataclass(frozen=True, slots=True)
class Shared:
    """A report as a link may show it, its summary, and its comparison."""

    view: View
    report: StudyReport
    summary: CxSummary
    comparison: ComparisonShown | None

    @property
    def preview(self) -> Preview:
        """What chat tools show of the link: nothing of the report where a password stands before it."""
        if self.view.has_password:
            return NEUTRAL
        chosen, lead = self.view.sections, ""
        if not self.summary.empty:
            lead = str(self.summary.lead) if Section.CX in chosen else lead
            lead = lead or (str(study_lead(self.report.tasks)) if Section.OVERVIEW in chosen else "")
        return Preview(self.report.study.title, lead)


@dataclass(frozen=True, slots=True)
class TaskLink:
    """A task that has a page of its own: its title, what it came to, and where."""

    title: str
    lead: Sentence
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPage:
    """What `sharing/shared.html` shows; each part is there only if it was chosen.

    Tasks are parts of the page, or have pages of their own: `task_links`; so is the comparison, or has one at
    `comparison_link`. `people` and `answers` are parts of their own only where the overview and the tasks, which show
    them, are not there.
    """

    frame: Frame
    view: View
    shared: Shared
    cx: CxSummary | None
    overview: StudyPage | None
    tasks: tuple[TaskPage, ...]
    task_links: tuple[TaskLink, ...]
    comparison_link: str
    people: StudyPage | None
    answers: tuple[Asked, ...]
    reader: Reader
    made_by: str

    @property
    def empty_heading(self) -> str:
        return "Nobody fits what this link shows yet" if self.view.filters else "Nobody has taken part yet"

    @property
    def empty_text(self) -> str:
        later = "Figures appear here as soon as the first participant has ended a task."
        return "" if self.view.frozen_at else later

    @property
    def replays(self) -> bool:
        return Section.REPLAYS in self.view.sections

    @property
    def comparison_is_gone(self) -> bool:
        """Whether the link should compare with what can no longer be read."""
        return Section.COMPARE in self.view.sections and self.shared.comparison is None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTaskPage:
    """What `sharing/task.html` shows: one task of a report of many tasks or people. `home` is the report itself."""

    frame: Frame
    shared: Shared
    task: TaskPage
    home: str
    before: TaskLink | None
    after: TaskLink | None
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedComparisonPage:
    """What `sharing/comparison.html` shows: the comparison of many tasks. `home` is the report itself."""

    frame: Frame
    shared: Shared
    home: str
    made_by: str


def shared_report(view: View, *, now: dt.datetime, put_in: Mapping[str, str] | None = None) -> Shared:
    """Make what the link may show; `put_in` is what a reader put into the sum of what it may cost."""
    filters = read_filters({name: [given] if isinstance(given, str) else given for name, given in view.filters.items()})
    whole = assemble(study_rows(view.study, filters, now=now))
    report = redacted(whole, view.sections)
    # Rounds are compared person by person where these are known; only sentences come of it.
    changed = changed_of(view.study, whole, view.by) if Section.CX in view.sections else None
    concluded = concluded_of(view.study)
    if Section.CX not in view.sections:
        # Findings are suggested from attempts one by one; nobody is shown them here.
        concluded = replace(concluded, findings=())
    summary = cx_summary(report, concluded, changed=changed, cost_changes=put_in)
    comparison = compared(view, filters, now=now) if Section.COMPARE in view.sections else None
    return Shared(view, report, summary, comparison)


def frame_of(view: View, preview: Preview, token: str) -> Frame:
    """The frame of a page that follows the data: its style sheet and its script are those of all such pages."""
    return Frame(
        preview=preview,
        address=share_link(token),
        token=token,
        picture=public_address("sharing.preview", token=token),
        styles=url_for("sharing.styles", version=version_of_styles()),
        script=url_for("static", filename=f"js/{SCRIPTS[0]}.js"),
        open_until=whole_day(view.expires_at),
        files=file_links(view, token),
        sum_at=url_for("sharing.shared", token=token),
    )


def file_links(view: View, token: str) -> tuple[tuple[str, str], ...]:
    """The files that can be downloaded: words and address."""
    names = file_names(view.sections)
    words = {name: FILES[name].words if len(names) > 1 else "Download PDF" for name in names}
    return tuple((words[name], url_for("sharing.file", token=token, name=name)) for name in names)


def shared_page(shared: Shared, frame: Frame) -> str:
    """Render what a link shows."""
    view, report, chosen = shared.view, shared.report, shared.view.sections
    reader, apart = _reader(report, chosen), tasks_stand_apart(report, chosen)
    overview = study_page(report, None, reader)
    page = SharedPage(
        frame=frame,
        view=view,
        shared=shared,
        cx=shared.summary if Section.CX in chosen else None,
        overview=overview if Section.OVERVIEW in chosen else None,
        tasks=tuple(_task_pages(report, reader)) if Section.TASKS in chosen and not apart else (),
        task_links=tuple(_task_links(report, frame)) if Section.TASKS in chosen and apart else (),
        comparison_link=url_for("sharing.comparison", token=frame.token) if _comparison_stands_apart(shared) else "",
        people=overview if reader.sees_people and Section.OVERVIEW not in chosen else None,
        answers=tuple(_answers(report, chosen)),
        reader=reader,
        made_by=_made_by(view),
    )
    return slim_page(render_template("sharing/shared.html", page=page))


def tasks_stand_apart(report: StudyReport, chosen: Collection[Section]) -> bool:
    people = PEOPLE_BESIDE_COMPARISON if Section.COMPARE in chosen else PEOPLE_IN_PAGE
    return len(report.tasks) > TASKS_IN_PAGE or len(report.people) > people


def shared_task_page(shared: Shared, frame: Frame, place: int) -> str | None:
    """Render the page of one task, counted from 1; None if tasks have no pages here, or there is no such task."""
    report, chosen = shared.report, shared.view.sections
    if Section.TASKS not in chosen or not tasks_stand_apart(report, chosen) or not 1 <= place <= len(report.tasks):
        return None
    task = task_page(report, None, report.tasks[place - 1].key, _reader(report, chosen))
    if task is None:
        return None
    links = list(_task_links(report, frame))
    page = SharedTaskPage(
        frame=frame,
        shared=shared,
        task=task,
        home=url_for("sharing.shared", token=frame.token),
        before=links[place - 2] if place > 1 else None,
        after=links[place] if place < len(links) else None,
        made_by=_made_by(shared.view),
    )
    return slim_page(render_template("sharing/task.html", page=page))


def shared_comparison_page(shared: Shared, frame: Frame) -> str | None:
    """Render the comparison alone; None if it stands in the report's page, or there is none."""
    if not _comparison_stands_apart(shared):
        return None
    page = SharedComparisonPage(
        frame=frame,
        shared=shared,
        home=url_for("sharing.shared", token=frame.token),
        made_by=_made_by(shared.view),
    )
    return slim_page(render_template("sharing/comparison.html", page=page))


def _comparison_stands_apart(shared: Shared) -> bool:
    many = len(shared.report.tasks) > TASKS_COMPARED_IN_PAGE
    return many and shared.comparison is not None and not shared.summary.empty


def _reader(report: StudyReport, chosen: Collection[Section]) -> Reader:
    """Whoever opens a link, often on the way: what grows with people is shown as far as the page stays light."""
    questions = len(report.questions) + sum(len(task.questions) for task in report.tasks)
    return Reader(
        sees_people=Section.PARTICIPANTS in chosen,
        sees_words=Section.FREE_TEXT in chosen,
        words_at_most=40,
        bytes_at_most=BYTES_OF_WORDS // max(1, questions),
    )


def _task_links(report: StudyReport, frame: Frame) -> Iterator[TaskLink]:
    for place, task in enumerate(report.tasks, start=1):
        lead = managed(task.success.successes, task.n, task.success.rate, task.success.ci)
        yield TaskLink(task.title, lead, url_for("sharing.task", token=frame.token, place=place))


def _task_pages(report: StudyReport, reader: Reader) -> Iterator[TaskPage]:
    for task in report.tasks:
        if page := task_page(report, None, task.key, reader):
            yield page


def _answers(report: StudyReport, chosen: Collection[Section]) -> Iterator[Asked]:
    """What people wrote, of the questions that stand in no other part of the page."""
    if Section.FREE_TEXT not in chosen:
        return
    questions = [] if Section.OVERVIEW in chosen else list(report.questions)
    if Section.TASKS not in chosen:
        questions = [*(each for task in report.tasks for each in task.questions), *questions]
    yield from (one for one in map(asked, questions) if one.texts)


def _made_by(view: View) -> str:
    made = f"Made by {view.maker} with usabtest" if view.maker else "Made with usabtest"
    return f"{made} · frozen on {whole_day(view.frozen_at)}" if view.frozen_at else made
