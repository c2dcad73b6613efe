"""Studies for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request

from usabtest.accounts.access import acting_user
from usabtest.accounts.bearer import require_token
from usabtest.accounts.models import User
from usabtest.accounts.queries import user_by_email
from usabtest.db import db, transaction
from usabtest.errors import Conflict, Fault, NotValid
from usabtest.studies import actions
from usabtest.studies.access import Right, require_creator, study_or_404
from usabtest.studies.actions import Invitee
from usabtest.studies.links import invitation_link, links_of, script_tag, unreachable
from usabtest.studies.models import Status, Study
from usabtest.studies.queries import members_of, visible_to
from usabtest.studyfile.read import parse_yaml, read_study
from usabtest.studyfile.types import StudySpec
from usabtest.studyfile.write import to_mapping
from usabtest.web.bodies import sent_object
from usabtest.web.paging import as_list, requested_page, take_page

api = Blueprint("studies_api", __name__, url_prefix="/api/v1")
api.before_request(require_token)

# What GET says of a study beside its file; a PUT of what GET gave is taken, and these are passed over.
_BESIDE_THE_FILE = ("status", "links", "snippet")
_LONGEST_LABEL = 200


@api.get("/studies")
def list_studies() -> Response:
    """The studies that you may see: key, title, status, when made and when changed; paged."""
    page = take_page(db.session(), visible_to(acting_user()), Study.id, page=requested_page())
    return jsonify(as_list(page, _item))


@api.post("/studies")
def create_study() -> tuple[Response, int, dict[str, str]]:
    """Make a study from its file, as JSON; answers its key, its links and the script tag."""
    owner = require_creator()
    spec = read_study(_sent_file())
    with transaction():
        study = actions.create(spec, owner=owner, now=_now())
        key, links = study.key, links_of(study)
    body = {"key": key, "links": asdict(links), "snippet": script_tag()}
    return jsonify(body), 201, {"Location": links.edit, **_warnings(spec)}


@api.get("/studies/<key>")
def read(key: str) -> Response:
    """A study's file as JSON, with its status, its links and the script tag."""
    return jsonify(_whole(study_or_404(key, Right.READ)))


@api.put("/studies/<key>")
def change(key: str) -> Response:
    """Give a study a new definition; what is frozen is refused by name (409)."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        sent = _sent_file()
        spec = read_study({name: value for name, value in sent.items() if name not in _BESIDE_THE_FILE})
        if spec.key is not None and spec.key != study.key:
            raise Conflict(f"A study keeps its key: this one is {study.key}, and {spec.key} was sent.")
        actions.change(study, spec, now=_now())
        return jsonify(_whole(study))


@api.delete("/studies/<key>")
def delete(key: str) -> tuple[str, int]:
    """Delete a study with everything that was recorded in it."""
    with transaction():
        actions.delete(study_or_404(key, Right.EDIT))
    return "", 204


@api.post("/studies/<key>/status")
def set_status(key: str) -> Response:
    """Take a study to another status: `{"status": "live"}`."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        wanted = sent_object({"status"}).get("status")
        if wanted not in list(Status):
            raise NotValid(Fault("status", f"one of {', '.join(Status)} belongs here"))
        actions.set_status(study, Status(str(wanted)), now=_now())
        return jsonify({"key": study.key, "status": study.status})


@api.post("/studies/<key>/invitations")
def invite(key: str) -> tuple[Response, int]:
    """Make personal invitations: `{"count"}` or `{"people": [{"label", "participant_id"}]}`; links are shown once."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        tokens = actions.invite(study, _invitees(sent_object({"count", "people"})), now=_now())
    return jsonify([{"url": invitation_link(token)} for token in tokens]), 201


@api.get("/studies/<key>/members")
def list_members(key: str) -> Response:
    """Who may see a study beside its owner."""
    study = study_or_404(key, Right.READ)
    return jsonify({"items": [_person(user) for user in members_of(study)], "next": None})


@api.post("/studies/<key>/members")
def add_member(key: str) -> tuple[Response, int]:
    """Let somebody see a study: `{"email"}`; what they may do there follows from their role."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        user = _user(sent_object({"email"}).get("email"))
        actions.add_member(study, user, now=_now())
        return jsonify(_person(user)), 201


@api.delete("/studies/<key>/members")
def remove_member(key: str) -> tuple[str, int]:
    """Take somebody's view of a study away: `{"email"}`, or `?email=`."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        email = request.args.get("email") if "email" in request.args else sent_object({"email"}).get("email")
        actions.remove_member(study, _user(email))
    return "", 204


def _item(study: Study) -> dict[str, object]:
    return {
        "key": study.key,
        "title": study.title,
        "status": study.status,
        "created_at": study.created_at.isoformat(),
        "updated_at": study.updated_at.isoformat(),
        "links": asdict(links_of(study)),
    }


def _whole(study: Study) -> dict[str, object]:
    return {
        **to_mapping(study.spec),
        "status": study.status,
        "links": asdict(links_of(study)),
        "snippet": script_tag(),
    }


def _person(user: User) -> dict[str, str]:
    return {"email": user.email, "name": user.name, "role": user.role}


def _sent_file() -> dict[str, Any]:
    """Read the body as a study file is read: JSON, duplicate keys refused."""
    body = request.get_data()
    if not body.strip():
        raise NotValid(Fault("", "the body is empty; JSON belongs there"))
    return parse_yaml(body)


def _user(email: object) -> User:
    user = user_by_email(email) if isinstance(email, str) else None
    if user is None:
        raise NotValid(Fault("email", "there is no user with this address; an administrator can add them"))
    return user


def _invitees(sent: Mapping[str, object]) -> list[Invitee]:
    count, people = sent.get("count"), sent.get("people")
    if people is None and isinstance(count, int) and not isinstance(count, bool):
        if not 1 <= count <= actions.INVITATIONS_AT_ONCE:
            raise NotValid(Fault("count", f"a whole number from 1 to {actions.INVITATIONS_AT_ONCE} belongs here"))
        return [Invitee()] * count
    if not isinstance(people, list) or count is not None:
        raise NotValid(Fault("", 'send either {"count": 10} or {"people": [{"label": "…", "participant_id": "…"}]}'))
    faults = [fault for place, person in enumerate(people) for fault in _person_faults(person, f"people[{place}]")]
    if faults:
        raise NotValid(*faults)
    return [Invitee(person.get("label") or "", person.get("participant_id") or None) for person in people]


def _person_faults(person: object, path: str) -> list[Fault]:
    if not isinstance(person, Mapping):
        return [Fault(path, "is no person; write {} or name label, participant_id or both")]
    faults = [
        Fault(f"{path}.{name}", "is not known; a person has label and participant_id")
        for name in person
        if name not in {"label", "participant_id"}
    ]
    for name in ("label", "participant_id"):
        value = person.get(name)
        if value is not None and not (isinstance(value, str) and len(value) <= _LONGEST_LABEL):
            faults.append(Fault(f"{path}.{name}", f"a text of up to {_LONGEST_LABEL} characters belongs here"))
    return faults


def _warnings(spec: StudySpec) -> dict[str, str]:
    """Say what will not work in a header, so that the body stays what it is promised to be."""
    sentence = (unreachable(spec) or "").encode("ascii", "replace").decode().replace('"', "'")
    return {"Warning": f'199 usabtest "{sentence}"'} if sentence else {}


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
