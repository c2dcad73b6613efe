"""What changes about participants, their sessions and attempts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from usabtest.accounts.models import User
from usabtest.db import db, random_id
from usabtest.errors import Conflict, Fault, NotValid, Refused
from usabtest.participation.devices import described
from usabtest.participation.models import Attempt, OneTimeCode, Participant, ParticipantSession, ParticipantStatus
from usabtest.participation.order import task_order
from usabtest.participation.queries import CODE_LIFE, code_for_exchange
from usabtest.participation.verdict import Ending
from usabtest.studies.freeze import freeze
from usabtest.studies.models import Invitation, Study
from usabtest.web.tokens import make_token, token_digest

JUDGEMENTS = ("success", "assisted", "partial", "failure", "gave_up", "timed_out", "abandoned", "skipped", "invalid")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who presses Start: what came with the link, and the cookie by which this browser goes on."""

    browser_token: str
    external_id: str | None = None
    invitation: Invitation | None = None
    attributes: Mapping[str, str] | None = None
    user_agent: str = ""


def begin(study: Study, newcomer: Newcomer, *, pilot: bool, now: dt.datetime) -> ParticipantSession:
    """Make a participant and their session: Start was pressed."""
    participant = _new_participant(study, newcomer, ParticipantStatus.SENT, pilot=pilot, now=now)
    version = study.version
    order = task_order(version.spec, participant.number - 1, seed=participant.id)
    session = ParticipantSession(
        id=random_id(), participant=participant, version=version, task_order=list(order), created_at=now
    )
    db.session.add(session)
    if newcomer.invitation is not None:
        newcomer.invitation.used_at = now
    if not pilot:
        freeze(study, now)
    db.session.flush()
    return session


def hold(session: ParticipantSession) -> ParticipantSession:
    """Keep everybody else from writing a session until the transaction ends, and read it as it is now."""
    db.session.refresh(session, with_for_update=True)
    return session


def screen_out(study: Study, newcomer: Newcomer, *, pilot: bool, now: dt.datetime) -> Participant:
    """Remember that somebody does not belong to the study; none of their answers are kept."""
    participant = _new_participant(study, newcomer, ParticipantStatus.SCREENED_OUT, pilot=pilot, now=now)
    participant.ended_at = now
    if newcomer.invitation is not None:
        newcomer.invitation.used_at = now
    db.session.flush()
    return participant


def decline(study: Study) -> None:
    """Count one No, thank you; nothing else is kept."""
    study.declined = Study.declined + 1
    db.session.flush()


def start_again(participant: Participant) -> None:
    """Let a pilot's browser begin anew; what it recorded before stays, as a pilot."""
    if not participant.pilot:
        raise Conflict("Only a pilot can be started again.")
    participant.browser_hash = None
    db.session.flush()


def _new_participant(
    study: Study, newcomer: Newcomer, status: ParticipantStatus, *, pilot: bool, now: dt.datetime
) -> Participant:
    device = described(newcomer.user_agent)
    participant = Participant(
        id=random_id(),
        study=study,
        number=_next_number(study, pilot=pilot),
        external_id=newcomer.external_id,
        invitation_id=newcomer.invitation.id if newcomer.invitation else None,
        pilot=pilot,
        status=status,
        attributes=dict(newcomer.attributes or {}),
        browser_hash=token_digest(newcomer.browser_token),
        device=device.kind,
        browser=device.browser,
        sent_at=now,
    )
    db.session.add(participant)
    return participant


def _next_number(study: Study, *, pilot: bool) -> int:
    """Take the next number; whoever begins holds the study's row (studies.actions.hold), so no two share one."""
    if pilot:
        number, study.next_pilot_number = study.next_pilot_number, study.next_pilot_number + 1
    else:
        number, study.next_participant_number = study.next_participant_number, study.next_participant_number + 1
    return number


def new_code(session: ParticipantSession, now: dt.datetime) -> str:
    """Make the one-time code that brings this session into the target site."""
    code = make_token()
    db.session.execute(
        sa.delete(OneTimeCode).where(OneTimeCode.session_id == session.id, OneTimeCode.created_at < now - CODE_LIFE)
    )
    db.session.add(OneTimeCode(code_hash=token_digest(code), session_id=session.id, created_at=now))
    db.session.flush()
    return code


def exchange(code: str, browser: str, now: dt.datetime) -> ParticipantSession:
    """Take a one-time code for the first browser that brings it; the same browser may bring it again."""
    kept = code_for_exchange(code)
    if kept is None or now - kept.created_at > CODE_LIFE:
        raise Refused(401, "This code is unknown or too old. Open the study's link again.")
    db.session.refresh(kept, with_for_update=True)  # of two browsers at once only the first may have it
    if kept.browser_hash is None:
        kept.browser_hash = token_digest(browser)
    elif kept.browser_hash != token_digest(browser):
        raise Refused(401, "This code was used in another browser. Open the study's link again.")
    session = hold(db.session.get_one(ParticipantSession, kept.session_id))
    if session.ended_at is not None:
        session.returned_at = now
    db.session.flush()
    return session


def arrive(session: ParticipantSession, hello: Mapping[str, object], user_agent: str, now: dt.datetime) -> None:
    """Note a page's hello: the first one means that the participant has arrived at the target site."""
    participant = session.participant
    session.seen_at = now
    touch = bool(hello.get("touch"))
    device = described(user_agent, touch=touch, width_px=_whole(hello.get("width")))
    participant.device, participant.browser = device.kind, device.browser
    participant.width, participant.height = _whole(hello.get("width")), _whole(hello.get("height"))
    language = hello.get("language")
    participant.language = language[:35] if isinstance(language, str) else participant.language
    if participant.arrived_at is None:
        participant.arrived_at = now
        if participant.status == ParticipantStatus.SENT:
            participant.status = ParticipantStatus.ARRIVED
    db.session.flush()


@dataclass(frozen=True, slots=True)
class Progress:
    """What the events of a session say about its participant so far; times in milliseconds since 1970."""

    started_ms: int | None
    completed_ms: int | None
    left_ms: int | None
    idle_ms: int | None
    finished: bool
    problem: str | None


def record_progress(session: ParticipantSession, progress: Progress) -> None:
    """Bring a participant's status up to date with what the events say; the same facts give the same status."""
    participant = session.participant
    session.finished = progress.finished
    if progress.problem:
        participant.problem = progress.problem
    ended_ms = progress.completed_ms or progress.left_ms or progress.idle_ms
    session.ended_at = _moment(progress.left_ms or progress.idle_ms) if progress.completed_ms is None else None
    participant.started_at = _moment(progress.started_ms)
    participant.completed_at = _moment(progress.completed_ms)
    participant.ended_at = _moment(ended_ms)
    if progress.completed_ms is not None:
        participant.status = ParticipantStatus.COMPLETED
    elif ended_ms is not None:
        participant.status = ParticipantStatus.ABANDONED
    elif progress.started_ms is not None:
        participant.status = ParticipantStatus.STARTED
    db.session.flush()


def record_attempts(session: ParticipantSession, endings: Mapping[int, tuple[str, int, Ending | None]]) -> None:
    """Write how each attempt stands: by number, its task's key, when it started, and its ending if it has one."""
    kept = {attempt.number: attempt for attempt in session.attempts}
    for number in kept.keys() - endings.keys():
        session.attempts.remove(kept[number])  # its start was displaced by another event under the same ordinal
    for number, (task_key, started_ms, ending) in endings.items():
        attempt = kept.get(number)
        if attempt is None:
            attempt = Attempt(
                session_id=session.id,
                number=number,
                participant_id=session.participant_id,
                study_id=session.participant.study_id,
                task_key=task_key,
            )
            session.attempts.append(attempt)
        attempt.started_ms = started_ms
        _write_ending(attempt, ending)
        attempt.stale = True
    db.session.flush()


def _write_ending(attempt: Attempt, ending: Ending | None) -> None:
    attempt.ended_ms = ending.ended_ms if ending else None
    attempt.ended_how = ending.how if ending else None
    attempt.met_side = ending.met_side if ending else None
    attempt.met_index = ending.met_index if ending else None
    attempt.met_ms = ending.met_ms if ending else None
    attempt.rule = ending.rule if ending else None
    attempt.said = ending.said if ending else None
    attempt.outcome = ending.outcome if ending else None
    attempt.time_on_task_ms = ending.time_on_task_ms if ending else None
    attempt.flags = sorted(ending.flags) if ending else []


def mark_stale(session_id: int) -> None:
    """Have a session's attempts measured anew: another batch has come."""
    db.session.execute(
        sa.update(Attempt).where(Attempt.session_id == session_id, Attempt.stale.is_(False)).values(stale=True)
    )


def withdraw(session: ParticipantSession) -> None:
    """Delete everything about a participant who took it back; only the number of such people is kept."""
    participant = session.participant
    if not participant.pilot:
        participant.study.withdrawn = Study.withdrawn + 1
    delete_participant(participant)


def delete_participant(participant: Participant) -> None:
    db.session.delete(participant)
    db.session.flush()


def exclude(participant: Participant, reason: str, *, by: User, now: dt.datetime) -> None:
    """Leave a participant out of every figure; the recording stays."""
    if not reason.strip():
        raise NotValid(Fault("reason", "say why, so that whoever reads the report can follow"))
    participant.excluded_at, participant.excluded_reason, participant.excluded_by = now, reason.strip(), by.id
    db.session.flush()


def include(participant: Participant) -> None:
    participant.excluded_at = participant.excluded_reason = participant.excluded_by = None
    db.session.flush()


def judge(attempt: Attempt, outcome: str | None, reason: str | None, *, by: User, now: dt.datetime) -> None:
    """Set what a moderator says of an attempt, or with None take it back; the rule's verdict stays beside it."""
    if outcome is None:
        attempt.judged_outcome = attempt.judged_reason = attempt.judged_by = attempt.judged_at = None
    else:
        faults = _judgement_faults(outcome, reason)
        if faults:
            raise NotValid(*faults)
        attempt.judged_outcome, attempt.judged_reason = outcome, (reason or "").strip()
        attempt.judged_by, attempt.judged_at = by.id, now
    db.session.flush()


def _judgement_faults(outcome: str, reason: str | None) -> Sequence[Fault]:
    faults = []
    if outcome not in JUDGEMENTS:
        faults.append(Fault("outcome", f"{outcome!r} is none of {', '.join(JUDGEMENTS)}"))
    if not (reason or "").strip():
        faults.append(Fault("reason", "say why, so that whoever reads the report can follow"))
    return faults


def _moment(at_ms: int | None) -> dt.datetime | None:
    return None if at_ms is None else dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value < 100_000 else None
