"""The participants of a study, for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from usabtest.accounts.access import acting_user, sign_in_required
from usabtest.db import transaction
from usabtest.participation import actions
from usabtest.participation.access import attempt_or_404, participant_or_404
from usabtest.participation.effect import Tally, effect_of_leaving_out
from usabtest.participation.models import Attempt, Participant
from usabtest.participation.queries import (
    ParticipantCounts,
    latest_pilots,
    participant_counts,
    participants_page,
    problem_reports,
    success_tallies,
)
from usabtest.studies.access import Right, may, study_or_404
from usabtest.studies.models import Study
from usabtest.web.paging import next_address, requested_page

bp = Blueprint("participation", __name__)

# Each with two dialogs: more of them would make the page heavy.
SHOWN_PEOPLE = 50
SHOWN_PILOTS = 50
SHOWN_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class TryLine:
    """How one attempt of a participant went; without an outcome it still runs."""

    task: str
    outcome: str | None


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """One participant in the list: `url` is their own page, if there is one, `effect` what leaving them out does."""

    participant: Participant
    tries: Sequence[TryLine]
    url: str | None
    effect: str


@dataclass(frozen=True, slots=True)
class ParticipantsPage:
    """What `participation/index.html` shows; `next_url` leads to the rest."""

    study: Study
    counts: ParticipantCounts
    people: Sequence[ParticipantLine]
    pilots: Sequence[ParticipantLine]
    problems: Sequence[Participant]
    next_url: str | None
    may_correct: bool
    may_delete: bool


@bp.get("/studies/<key>/participants")
@sign_in_required
def index(key: str) -> str:
    """Everybody who takes part: how far they came, and who is left out."""
    study = study_or_404(key, Right.READ)
    user = acting_user()
    people = participants_page(study, pilot=False, page=requested_page(SHOWN_PEOPLE))
    titles = {task.key: task.title for task in study.spec.tasks}
    tallies = success_tallies(study)
    page = ParticipantsPage(
        study=study,
        counts=participant_counts(study),
        people=[_line(study, participant, titles, tallies) for participant in people.rows],
        pilots=[_line(study, participant, titles, {}) for participant in latest_pilots(study, at_most=SHOWN_PILOTS)],
        problems=problem_reports(study, at_most=SHOWN_PROBLEMS),
        next_url=next_address(people),
        may_correct=may(user, study, Right.CORRECT),
        may_delete=may(user, study, Right.EDIT),
    )
    return render_template("participation/index.html", page=page)


@bp.post("/studies/<key>/participants/<code>/exclude")
@sign_in_required
def exclude(key: str, code: str) -> Response:
    """Leave somebody out of the report; the recording stays."""
    with transaction():
        participant = participant_or_404(key, code, Right.CORRECT)
        actions.exclude(participant, request.form.get("reason", ""), by=acting_user(), now=dt.datetime.now(dt.UTC))
        flash(f"{participant.code} is left out of the report.")
    return _back(key)


@bp.post("/studies/<key>/participants/<code>/include")
@sign_in_required
def include(key: str, code: str) -> Response:
    """Take somebody in again."""
    with transaction():
        participant = participant_or_404(key, code, Right.CORRECT)
        actions.include(participant)
        flash(f"{participant.code} counts again.")
    return _back(key)


@bp.post("/studies/<key>/participants/<code>/delete")
@sign_in_required
def delete(key: str, code: str) -> Response:
    """Delete somebody with everything that was recorded of them."""
    with transaction():
        participant = participant_or_404(key, code, Right.EDIT)
        known_as = participant.code
        actions.delete_participant(participant)
        flash(f"{known_as} is deleted, with everything that was recorded of them.")
    return _back(key)


@bp.post("/studies/<key>/attempts/<attempt_id>/judge")
@sign_in_required
def judge(key: str, attempt_id: str) -> Response:
    """Set how an attempt ended, with the reason; an empty outcome takes the judgement back."""
    with transaction():
        attempt = attempt_or_404(key, attempt_id, Right.CORRECT)
        outcome, reason = request.form.get("outcome") or None, request.form.get("reason", "")
        actions.judge(attempt, outcome, reason, by=acting_user(), now=dt.datetime.now(dt.UTC))
        code, number = f"{attempt.participant_id:016x}", attempt.number
        flash("The judgement is kept." if outcome else "The judgement is taken back.")
    return _back(key, url_for("reports.participant", key=key, code=code, attempt=number))


def _line(
    study: Study, participant: Participant, titles: Mapping[str, str], tallies: Mapping[str, Tally]
) -> ParticipantLine:
    session = participant.participant_session
    attempts: Sequence[Attempt] = session.attempts if session else ()
    own_page = "reports.participant" in current_app.view_functions
    return ParticipantLine(
        participant=participant,
        tries=[TryLine(titles.get(one.task_key, one.task_key), one.effective_outcome) for one in attempts],
        url=url_for("reports.participant", key=study.key, code=participant.code) if own_page else None,
        effect=effect_of_leaving_out(tallies, [(one.task_key, one.effective_outcome) for one in attempts]),
    )


def _back(key: str, usual: str | None = None) -> Response:
    """Return to the page of this study that the form stood on."""
    asked, pages = request.form.get("back", ""), url_for("participation.index", key=key).rpartition("/")[0]
    own = asked.startswith(f"{pages}/") and not any(sign in asked for sign in "\\\r\n")
    return redirect(asked if own else usual or url_for("participation.index", key=key), code=303)
