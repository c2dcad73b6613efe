"""Who may do what with a study: the role says what, being its owner or a member says with which."""

from __future__ import annotations

from enum import StrEnum

from usabtest.accounts.access import acting_user, has_role
from usabtest.accounts.models import Role, User
from usabtest.errors import NotAllowed, NotFound
from usabtest.studies.models import Study
from usabtest.studies.queries import is_member, study_by_key


class Right(StrEnum):
    """What somebody wants to do with a study."""

    REPORT = "read its report"
    READ = "read everything in it"
    CORRECT = "leave participants out and correct outcomes"
    SHARE = "share it"
    EDIT = "change, run or delete it"


_LEAST_ROLE = {
    Right.REPORT: Role.OBSERVER,
    Right.READ: Role.RESEARCHER,
    Right.CORRECT: Role.RESEARCHER,
    Right.SHARE: Role.RESEARCHER,
    Right.EDIT: Role.MODERATOR,
}


def study_or_404(key: str, right: Right) -> Study:
    """Return a study to whoever asks; a stranger is told that there is none, a reader that their role is too low."""
    user = acting_user()
    study = study_by_key(key)
    if study is None or not may_see(user, study):
        raise NotFound("There is no study with this address, or you are not one of its members.")
    if not may(user, study, right):
        raise NotAllowed(f"Your role is {user.role}: you may not {right}.")
    return study


def may_see(user: User, study: Study) -> bool:
    """Whether a study exists for a user at all."""
    return user.role == Role.ADMIN or study.owner_id == user.id or is_member(study, user)


def may(user: User, study: Study, right: Right) -> bool:
    """Whether a user may do this with a study."""
    return may_see(user, study) and has_role(user, _LEAST_ROLE[right])


def require_creator() -> User:
    """Return whoever asks if they may make studies."""
    user = acting_user()
    if not has_role(user, Role.MODERATOR):
        raise NotAllowed(f"Only a moderator may make studies; your role is {user.role}.")
    return user
