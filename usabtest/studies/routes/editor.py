"""The editor: a form a section, a form a task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from usabtest.accounts.access import sign_in_required
from usabtest.db import transaction
from usabtest.errors import Fault, Frozen, NotFound, StudyFileError
from usabtest.studies import actions
from usabtest.studies.access import Right, study_or_404
from usabtest.studies.forms.fields import Section
from usabtest.studies.forms.section_form import (
    SectionForm,
    adds_a_row,
    form_of,
    form_sent,
    pressed,
    with_faults,
    write_into,
)
from usabtest.studies.forms.sections import ORDER, PART_KINDS, SECTIONS, TASK
from usabtest.studies.models import Study
from usabtest.studies.routes.blueprint import bp, now
from usabtest.studyfile.keys import free_key, key_from
from usabtest.studyfile.read import read_study
from usabtest.studyfile.types import StudySpec
from usabtest.studyfile.write import to_mapping

File = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EditorPage:
    """What `studies/edit.html` shows: one section, or one task; `number` is the task's place from 1."""

    study: Study
    spec: StudySpec
    section: Section
    sections: Sequence[Section]
    form: SectionForm
    heading: str
    save_words: str
    part_kinds: tuple[tuple[str, str], ...] = PART_KINDS
    number: int | None = None
    unsaved: bool = False

    @property
    def frozen(self) -> bool:
        return self.study.frozen_at is not None

    @property
    def can_save(self) -> bool:
        return not self.frozen or any(group.free for group in self.section.groups)


@bp.route("/studies/<key>/edit/<slug>", methods=["GET", "POST"])
@sign_in_required
def edit(key: str, slug: str) -> Response | str | tuple[str, int]:
    """One section of a study's file."""
    section = SECTIONS.get(slug) or (ORDER if slug == ORDER.slug else None)
    if section is None:
        raise NotFound("The editor has no such section.")
    study = study_or_404(key, Right.EDIT)
    page = _page(study, section, heading=section.title, save_words="Save")
    if request.method != "POST":
        return _show(_with_new_row(page))
    return _save(page, address=url_for("studies.edit", key=key, slug=slug))


@bp.route("/studies/<key>/tasks/<task_key>", methods=["GET", "POST"])
@sign_in_required
def edit_task(key: str, task_key: str) -> Response | str | tuple[str, int]:
    """One task."""
    study = study_or_404(key, Right.EDIT)
    place = _place_of(study.spec, task_key)
    task = study.spec.tasks[place]
    page = replace(
        _page(study, TASK, heading=f"Task {place + 1}: {task.title}", save_words="Save task"),
        form=form_of(TASK, task, to_mapping(study.spec)["tasks"][place]),  # type: ignore[index]
        number=place + 1,
    )
    if request.method != "POST":
        return _show(_with_new_row(page))
    return _save(page, address=url_for("studies.edit_task", key=key, task_key=task_key))


@bp.route("/studies/<key>/new-task", methods=["GET", "POST"])
@sign_in_required
def new_task(key: str) -> Response | str | tuple[str, int]:
    """Another task, at the end."""
    study = study_or_404(key, Right.EDIT)
    number = len(study.spec.tasks) + 1
    page = replace(
        _page(study, TASK, heading=f"Task {number}: new", save_words="Add task"),
        form=form_of(TASK, None, {}),
        number=number,
    )
    if request.method != "POST":
        return _show(page)
    return _save(page, address=None)


@bp.post("/studies/<key>/tasks/<task_key>/<any(up, down, duplicate, remove):what>")
@sign_in_required
def arrange_task(key: str, task_key: str, what: str) -> Response | tuple[str, int]:
    """Move, duplicate or remove a task."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        place = _place_of(study.spec, task_key)
        file = to_mapping(study.spec)
        title = study.spec.tasks[place].title
        file["tasks"] = _arranged(list(file["tasks"]), place, what)  # type: ignore[call-overload]
        try:
            actions.change(study, read_study(file), now=now())
        except StudyFileError as error:
            page = _page(study, ORDER, heading=ORDER.title, save_words="Save")
            return _show(replace(page, form=with_faults(ORDER, page.form, error.faults))), 422
    flash(f"“{title}” is {_ARRANGED[what]}.")
    return redirect(url_for("studies.edit", key=key, slug=ORDER.slug), code=303)


_ARRANGED = {
    "up": "one place earlier",
    "down": "one place later",
    "duplicate": "duplicated, right behind the first",
    "remove": "removed",
}


def _page(study: Study, section: Section, *, heading: str, save_words: str) -> EditorPage:
    spec = study.spec
    return EditorPage(
        study=study,
        spec=spec,
        section=section,
        sections=tuple(SECTIONS.values()),
        form=form_of(section, spec, to_mapping(spec)),
        heading=heading,
        save_words=save_words,
    )


def _show(page: EditorPage) -> str:
    return render_template("studies/edit.html", page=page)


def _with_new_row(page: EditorPage) -> EditorPage:
    """The page with the empty row that "Save and add another" asked for."""
    added = request.args.get("add")
    return replace(page, form=pressed(page.section, page.form, added), unsaved=True) if added else page


def _save(page: EditorPage, *, address: str | None) -> Response | str | tuple[str, int]:
    """Save what was sent, or show it again with what is to be mended."""
    form = form_sent(page.section, request.form, saved=page.form, frozen=page.frozen)
    button = request.form.get("do", "")
    if button and not adds_a_row(button):
        return _show(replace(page, form=pressed(page.section, form, button), unsaved=True))
    file = to_mapping(page.spec)
    try:
        written = _written(page, form, file)
        spec = read_study(written)
        with transaction():
            actions.change(study_or_404(page.study.key, Right.EDIT), spec, now=now())
    except StudyFileError as error:
        form = with_faults(page.section, form, error.faults, prefix=_prefix(page))
        return _show(replace(page, form=pressed(page.section, form, button))), 422
    except Frozen as error:
        # The first real participant came while this page was open.
        form = with_faults(page.section, form, [Fault("", str(error))])
        return _show(replace(page, form=form)), 409
    flash("Saved.")
    if page.number is not None:
        address = url_for("studies.edit_task", key=page.study.key, task_key=spec.tasks[page.number - 1].key)
    return redirect(f"{address}?add={button}" if adds_a_row(button) else str(address), code=303)


def _written(page: EditorPage, form: SectionForm, file: File) -> File:
    if page.number is None:
        return write_into(file, page.section, form, frozen=page.frozen)
    tasks = list(file.get("tasks", []))
    place = page.number - 1
    task = tasks[place] if place < len(tasks) else {}
    tasks[place:] = [write_into(task, TASK, form, frozen=page.frozen), *tasks[place + 1 :]]
    return {**file, "tasks": tasks}


def _prefix(page: EditorPage) -> str:
    return "" if page.number is None else f"tasks[{page.number - 1}]."


def _place_of(spec: StudySpec, task_key: str) -> int:
    places = [place for place, task in enumerate(spec.tasks) if task.key == task_key]
    if not places:
        raise NotFound("There is no such task in this study. It may have been removed or given another key.")
    return places[0]


def _arranged(tasks: list[File], place: int, what: str) -> list[File]:
    task = tasks.pop(place)
    if what == "remove":
        return tasks
    if what == "duplicate":
        taken = {str(one["key"]) for one in (*tasks, task)}
        key = free_key(key_from(str(task["title"]), otherwise="task"), taken)
        return [*tasks[:place], task, {**task, "key": key}, *tasks[place:]]
    tasks.insert(max(0, place - 1) if what == "up" else place + 1, task)
    return tasks
