"""What somebody who opens a study's link meets: one decision, in one place, that changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from usabtest.participation.devices import described
from usabtest.participation.models import Participant, ParticipantStatus
from usabtest.participation.queries import (
    ARRIVES_WITHIN,
    COME_BACK,
    completed_count,
    participant_of_browser,
    participant_of_outside_id,
)
from usabtest.studies.models import Invitation, Status, Study
from usabtest.studyfile.read import missing_to_start
from usabtest.studyfile.types import Access

ATTRIBUTES_AT_MOST = 20
PROLIFIC = "PROLIFIC_PID"


class Door(StrEnum):
    """What stands behind the link for this visitor at this moment."""

    WELCOME = "welcome"
    NOT_READY = "not_ready"
    WAITING = "waiting"
    NOT_BEGUN = "not_begun"
    CONTINUE = "continue"
    TAKEN = "taken"
    SCREENED_OUT = "screened_out"
    TOO_LATE = "too_late"
    CLOSED = "closed"
    PAUSED = "paused"
    FULL = "full"
    INVITED_ONLY = "invited_only"
    USED = "used"
    WRONG_DEVICE = "wrong_device"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who opens the link: what their browser and the address say."""

    browser_token: str | None
    user_agent: str = ""
    external_id: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    invitation: Invitation | None = None


def visitor_of(
    study: Study,
    arguments: Mapping[str, str],
    *,
    browser_token: str | None,
    user_agent: str,
    invitation: Invitation | None = None,
) -> Visitor:
    """Read who comes: the identifier from outside, and up to twenty other parameters as attributes."""
    parameter = study.spec.participant_param
    outside = (arguments.get(parameter) or arguments.get(PROLIFIC) or "").strip()[:200] or None
    if invitation is not None and invitation.participant_id:
        outside = invitation.participant_id
    others = [(name[:64], value[:200]) for name, value in arguments.items() if name not in {parameter, PROLIFIC}]
    return Visitor(
        browser_token=browser_token,
        user_agent=user_agent,
        external_id=outside,
        attributes=dict(others[:ATTRIBUTES_AT_MOST]),
        invitation=invitation,
    )


def is_pilot(study: Study) -> bool:
    """In draft and pilot the flow can be tried: recorded, marked as pilot, counted nowhere."""
    return study.status in {Status.DRAFT, Status.PILOT}


def meet(study: Study, visitor: Visitor, now: dt.datetime) -> tuple[Door, Participant | None]:
    """Decide what a visitor meets, and as whom."""
    pilot = is_pilot(study)
    participant = participant_of_browser(study, visitor.browser_token, pilot=pilot)
    if participant is not None:
        return _again(participant, visitor, now), participant
    if not pilot and visitor.external_id and participant_of_outside_id(study, visitor.external_id):
        return Door.TAKEN, None
    return _first_time(study, visitor, now, pilot=pilot), None


def _again(participant: Participant, visitor: Visitor, now: dt.datetime) -> Door:
    if visitor.external_id and participant.external_id and visitor.external_id != participant.external_id:
        return Door.TAKEN  # a browser takes part once, whoever sits before it
    match ParticipantStatus(participant.status):
        case ParticipantStatus.SCREENED_OUT:
            return Door.SCREENED_OUT
        case ParticipantStatus.COMPLETED:
            return Door.TAKEN
        case ParticipantStatus.ABANDONED if participant.ended_at and now - participant.ended_at > COME_BACK:
            return Door.TOO_LATE
    if participant.arrived_at is None:
        return Door.NOT_BEGUN if now - participant.sent_at > ARRIVES_WITHIN else Door.WAITING
    return Door.CONTINUE


def _first_time(study: Study, visitor: Visitor, now: dt.datetime, *, pilot: bool) -> Door:
    spec = study.spec
    if pilot:
        return Door.NOT_READY if missing_to_start(spec) else Door.WELCOME
    if study.status == Status.PAUSED:
        return Door.PAUSED
    if study.status == Status.CLOSED or (spec.closes_at and now.date() > spec.closes_at):
        return Door.CLOSED
    if visitor.invitation is not None and visitor.invitation.used_at is not None:
        return Door.USED
    if spec.access is Access.INVITED and visitor.invitation is None:
        return Door.INVITED_ONLY
    if spec.quota is not None and completed_count(study) >= spec.quota:
        return Door.FULL
    if described(visitor.user_agent).kind not in spec.devices:
        return Door.WRONG_DEVICE
    return Door.WELCOME
