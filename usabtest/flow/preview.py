"""What participants will see, for those who set a study up: on pages of ours, recording nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from usabtest.accounts.access import sign_in_required
from usabtest.assets import folder
from usabtest.errors import NotFound
from usabtest.flow.definition import definition
from usabtest.flow.welcome import welcome_page
from usabtest.flow.words import DOORS
from usabtest.studies.access import Right, study_or_404
from usabtest.studies.models import Study

bp = Blueprint("preview", __name__, url_prefix="/studies/<key>/preview")

# The messages that somebody may meet, in the order in which they would.
_MESSAGES = (
    "declined",
    "screened_out",
    "thanks",
    "left",
    "withdrawn",
    "taken",
    "paused",
    "closed",
    "full",
    "invited_only",
    "used",
    "wrong_device",
    "too_late",
)

PreviewGroup = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What `studies/preview.html` shows; `widget` is the built widget's address, None if it is not built."""

    study: Study
    states: tuple[PreviewGroup, ...]
    messages: tuple[tuple[str, str], ...]
    widget: str | None


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One plain message, as `flow/message.html` shows it."""

    organisation: str | None
    heading: str
    text: str
    language: str


@bp.get("")
@sign_in_required
def overview(key: str) -> str:
    """The test window in all its states, and the way to the pages around it."""
    study = study_or_404(key, Right.READ)
    page = PreviewPage(
        study=study,
        states=_states(study),
        messages=tuple((name, DOORS[name][0]) for name in _MESSAGES),
        widget=_widget(),
    )
    return render_template("studies/preview.html", page=page)


@bp.get("/definition")
@sign_in_required
def play(key: str) -> Response:
    """The study as the test window plays it."""
    study = study_or_404(key, Right.READ)
    spec = study.spec
    told = definition(
        spec,
        study_key=study.key,
        task_order=range(len(spec.tasks)),
        pilot=True,
        home=url_for("preview.overview", key=key),
        finish=url_for("preview.message", key=key, name="thanks"),
    )
    return jsonify(told)


@bp.get("/welcome")
@sign_in_required
def welcome(key: str) -> str:
    """The welcome page; its buttons stay in the preview."""
    study = study_or_404(key, Right.READ)
    page = welcome_page(
        study.spec,
        pilot=False,
        opening="",
        start_url=url_for("preview.leave", key=key, to="start"),
        decline_url=url_for("preview.leave", key=key, to="declined"),
    )
    return render_template("flow/welcome.html", page=page)


@bp.post("/<any(start, declined):to>")
@sign_in_required
def leave(key: str, to: str) -> BaseResponse:
    """Where the welcome page's buttons lead: nothing is kept, so nothing is checked."""
    study_or_404(key, Right.READ)
    if to == "declined":
        return redirect(url_for("preview.message", key=key, name="declined"), code=303)
    return redirect(url_for("preview.overview", key=key), code=303)


@bp.get("/message/<name>")
@sign_in_required
def message(key: str, name: str) -> str:
    """One of the messages that somebody may meet."""
    spec = study_or_404(key, Right.READ).spec
    if name not in _MESSAGES:
        raise NotFound("There is no such message.")
    heading, text = DOORS[name]
    organisation = spec.contact.organisation if spec.contact else None
    return render_template("flow/message.html", page=MessagePage(organisation, heading, text, spec.language))


def _states(study: Study) -> tuple[PreviewGroup, ...]:
    """The states of the test window by task: its place and phase, or `after`, or `finish`."""
    tasks = [
        (
            f"Task {place + 1}: {task.title}",
            (
                (f"{place}.before", "Before"),
                (f"{place}.running", "Under way"),
                *(((f"{place}.questions", "Questions"),) if task.questions else ()),
            ),
        )
        for place, task in enumerate(study.spec.tasks)
    ]
    after = (("after", "Questions"),) if study.spec.after else ()
    return (*tasks, ("After the test", (*after, ("finish", "Thanks"))))


def _widget() -> str | None:
    manifest = Path(folder("static")) / "dist" / "manifest.json"
    if not manifest.is_file():
        return None
    return url_for("collection.part", name=json.loads(manifest.read_text())["widget"])
