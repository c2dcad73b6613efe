"""Participants and attempts for programs: what may be changed about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flask import Blueprint, Response, jsonify

from usabtest.accounts.access import acting_user
from usabtest.accounts.bearer import require_token
from usabtest.db import transaction
from usabtest.errors import Fault, NotValid
from usabtest.participation import actions
from usabtest.participation.access import attempt_or_404, participant_or_404
from usabtest.participation.models import Attempt, Participant
from usabtest.studies.access import Right
from usabtest.web.bodies import sent_object

api = Blueprint("participation_api", __name__, url_prefix="/api/v1")
api.before_request(require_token)


@api.patch("/studies/<key>/participants/<participant_id>")
def change_participant(key: str, participant_id: str) -> Response:
    """Leave a participant out of every figure, `{"excluded": true, "reason"}`, or take them in again."""
    sent = sent_object({"excluded", "reason"})
    excluded = sent.get("excluded")
    if not isinstance(excluded, bool):
        raise NotValid(Fault("excluded", "true or false belongs here"))
    with transaction():
        participant = participant_or_404(key, participant_id, Right.CORRECT)
        if excluded:
            actions.exclude(participant, _text(sent, "reason") or "", by=acting_user(), now=_now())
        else:
            actions.include(participant)
        return jsonify(_participant(participant))


@api.delete("/studies/<key>/participants/<participant_id>")
def delete_participant(key: str, participant_id: str) -> tuple[str, int]:
    """Delete a participant with everything that was recorded of them."""
    with transaction():
        actions.delete_participant(participant_or_404(key, participant_id, Right.EDIT))
    return "", 204


@api.patch("/studies/<key>/attempts/<attempt_id>")
def judge_attempt(key: str, attempt_id: str) -> Response:
    """Say how an attempt ended, `{"outcome", "reason"}`; an outcome of null takes that back."""
    sent = sent_object({"outcome", "reason"})
    if "outcome" not in sent:
        raise NotValid(Fault("outcome", "is missing; name an outcome, or null to take a judgement back"))
    with transaction():
        attempt = attempt_or_404(key, attempt_id, Right.CORRECT)
        actions.judge(attempt, _text(sent, "outcome"), _text(sent, "reason"), by=acting_user(), now=_now())
        return jsonify(_attempt(attempt_id, attempt))


def _participant(participant: Participant) -> dict[str, object]:
    return {
        "id": f"{participant.id:016x}",
        "participant_id": participant.external_id,
        "status": participant.status,
        "pilot": participant.pilot,
        "excluded": participant.excluded_at is not None,
        "reason": participant.excluded_reason,
    }


def _attempt(attempt_id: str, attempt: Attempt) -> dict[str, object]:
    return {
        "id": attempt_id,
        "participant": f"{attempt.participant_id:016x}",
        "task": attempt.task_key,
        "outcome": attempt.effective_outcome,
        "verdicts": {"rule": attempt.rule, "participant": attempt.said, "moderator": attempt.judged_outcome},
        "reason": attempt.judged_reason,
    }


def _text(sent: Mapping[str, object], name: str) -> str | None:
    value = sent.get(name)
    if value is not None and not isinstance(value, str):
        raise NotValid(Fault(name, "a text belongs here"))
    return value


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
