"""A participant's way: the link, the door, consent, and back again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from usabtest.db import db, transaction
from usabtest.errors import NotAllowed, NotFound
from usabtest.flow.definition import first_page, with_participant
from usabtest.flow.door import Door, Visitor, is_pilot, meet, visitor_of
from usabtest.flow.screener import screened
from usabtest.flow.welcome import WelcomePage, welcome_page
from usabtest.flow.words import DOORS
from usabtest.participation import actions
from usabtest.participation.models import Participant, ParticipantSession
from usabtest.participation.queries import ARRIVES_WITHIN, participant_of_browser
from usabtest.studies.actions import hold
from usabtest.studies.models import Invitation, Study
from usabtest.studies.queries import invitation_by_token, study_by_key
from usabtest.web.deployment import current_config
from usabtest.web.security import allow_forms_to_lead_anywhere
from usabtest.web.tokens import make_token

bp = Blueprint("flow", __name__)

COOKIE_DAYS = 30
PROBLEM_CHARACTERS = 5000


@dataclass(frozen=True, slots=True)
class Link:
    """The link that was opened: a study's own, or a personal invitation to it."""

    study: Study
    invitation: Invitation | None
    base: str

    def url(self, action: str = "") -> str:
        """The address of something done at this link; what came with it comes along."""
        query = request.query_string.decode("ascii", "ignore")
        return f"{self.base}{'/' + action if action else ''}{'?' + query if query else ''}"

    @property
    def cookie(self) -> str:
        """Pilots have a cookie of their own, so that trying a study out never counts as taking part."""
        return f"usabtest_{'pilot' if is_pilot(self.study) else 'live'}_{self.study.id}"


@dataclass(frozen=True, slots=True)
class WayPage:
    """What somebody sees who comes back: how to go on, or that the test has not begun."""

    organisation: str | None
    language: str
    task_number: int | None
    task_count: int
    continue_url: str
    retry_url: str
    report_url: str
    poll_url: str
    wait_s: int
    restart_url: str | None
    reported: bool


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One plain message."""

    organisation: str | None
    language: str
    heading: str
    text: str
    restart_url: str | None = None
    participant_code: str | None = None
    contact_email: str | None = None


@bp.before_request
def _refuse_other_sites() -> None:
    """Nobody consents, declines or takes back on a page that is not ours: a form elsewhere may lead here unseen.

    Our own forms send no Origin that could be compared, as our pages send no Referer; browsers say this instead.
    """
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        raise NotAllowed("This was sent from a page of another site. Open the study’s link and go on from there.")


# A study's own link is /s/KEY, a personal invitation to it /i/TOKEN; what is done at them is the same.
_LINK = "/<any(s, i):kind>/<name>"


@bp.get(_LINK)
def link(kind: str, name: str) -> BaseResponse:
    """The link that participants open: welcome and consent, or the way back. Changes nothing."""
    return _show(_link(kind, name))


@bp.post(f"{_LINK}/start")
def start(kind: str, name: str) -> BaseResponse:
    """Agree, and be sent to the target site."""
    return _start(_link(kind, name))


@bp.post(f"{_LINK}/decline")
def decline(kind: str, name: str) -> BaseResponse:
    """No, thank you: only the number is kept."""
    return _decline(_link(kind, name))


@bp.post(f"{_LINK}/continue")
def go_on(kind: str, name: str) -> BaseResponse:
    """Go on where the participant was, by a new one-time code."""
    return _go_on(_link(kind, name))


@bp.post(f"{_LINK}/again")
def again(kind: str, name: str) -> BaseResponse:
    """Start a pilot anew."""
    return _again(_link(kind, name))


@bp.post(f"{_LINK}/problem")
def report_problem(kind: str, name: str) -> BaseResponse:
    """Tell the moderator that the test does not begin."""
    return _report_problem(_link(kind, name))


@bp.get(f"{_LINK}/arrived")
def arrived(kind: str, name: str) -> Response:
    """Whether this browser's participant has arrived at the target site: the waiting page asks."""
    opened = _link(kind, name)
    participant = participant_of_browser(opened.study, request.cookies.get(opened.cookie), pilot=is_pilot(opened.study))
    response = jsonify({"arrived": participant is not None and participant.arrived_at is not None})
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/s/<key>/<any(thanks, left, withdrawn):end>")
def end(key: str, end: str) -> BaseResponse:
    """Where Finish leads if the study names no address of its own, and where people go who leave the test."""
    link = _link("s", key)
    participant = participant_of_browser(link.study, request.cookies.get(link.cookie), pilot=is_pilot(link.study))
    # Whatever led here: it is not said to be deleted while it is there.
    if end == "withdrawn" and participant is not None and participant.participant_session:
        end = "not_withdrawn"
    return _message(link, *DOORS[end], participant=participant)


def _link(kind: str, name: str) -> Link:
    base = url_for("flow.link", kind=kind, name=name)
    if kind == "s":
        study = study_by_key(name)
        if study is None:
            raise NotFound(
                "There is no study behind this link. Check it for a missing piece, or ask whoever sent it.", advice=""
            )
        return Link(study, None, base)
    invitation = invitation_by_token(name)
    if invitation is None:
        raise NotFound(
            "This invitation is unknown. Check the link for a missing piece, or ask whoever sent it.", advice=""
        )
    return Link(db.session.get_one(Study, invitation.study_id), invitation, base)


def _visitor(link: Link, browser_token: str | None = None) -> Visitor:
    return visitor_of(
        link.study,
        request.args.to_dict(),
        browser_token=browser_token or request.cookies.get(link.cookie),
        user_agent=request.user_agent.string,
        invitation=link.invitation,
    )


def _show(link: Link) -> BaseResponse:
    door, participant = meet(link.study, _visitor(link), _now())
    return _behind(door, link, participant)


def _behind(door: Door, link: Link, participant: Participant | None, *, reported: bool = False) -> BaseResponse:
    """Render what stands behind the door; a panel is told who it was, also where the address no longer says so."""
    outside = (participant.external_id if participant else None) or _visitor(link).external_id
    redirects = link.study.spec.redirect
    match door:
        case Door.WELCOME:
            return _page("flow/welcome.html", _welcome(link))
        case Door.CONTINUE | Door.WAITING | Door.NOT_BEGUN if participant is not None:
            return _page(f"flow/{door}.html", _way(link, participant, reported=reported))
        case Door.FULL if url := with_participant(redirects.quota_full, outside):
            return _elsewhere(url)
        case Door.SCREENED_OUT if url := with_participant(redirects.screened_out, outside):
            return _elsewhere(url)
        case _:
            restart = link.url("again") if is_pilot(link.study) and participant is not None else None
            # Whoever took part may come back as often as they like; what another has used up is gone.
            status = 410 if door in {Door.USED, Door.TAKEN} and participant is None else 200
            return _message(link, *DOORS[door], participant=participant, restart_url=restart, status=status)


def _start(link: Link) -> BaseResponse:
    now = _now()
    visitor = _visitor(link, request.form.get("opening") or request.cookies.get(link.cookie) or make_token())
    with transaction():
        hold(link.study)
        door, participant = meet(link.study, visitor, now)
        if door in {Door.WAITING, Door.NOT_BEGUN} and participant is not None:
            return _sent(link, participant, visitor, now)  # pressed twice
        if door is not Door.WELCOME:
            return _behind(door, link, participant)
        answers = screened(link.study.spec.screener, request.form.getlist)
        errors = dict(answers.errors)
        if request.form.get("agree") != "yes":
            errors["agree"] = "Tick the box if you agree. If you do not, choose No, thank you."
        if errors:
            return _page("flow/welcome.html", _welcome(link, errors), status=400)
        newcomer = actions.Newcomer(
            browser_token=str(visitor.browser_token),
            external_id=visitor.external_id,
            invitation=visitor.invitation,
            attributes=visitor.attributes,
            user_agent=visitor.user_agent,
        )
        if not answers.admitted:
            actions.screen_out(link.study, newcomer, pilot=is_pilot(link.study), now=now)
            return _with_cookie(_behind(Door.SCREENED_OUT, link, None), link, visitor)
        session = actions.begin(link.study, newcomer, pilot=is_pilot(link.study), now=now)
        return _sent(link, session.participant, visitor, now)


def _go_on(link: Link) -> BaseResponse:
    now, visitor = _now(), _visitor(link)
    with transaction():
        door, participant = meet(link.study, visitor, now)
        if participant is None or door not in {Door.CONTINUE, Door.WAITING, Door.NOT_BEGUN}:
            return redirect(link.url(), 303)
        return _sent(link, participant, visitor, now)


def _sent(link: Link, participant: Participant, visitor: Visitor, now: dt.datetime) -> BaseResponse:
    """Send the browser to its task on the target site, with a one-time code at the end of the address."""
    session = participant.participant_session
    if session is None:
        return _behind(Door.TAKEN, link, participant)
    if participant.arrived_at is None:
        participant.sent_at = now  # the fifteen seconds in which the snippet should say hello begin anew
    target = first_page(session.version.spec, session.task_order, _current(session))
    code = actions.new_code(session, now)
    return _with_cookie(_elsewhere(with_code(target, code)), link, visitor)


def with_code(url: str, code: str) -> str:
    """Put a one-time code at the end of an address's fragment."""
    return f"{url}{'&' if '#' in url else '#'}{urlencode({'usabtest': code})}"


def _decline(link: Link) -> BaseResponse:
    door, participant = meet(link.study, _visitor(link), _now())
    if door is not Door.WELCOME:
        return _behind(door, link, participant)
    if not is_pilot(link.study):
        with transaction():
            actions.decline(link.study)
    return _message(link, *DOORS["declined"])


def _again(link: Link) -> BaseResponse:
    if is_pilot(link.study):
        with transaction():
            participant = participant_of_browser(link.study, request.cookies.get(link.cookie), pilot=True)
            if participant is not None:
                actions.start_again(participant)
    response = redirect(link.url(), 303)
    response.delete_cookie(link.cookie)
    return response


def _report_problem(link: Link) -> BaseResponse:
    with transaction():
        door, participant = meet(link.study, _visitor(link), _now())
        if participant is not None:
            text = request.form.get("text", "").strip()[:PROBLEM_CHARACTERS]
            participant.problem = text or "The test has not begun (no words given)."
    return _behind(door, link, participant, reported=True)


def _welcome(link: Link, errors: Mapping[str, str] | None = None) -> WelcomePage:
    return welcome_page(
        link.study.spec,
        pilot=is_pilot(link.study),
        opening=request.form.get("opening") or make_token(),
        start_url=link.url("start"),
        decline_url=link.url("decline"),
        errors=errors or {},
        values={name: request.form.getlist(name) for name in request.form},
    )


def _way(link: Link, participant: Participant, *, reported: bool) -> WayPage:
    session = participant.participant_session
    return WayPage(
        organisation=_organisation(link.study),
        language=link.study.spec.language,
        task_number=_current(session) + 1 if session else None,
        task_count=len(session.task_order) if session else 0,
        continue_url=link.url("continue"),
        retry_url=link.url("continue"),
        report_url=link.url("problem"),
        poll_url=link.url("arrived"),
        wait_s=round(ARRIVES_WITHIN.total_seconds()),
        restart_url=link.url("again") if is_pilot(link.study) else None,
        reported=reported,
    )


def _current(session: ParticipantSession) -> int:
    """The place of the task where the participant is, by the attempts so far."""
    ended = sum(1 for attempt in session.attempts if attempt.ended_ms is not None)
    return min(ended, len(session.task_order) - 1)


def _message(
    link: Link,
    heading: str,
    text: str,
    *,
    participant: Participant | None = None,
    restart_url: str | None = None,
    status: int = 200,
) -> BaseResponse:
    """Say it; to who was recorded also, how to have that deleted."""
    contact = link.study.spec.contact
    page = MessagePage(
        organisation=_organisation(link.study),
        language=link.study.spec.language,
        heading=heading,
        text=text,
        restart_url=restart_url,
        participant_code=participant.code if participant and participant.participant_session else None,
        contact_email=contact.email if contact else None,
    )
    return _page("flow/message.html", page, status=status)


def _organisation(study: Study) -> str | None:
    return study.spec.contact.organisation if study.spec.contact else None


def _page(template: str, page: object, *, status: int = 200) -> BaseResponse:
    allow_forms_to_lead_anywhere()
    response = Response(render_template(template, page=page), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _elsewhere(url: str) -> BaseResponse:
    response = redirect(url, 303)
    response.headers["Cache-Control"] = "no-store"
    return response


def _with_cookie(response: BaseResponse, link: Link, visitor: Visitor) -> BaseResponse:
    response.set_cookie(
        link.cookie,
        str(visitor.browser_token),
        max_age=COOKIE_DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure or current_config().secure,
    )
    return response


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
