"""Every address, and the least that somebody must be to use it; an address that is missing here fails."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import api_headers, make_attempt, make_participant, make_study, make_user, now, sign_in
from tests.web.sharing.shares import make_link
from usabtest.accounts.models import Role, User
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import transaction
from usabtest.reports.files import FILES
from usabtest.studies import actions
from usabtest.studies.models import Study


class Least(IntEnum):
    """Who may: each may what those before may; an observer, a researcher and a moderator are the study's members."""

    ANYBODY = 0
    SIGNED_IN = 1
    OBSERVER = 2
    RESEARCHER = 3
    MODERATOR = 4
    ADMIN = 5


@dataclass(frozen=True)
class Person:
    user: User
    is_member: bool = True


STUDY = "/studies/<key>"
API = "/api/v1/studies"
LINK = "/<any(s, i):kind>/<name>"

# What a participant or a target site uses, what the sign-in needs, and the scripts.
FOR_ANYBODY = [
    "GET /",
    f"GET {LINK}",
    f"GET {LINK}/arrived",
    *(f"POST {LINK}/{action}" for action in ("start", "decline", "continue", "again", "problem")),
    "GET /s/<key>/<any(thanks, left, withdrawn):end>",
    *(f"POST /recording/{what}" for what in ("batches", "state", "exchange", "check")),
    "GET /snippet.js",
    "GET /snippet/<name>",
    "GET /static/<path:filename>",
    "GET /api/v1/openapi.json",
    *(f"{method} {path}" for method in ("GET", "POST") for path in ("/sign-in", "/sign-in/<token>", "/setup/<token>")),
    "POST /sign-out",
    "GET /r/<token>",
    "GET /r/<token>/tasks/<int:place>",
    "GET /r/<token>/comparison",
    "POST /r/<token>",
    "GET /r/<token>/preview.png",
    "GET /r/<token>/<name>",
    "GET /shared.<version>.css",
]

LEAST: dict[str, Least] = {
    **dict.fromkeys(FOR_ANYBODY, Least.ANYBODY),
    "GET /settings": Least.SIGNED_IN,
    "POST /settings/name": Least.SIGNED_IN,
    "POST /settings/password": Least.SIGNED_IN,
    "POST /settings/tokens": Least.SIGNED_IN,
    "POST /settings/tokens/<int:token_id>/revoke": Least.SIGNED_IN,
    "GET /people": Least.ADMIN,
    "POST /people": Least.ADMIN,
    **{f"POST /people/<int:user_id>/{what}": Least.ADMIN for what in ("role", "disable", "enable", "link")},
    "GET /studies": Least.SIGNED_IN,
    f"GET {STUDY}": Least.RESEARCHER,
    f"GET {STUDY}/export.yaml": Least.RESEARCHER,
    f"GET {STUDY}/checks": Least.RESEARCHER,
    f"POST {STUDY}/checks": Least.MODERATOR,
    f"POST {STUDY}/status": Least.MODERATOR,
    f"POST {STUDY}/delete": Least.MODERATOR,
    f"POST {STUDY}/duplicate": Least.MODERATOR,
    f"POST {STUDY}/invitations": Least.MODERATOR,
    f"POST {STUDY}/members": Least.MODERATOR,
    f"POST {STUDY}/members/<int:user_id>/remove": Least.MODERATOR,
    f"GET {STUDY}/edit/<slug>": Least.MODERATOR,
    f"POST {STUDY}/edit/<slug>": Least.MODERATOR,
    f"GET {STUDY}/new-task": Least.MODERATOR,
    f"POST {STUDY}/new-task": Least.MODERATOR,
    f"GET {STUDY}/tasks/<task_key>": Least.MODERATOR,
    f"POST {STUDY}/tasks/<task_key>": Least.MODERATOR,
    f"POST {STUDY}/tasks/<task_key>/<any(up, down, duplicate, remove):what>": Least.MODERATOR,
    f"GET {STUDY}/preview": Least.RESEARCHER,
    f"GET {STUDY}/preview/definition": Least.RESEARCHER,
    f"GET {STUDY}/preview/welcome": Least.RESEARCHER,
    f"GET {STUDY}/preview/message/<name>": Least.RESEARCHER,
    f"POST {STUDY}/preview/<any(start, declined):to>": Least.RESEARCHER,
    f"GET {STUDY}/participants": Least.RESEARCHER,
    f"GET {STUDY}/participants/<code>": Least.RESEARCHER,
    f"POST {STUDY}/participants/<code>/exclude": Least.RESEARCHER,
    f"POST {STUDY}/participants/<code>/include": Least.RESEARCHER,
    f"POST {STUDY}/participants/<code>/delete": Least.MODERATOR,
    f"POST {STUDY}/attempts/<attempt_id>/judge": Least.RESEARCHER,
    f"GET {STUDY}/data-<any(csv, ndjson):form>.zip": Least.RESEARCHER,
    f"GET {STUDY}/report": Least.OBSERVER,
    f"GET {STUDY}/report.csv": Least.OBSERVER,
    f"GET {STUDY}/report.json": Least.OBSERVER,
    **{f"GET {STUDY}/{name}": Least.OBSERVER for name in FILES},
    f"GET {STUDY}/report/tasks/<task_key>": Least.OBSERVER,
    f"GET {STUDY}/report/<name>.csv": Least.OBSERVER,
    f"GET {STUDY}/report/tasks/<task_key>/<name>.csv": Least.OBSERVER,
    f"GET {STUDY}/report/summary": Least.OBSERVER,
    f"GET {STUDY}/report/summary/edit": Least.RESEARCHER,
    f"POST {STUDY}/conclusions": Least.RESEARCHER,
    f"POST {STUDY}/conclusions/forget": Least.RESEARCHER,
    f"GET {STUDY}/compare": Least.OBSERVER,
    f"GET {STUDY}/compare/<name>.csv": Least.OBSERVER,
    f"GET {STUDY}/benchmarks": Least.MODERATOR,
    f"POST {STUDY}/benchmarks": Least.MODERATOR,
    f"POST {STUDY}/previous": Least.MODERATOR,
    f"GET {STUDY}/shares": Least.RESEARCHER,
    f"POST {STUDY}/shares": Least.RESEARCHER,
    f"POST {STUDY}/shares/<int:share_id>/revoke": Least.RESEARCHER,
    f"GET {API}": Least.SIGNED_IN,
    f"GET {API}/<key>": Least.RESEARCHER,
    f"PUT {API}/<key>": Least.MODERATOR,
    f"DELETE {API}/<key>": Least.MODERATOR,
    f"POST {API}/<key>/status": Least.MODERATOR,
    f"POST {API}/<key>/invitations": Least.MODERATOR,
    f"GET {API}/<key>/members": Least.RESEARCHER,
    f"POST {API}/<key>/members": Least.MODERATOR,
    f"DELETE {API}/<key>/members": Least.MODERATOR,
    f"GET {API}/<key>/report": Least.OBSERVER,
    **{f"GET {API}/<key>/{name}": Least.RESEARCHER for name in ("participants", "attempts", "events", "answers")},
    f"PATCH {API}/<key>/participants/<participant_id>": Least.RESEARCHER,
    f"DELETE {API}/<key>/participants/<participant_id>": Least.MODERATOR,
    f"PATCH {API}/<key>/attempts/<attempt_id>": Least.RESEARCHER,
    f"GET {API}/<key>/shares": Least.RESEARCHER,
    f"POST {API}/<key>/shares": Least.RESEARCHER,
    "DELETE /api/v1/shares/<int:share_id>": Least.RESEARCHER,
}

# Making a study hangs on the role alone, not on a study.
BY_ROLE_ALONE = {"GET /studies/new", "POST /studies/new", f"POST {API}"}

# What has to be right before anybody looks at who sends it.
BODIES: dict[str, dict[str, object]] = {
    f"POST {STUDY}/status": {"status": "paused"},
    f"PATCH {API}/<key>/participants/<participant_id>": {"excluded": True, "reason": "a colleague"},
    f"PATCH {API}/<key>/attempts/<attempt_id>": {"outcome": "success", "reason": "they had it"},
}

# Participants and target sites have no sign-in that a stranger's page could borrow; programs send a token.
NO_GUARD_OF_FORMS = {
    *(use for use in FOR_ANYBODY if use.startswith((f"POST {LINK}", "POST /recording/"))),
    f"POST {STUDY}/preview/<any(start, declined):to>",
}


def uses_of(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_address_has_its_line(app: Flask) -> None:
    assert uses_of(app) == LEAST.keys() | BY_ROLE_ALONE


@pytest.mark.parametrize("use", sorted(use for use, least in LEAST.items() if least > Least.ANYBODY))
def test_who_may(app: Flask, use: str) -> None:
    moderator = make_user()
    by_role = {role: Person(make_user(role=role)) for role in (Role.OBSERVER, Role.RESEARCHER, Role.MODERATOR)}
    people: list[tuple[Least, Person | None]] = [
        (Least.ANYBODY, None),
        (Least.SIGNED_IN, Person(make_user(), is_member=False)),
        (Least.OBSERVER, by_role[Role.OBSERVER]),
        (Least.RESEARCHER, by_role[Role.RESEARCHER]),
        (Least.MODERATOR, by_role[Role.MODERATOR]),
        (Least.ADMIN, Person(make_user(role=Role.ADMIN), is_member=False)),
    ]

    let_in = {who.name: tried(app, use, person, owner=moderator) for who, person in people}

    assert let_in == {who.name: who >= LEAST[use] for who, _ in people}


@pytest.mark.parametrize("use", sorted(BY_ROLE_ALONE))
def test_who_may_make_studies(app: Flask, use: str) -> None:
    owner = make_user()

    let_in = [tried(app, use, Person(make_user(role=role), is_member=False), owner=owner) for role in Role]

    assert dict(zip(Role, let_in, strict=True)) == {
        Role.ADMIN: True,
        Role.MODERATOR: True,
        Role.RESEARCHER: False,
        Role.OBSERVER: False,
    }
    assert not tried(app, use, None, owner=owner)


def tried(app: Flask, use: str, person: Person | None, *, owner: User) -> bool:
    """Whether this use of an address is let through, in a study of its own; what it answers else does not matter."""
    client = app.test_client()
    method, path = address(use, owner, person)
    headers = {}
    if person is not None and "/api/" in path:
        headers = api_headers(person.user)
    elif person is not None:
        sign_in(client, person.user)
    body = BODIES.get(use, {})
    if "/api/" in path:
        return not_refused(client.open(path, method=method, headers=headers, json=body))
    return not_refused(client.open(path, method=method, headers=headers, data=body))


def not_refused(answer: TestResponse) -> bool:
    assert answer.status_code < 500, answer.text
    to_sign_in = answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in")
    return not to_sign_in and answer.status_code not in {401, 403, 404}


def address(use: str, owner: User, person: Person | None = None) -> tuple[str, str]:
    """The use's method, and its path with things that exist; the study has whoever tries as a member."""
    method, path = use.split(" ", 1)
    study = make_study(owner)
    if person is not None and person.is_member:
        with transaction():
            actions.add_member(study, person.user, now=now())
    participant = make_participant(study)
    make_attempt(participant)
    session = participant.participant_session
    assert session is not None
    values = {
        "<int:token_id>": str(own_token(person)) if person else "1",
        "<int:user_id>": str(owner.id),
        "<int:share_id>": str(make_link(study).share.id),
        "<any(up, down, duplicate, remove):what>": "duplicate",
        "<any(start, declined):to>": "start",
        "<any(csv, ndjson):form>": "csv",
        "<attempt_id>": f"{session.id:016x}-0",
        "<participant_id>": f"{participant.id:016x}",
        "<code>": participant.code,
        "<task_key>": "find-book",
        "<slug>": "sites",
        "<key>": study.key,
    }
    if "/preview/message" in path:
        values["<name>"] = "thanks"
    if "/report/" in path:
        values["<name>"] = "outcomes"
    if "/compare/" in path:
        values["<name>"] = "success"
    for placeholder, value in values.items():
        path = path.replace(placeholder, value)
    return method, path


def own_token(person: Person) -> int:
    api_headers(person.user)
    return max(token.id for token in person.user.tokens)


def test_a_program_is_not_let_in_by_a_cookie_nor_a_person_by_a_token(app: Flask, alice: User) -> None:
    study: Study = make_study(alice)
    signed_in, with_token = app.test_client(), app.test_client()
    sign_in(signed_in, alice)
    headers = api_headers(alice)
    token = headers["Authorization"].removeprefix("Bearer ")

    assert signed_in.get(f"{API}/{study.key}").status_code == 401
    assert app.test_client().get(f"{API}/{study.key}?token={token}&access_token={token}").status_code == 401
    assert app.test_client().get(f"{API}/{study.key}", headers={"Cookie": f"token={token}"}).status_code == 401
    assert not not_refused(with_token.get(f"/studies/{study.key}", headers=headers))


def test_forms_of_people_are_guarded(config: Config) -> None:
    app = create_app(config)
    with app.app_context():
        owner = make_user(role=Role.ADMIN)
        posts = sorted(use for use in uses_of(app) if use.startswith("POST ") and "/api/" not in use)
        unguarded = {use for use in posts if not is_guarded(app.test_client(), use, owner)}

    assert unguarded == NO_GUARD_OF_FORMS


def is_guarded(client: FlaskClient, use: str, owner: User) -> bool:
    sign_in(client, owner)
    _, path = address(use, owner)
    answer = client.post(path.replace("<any(s, i):kind>/<name>", "s/nothing"), data={"role": "admin"})
    return "This form is no longer good" in answer.text
