"""What changes about studies: their definition, their status, their members, invitations and checks."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from usabtest.accounts.models import User
from usabtest.db import db, put
from usabtest.errors import Conflict, Fault, Frozen, NotValid
from usabtest.studies.freeze import frozen_changes
from usabtest.studies.models import Invitation, Member, SeenSite, SnippetCheck, Status, Study, StudyVersion
from usabtest.studies.queries import is_member, study_by_key
from usabtest.studyfile.read import missing_to_start
from usabtest.studyfile.types import StudySpec
from usabtest.studyfile.write import to_mapping
from usabtest.web.tokens import make_token, token_digest

INVITATIONS_AT_ONCE = 1000
# /studies/new is the form for a new study.
_RESERVED_KEYS = frozenset({"new"})
_KEY_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"

# Pilot may be left out; live and paused alternate; nothing leads back from closed.
_NEXT = {
    Status.DRAFT: {Status.PILOT, Status.LIVE},
    Status.PILOT: {Status.LIVE},
    Status.LIVE: {Status.PAUSED, Status.CLOSED},
    Status.PAUSED: {Status.LIVE, Status.CLOSED},
    Status.CLOSED: set[Status](),
}


def create(spec: StudySpec, *, owner: User, now: dt.datetime) -> Study:
    """Make a study; its key, if the file names none, is made from the title with six random characters."""
    key = spec.key or made_key(spec.title)
    if key in _RESERVED_KEYS:
        raise Conflict(f"The key {key} has a page of ours behind it. Choose another key.")
    if study_by_key(key) is not None:
        raise Conflict(f"There is a study with the key {key} already. Choose another key, or replace that draft.")
    study = Study(
        key=key,
        title=spec.title,
        status=Status.DRAFT,
        owner_id=owner.id,
        version_number=1,
        created_at=now,
        updated_at=now,
    )
    db.session.add(study)
    study.versions.append(_version(replace(spec, key=key), number=1, now=now))
    db.session.flush()
    return study


def change(study: Study, spec: StudySpec, *, now: dt.datetime) -> None:
    """Give a study a new definition; what real participants have already met may not change.

    A definition that sessions began with is kept, and the new one becomes the next version.
    """
    spec = replace(spec, key=study.key)
    if study.frozen_at is not None:
        changed = frozen_changes(study.spec, spec)
        if changed:
            raise Frozen(changed)
    if spec == study.spec:
        return
    study.title, study.updated_at = spec.title, now
    study.version_number += 1
    study.versions.append(_version(spec, number=study.version_number, now=now))
    db.session.flush()


def hold(study: Study) -> None:
    """Keep everybody else from changing a study, or beginning in it, until the transaction ends."""
    db.session.refresh(study, with_for_update=True)


def replace_draft(study: Study, spec: StudySpec, *, now: dt.datetime) -> None:
    """Take a file for an existing key: only drafts may be replaced."""
    if study.status != Status.DRAFT:
        raise Conflict(f"{study.key} is {study.status}: only a draft can be replaced. Import it under another key.")
    change(study, spec, now=now)


def duplicate(study: Study, *, owner: User, now: dt.datetime) -> Study:
    """Make a new draft with the same definition, to run another round."""
    title = f"{study.title} (copy)"[:200]
    copied = create(replace(study.spec, key=None, title=title), owner=owner, now=now)
    copied.previous_id = study.id
    db.session.flush()
    return copied


def set_previous(study: Study, previous: Study | None) -> None:
    """Say which study was the round before; a round cannot come before itself."""
    earlier = previous
    while earlier is not None:
        if earlier.id == study.id:
            raise Conflict(
                f"{previous.title if previous else ''} came after this study, so it cannot be the round before."
            )
        earlier = earlier.previous
    study.previous_id = previous.id if previous else None
    db.session.flush()


def set_status(study: Study, status: Status, *, now: dt.datetime) -> None:
    """Take a study a step further; nothing happens if it is there already."""
    current = Status(study.status)
    if status == current:
        return
    if status not in _NEXT[current]:
        allowed = ", ".join(sorted(_NEXT[current])) or "nothing: it stays closed"
        raise Conflict(f"A {current} study cannot become {status}; it can become {allowed}.")
    if status in {Status.PILOT, Status.LIVE}:
        missing = missing_to_start(study.spec)
        if missing:
            raise NotValid(*missing)
    study.status, study.updated_at = status, now
    if status == Status.LIVE and study.live_since is None:
        study.live_since = now
    if status == Status.CLOSED:
        study.closed_at = now
    db.session.flush()


def delete(study: Study) -> None:
    """Delete a study with everything that was recorded in it."""
    db.session.delete(study)
    db.session.flush()


def add_member(study: Study, user: User, *, now: dt.datetime) -> None:
    if not is_member(study, user) and study.owner_id != user.id:
        db.session.add(Member(study_id=study.id, user_id=user.id, added_at=now))
        db.session.flush()


def remove_member(study: Study, user: User) -> None:
    db.session.execute(sa.delete(Member).where(Member.study_id == study.id, Member.user_id == user.id))


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom a personal invitation is for: a label for the moderator, and the identifier from outside."""

    label: str = ""
    participant_id: str | None = None


def invite(study: Study, people: Sequence[Invitee], *, now: dt.datetime) -> list[str]:
    """Make personal invitations; returns their tokens, which are shown once and kept only as hashes."""
    if not 1 <= len(people) <= INVITATIONS_AT_ONCE:
        raise NotValid(Fault("people", f"between 1 and {INVITATIONS_AT_ONCE} invitations can be made at once"))
    _refuse_repeated(study, people)
    tokens = [make_token() for _ in people]
    for token, person in zip(tokens, people, strict=True):
        db.session.add(
            Invitation(
                study_id=study.id,
                token_hash=token_digest(token),
                label=person.label[:200],
                participant_id=person.participant_id,
                created_at=now,
            )
        )
    db.session.flush()
    return tokens


def _refuse_repeated(study: Study, people: Sequence[Invitee]) -> None:
    asked = sa.select(Invitation.participant_id).where(
        Invitation.study_id == study.id, Invitation.participant_id.is_not(None)
    )
    seen = set(db.session.scalars(asked))
    faults = []
    for place, person in enumerate(people):
        if person.participant_id is not None:
            if person.participant_id in seen:
                faults.append(Fault(f"people[{place}].participant_id", "this participant has an invitation already"))
            seen.add(person.participant_id)
    if faults:
        raise NotValid(*faults)


def begin_check(study: Study, start_url: str, *, now: dt.datetime) -> str:
    """Make the code that the Check button opens a start page with."""
    code = make_token()
    db.session.add(SnippetCheck(study_id=study.id, code_hash=token_digest(code), start_url=start_url, created_at=now))
    db.session.flush()
    return code


def report_check(check: SnippetCheck, *, page: str, widget_shown: bool, now: dt.datetime) -> None:
    check.reported_at, check.page, check.widget_shown = now, page[:2000], widget_shown
    db.session.flush()


def note_seen(study_id: int, origin: str, *, now: dt.datetime) -> None:
    """Remember when the snippet was last heard from on a site."""
    put(SeenSite, {"study_id": study_id, "origin": origin[:300]}, {"seen_at": now})


def made_key(title: str) -> str:
    """Make a key from a title: its words in ASCII, and six random characters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "study"
    return f"{words}-{''.join(secrets.choice(_KEY_ALPHABET) for _ in range(6))}"


def _version(spec: StudySpec, *, number: int, now: dt.datetime) -> StudyVersion:
    return StudyVersion(number=number, definition=to_mapping(spec), created_at=now)
