"""What a page of a target site asks of us before it records: the exchange of its code, its state, and the check."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeVar

import msgspec
from flask import Blueprint, Response, jsonify, request
from sqlalchemy.exc import OperationalError

from usabtest.collection.actions import session_for
from usabtest.collection.answers import body_of_at_most, not_now, refusal
from usabtest.collection.cors import OPAQUE, readable, request_origin, require_admitted
from usabtest.collection.limits import HELLO_BYTES
from usabtest.collection.queries import stored_of
from usabtest.db import db, transaction
from usabtest.errors import Refused
from usabtest.flow.progress import to_json
from usabtest.flow.steps import definition_of, settle
from usabtest.participation import actions
from usabtest.participation.models import ParticipantSession
from usabtest.participation.queries import code_for_exchange, session_of_token, token_of
from usabtest.studies.actions import note_seen, report_check
from usabtest.studies.models import Study
from usabtest.studies.queries import check_by_code

bp = Blueprint("recording", __name__, url_prefix="/recording")

HELD_AT_MOST = 100
CHECK_LIFE = dt.timedelta(minutes=10)

# A character 0 is kept by no PostgreSQL; no page's address and no browser's language has one.
_Text = Annotated[str, msgspec.Meta(max_length=2000, pattern="^[^\\x00]*$")]
_Language = Annotated[str, msgspec.Meta(max_length=35, pattern="^[^\\x00]*$")]
_Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_Pixels = Annotated[float, msgspec.Meta(ge=0, le=100_000)]


Request = TypeVar("Request", bound=msgspec.Struct)


class Hello(msgspec.Struct):
    """How a page presents itself: its identity, the viewport in CSS pixels, touch, and the browser's language."""

    page: _Text
    width: _Pixels = 0
    height: _Pixels = 0
    touch: int = 0
    language: _Language = ""

    def values(self) -> dict[str, object]:
        return {
            "width": round(self.width),
            "height": round(self.height),
            "touch": self.touch,
            "language": self.language,
        }


class ExchangeRequest(msgspec.Struct):
    v: Literal[1]
    code: _Secret
    browser: _Secret
    hello: Hello


class StateRequest(msgspec.Struct):
    v: Literal[1]
    k: _Secret
    hello: Hello
    have: str | None = None
    held: Annotated[list[tuple[_Secret, int]], msgspec.Meta(max_length=HELD_AT_MOST)] = msgspec.field(
        default_factory=list
    )


class CheckRequest(msgspec.Struct):
    v: Literal[1]
    code: _Secret
    hello: Hello
    widget: bool


@bp.post("/exchange")
def exchange() -> Response:
    """Give the recording token for a one-time code."""
    now, origin = dt.datetime.now(dt.UTC), request_origin()
    session = None
    try:
        asked = _read(ExchangeRequest)
        with transaction():
            session = _session_of_code(asked.code)
            if session is not None:
                require_admitted(session.version.spec.sites, origin)
            session = actions.exchange(asked.code, asked.browser, now)
            told = {"token": token_of(session), **_told(session, asked.hello, now, have=None)}
    except Refused as refused:
        return refusal(refused, session, origin)
    except OperationalError:
        return not_now(origin)
    return readable(jsonify(told), origin)


@bp.post("/state")
def state() -> Response:
    """Take a page's hello, and tell it what the server knows."""
    now, origin = dt.datetime.now(dt.UTC), request_origin()
    session = None
    try:
        asked = _read(StateRequest)
        session = session_of_token(asked.k)
        with transaction():
            session = session_for(asked.k, origin=origin, now=now, for_update=True)
            told = _told(session, asked.hello, now, have=asked.have)
            if asked.held:
                told["stored"] = stored_of(session.id, asked.held)
    except Refused as refused:
        return refusal(refused, session, origin)
    except OperationalError:
        return not_now(origin)
    return readable(jsonify(told), origin)


@bp.post("/check")
def check() -> Response:
    """Note that the script works on a start page: the Check button asked."""
    now, origin = dt.datetime.now(dt.UTC), request_origin()
    try:
        asked = _read(CheckRequest)
        with transaction():
            begun = check_by_code(asked.code)
            if begun is None or now - begun.created_at > CHECK_LIFE:
                raise Refused(401, "This check is unknown or too old. Press Check again.")
            study = db.session.get_one(Study, begun.study_id)
            require_admitted(study.spec.sites, origin)
            report_check(begun, page=asked.hello.page, widget_shown=asked.widget, now=now)
            _note_seen(study.id, origin, now)
    except Refused as refused:
        return refusal(refused, None, origin)
    except OperationalError:
        return not_now(origin)
    return readable(jsonify({}), origin)


def _session_of_code(code: str) -> ParticipantSession | None:
    kept = code_for_exchange(code)
    return db.session.get(ParticipantSession, kept.session_id) if kept else None


def _told(session: ParticipantSession, hello: Hello, now: dt.datetime, *, have: str | None) -> dict[str, object]:
    """Note the hello and say what is known: STATE, and DEFINITION unless the browser has it."""
    actions.arrive(session, hello.values(), request.user_agent.string, now)
    _note_seen(session.participant.study_id, request_origin(), now)
    course = settle(session, now)
    play = definition_of(session)
    told: dict[str, object] = {"now": round(now.timestamp() * 1000), "state": to_json(course.facts)}
    return told if have == play["id"] else {**told, "definition": play}


def _note_seen(study_id: int, origin: str | None, now: dt.datetime) -> None:
    if origin is not None and origin != OPAQUE:
        note_seen(study_id, origin, now=now)


def _read(kind: type[Request]) -> Request:
    try:
        return msgspec.json.decode(body_of_at_most(HELLO_BYTES), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(400, f"This is not what the wire format asks for: {error}.") from error
