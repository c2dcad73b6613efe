"""What people send about themselves and each other."""

from __future__ import annotations

import re
from collections.abc import Mapping

from usabtest.accounts.models import Role
from usabtest.accounts.passwords import password_fault
from usabtest.accounts.queries import normal_email, user_by_email
from usabtest.web.forms import Form

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LONGEST_EMAIL = 254
_LONGEST_NAME = 100


def read_sign_in(sent: Mapping[str, str]) -> Form:
    """`email`, `password`, `next`."""
    values = _values(sent, "email", "password", "next")
    errors = {}
    if not values["email"]:
        errors["email"] = "Your e-mail address is missing."
    if not values["password"]:
        errors["password"] = "Your password is missing."  # noqa: S105
    return Form(values | {"email": normal_email(values["email"])}, errors)


def read_setup(sent: Mapping[str, str], *, email: str | None) -> Form:
    """`email` (unless it is known), `name`, `password`."""
    values = _values(sent, "email", "name", "password")
    values["email"] = normal_email(values["email"] if email is None else email)
    errors = _email_errors(values["email"]) | _name_errors(values["name"])
    if fault := password_fault(values["password"], email=values["email"]):
        errors["password"] = fault
    return Form(values, errors)


def read_new_user(sent: Mapping[str, str]) -> Form:
    """`email`, `name`, `role`, and `password`, which may be empty: then the user chooses it by a link."""
    values = _values(sent, "email", "name", "role", "password")
    values["email"] = normal_email(values["email"])
    errors = _email_errors(values["email"]) | _name_errors(values["name"])
    if "email" not in errors and user_by_email(values["email"]):
        errors["email"] = "There is already a user with this address."
    if values["role"] not in set(Role):
        errors["role"] = "Choose a role."
    if values["password"] and (fault := password_fault(values["password"], email=values["email"])):
        errors["password"] = fault
    return Form(values, errors)


def read_new_password(sent: Mapping[str, str], *, email: str) -> Form:
    """`current`, `password`."""
    values = _values(sent, "current", "password")
    errors = {}
    if not values["current"]:
        errors["current"] = "Your password as it is now is missing."
    if fault := password_fault(values["password"], email=email):
        errors["password"] = fault
    return Form(values, errors)


def read_name(sent: Mapping[str, str]) -> Form:
    """`name`."""
    values = _values(sent, "name")
    return Form(values, _name_errors(values["name"]))


def read_token_name(sent: Mapping[str, str]) -> Form:
    """`token_name`."""
    values = _values(sent, "token_name")
    if not values["token_name"]:
        return Form(values, {"token_name": "Name what will use the token, so that you know later which to revoke."})
    return Form(values, _name_errors(values["token_name"], "token_name"))


_AS_TYPED = frozenset({"password", "current"})


def _values(sent: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return the fields without spaces around them; a password is what was typed."""
    return {name: sent.get(name, "") if name in _AS_TYPED else sent.get(name, "").strip() for name in names}


def _email_errors(email: str) -> dict[str, str]:
    if not _EMAIL.fullmatch(email):
        return {"email": "An e-mail address belongs here, such as rosa@example.org."}
    if len(email) > _LONGEST_EMAIL:
        return {"email": f"At most {_LONGEST_EMAIL} characters."}
    return {}


def _name_errors(name: str, field: str = "name") -> dict[str, str]:
    return {field: f"At most {_LONGEST_NAME} characters."} if len(name) > _LONGEST_NAME else {}
