"""What can be asked about studies."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from usabtest.accounts.models import Role, User
from usabtest.db import db
from usabtest.studies.models import Invitation, Member, SeenSite, SnippetCheck, Study, StudyVersion
from usabtest.studyfile.match import site_admits
from usabtest.web.tokens import token_digest


def study_by_key(key: str) -> Study | None:
    return db.session.scalar(sa.select(Study).where(Study.key == key).options(selectinload(Study.versions)))


def studies_of(user: User) -> list[Study]:
    """The studies that a user may see, newest first: all for an admin, else own ones and memberships."""
    asked = visible_to(user).options(selectinload(Study.versions))
    return list(db.session.scalars(asked.order_by(Study.created_at.desc(), Study.id.desc())))


def visible_to(user: User) -> sa.Select[Study]:
    """Ask for the studies that a user may see: all for an admin, else own ones and memberships."""
    asked = sa.select(Study)
    if user.role != Role.ADMIN:
        member_of = sa.select(Member.study_id).where(Member.user_id == user.id)
        asked = asked.where(sa.or_(Study.owner_id == user.id, Study.id.in_(member_of)))
    return asked


def all_studies() -> list[Study]:
    return list(db.session.scalars(sa.select(Study).order_by(Study.created_at, Study.id)))


def members_of(study: Study) -> list[User]:
    """Who may see a study beside its owner, by e-mail address."""
    asked = sa.select(User).join(Member, Member.user_id == User.id).where(Member.study_id == study.id)
    return list(db.session.scalars(asked.order_by(User.email)))


def is_member(study: Study, user: User) -> bool:
    return db.session.get(Member, (study.id, user.id)) is not None


def invitation_by_token(token: str) -> Invitation | None:
    return db.session.scalar(sa.select(Invitation).where(Invitation.token_hash == token_digest(token)))


def invitations_of(study: Study) -> Sequence[Invitation]:
    return db.session.scalars(
        sa.select(Invitation).where(Invitation.study_id == study.id).order_by(Invitation.id)
    ).all()


def check_by_code(code: str) -> SnippetCheck | None:
    return db.session.scalar(sa.select(SnippetCheck).where(SnippetCheck.code_hash == token_digest(code)))


def latest_checks(study: Study) -> dict[str, SnippetCheck]:
    """The last check of each start page, by its address."""
    asked = sa.select(SnippetCheck).where(SnippetCheck.study_id == study.id).order_by(SnippetCheck.id)
    return {check.start_url: check for check in db.session.scalars(asked)}


def any_study_admits(origin: str | None) -> bool:
    """Whether a page of this origin may record for some study."""
    if origin is None:
        return False
    current = sa.and_(StudyVersion.study_id == Study.id, StudyVersion.number == Study.version_number)
    definitions = db.session.scalars(sa.select(StudyVersion.definition).join(Study, current))
    return any(site_admits(site, origin) for definition in definitions for site in definition["sites"])


def seen_sites(study: Study) -> dict[str, SeenSite]:
    return {seen.origin: seen for seen in db.session.scalars(sa.select(SeenSite).filter_by(study_id=study.id))}
