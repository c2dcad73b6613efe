"""Signing in and out, one's own settings, and the people who may sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from usabtest.accounts import access, actions, forms, queries
from usabtest.accounts.access import current_user, role_required, sign_in_required
from usabtest.accounts.models import ApiToken, LinkPurpose, OneTimeLink, Role, User
from usabtest.accounts.throttle import subjects
from usabtest.accounts.tries import wrong_password
from usabtest.db import transaction
from usabtest.errors import Gone, NotFound
from usabtest.web.forms import Form
from usabtest.web.links import public_address, same_site_path

bp = Blueprint("accounts", __name__)


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What `accounts/settings.html` shows; `new_token` is there only right after it was made."""

    name_form: Form
    password_form: Form
    token_form: Form
    tokens: Sequence[ApiToken]
    new_token: str | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """What `accounts/people.html` shows; `new_link`, for `new_link_user`, is there only right after it was made."""

    form: Form
    users: Sequence[User]
    new_link: str | None
    new_link_user: User | None


@bp.app_context_processor
def who_is_signed_in() -> dict[str, User | None]:
    return {"current_user": current_user()}


@bp.route("/setup/<token>", methods=["GET", "POST"])
def setup(token: str) -> Response | str | tuple[str, int]:
    """Choose a password by a one-time link: as the first administrator, or as somebody whom an administrator added."""
    link = _open_link(token, LinkPurpose.SETUP)
    user = queries.user_by_id(link.user_id) if link.user_id is not None else None
    if request.method != "POST":
        known = Form({"email": user.email, "name": user.name} if user else {})
        return render_template("accounts/setup.html", form=known, user=user)
    form = forms.read_setup(request.form, email=user.email if user else None)
    if not form.valid:
        return render_template("accounts/setup.html", form=form, user=user), 422
    with transaction():
        ready = actions.set_up_by_link(
            link,
            email=form.values["email"],
            name=form.values["name"],
            password=form.values["password"],
            now=_now(),
        )
    access.remember(ready)
    return redirect(url_for("studies.index"), code=303)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """Sign in with e-mail address and password."""
    if request.method != "POST":
        if current_user():
            return redirect(_after_sign_in(request.args.get("next")))
        return _sign_in_page(Form({"next": same_site_path(request.args.get("next")) or ""}))
    form = forms.read_sign_in(request.form)
    if not form.valid:
        return _sign_in_page(form), 422
    user = queries.user_by_email(form.values["email"])
    if wrong := _wrong_password(user, email=form.values["email"], given=form.values["password"]):
        form.errors[""] = wrong
        return _sign_in_page(form), 429 if "again" in wrong else 422
    if user is None or not user.active:
        form.errors[""] = "This account has been disabled. An administrator can enable it."
        return _sign_in_page(form), 403
    access.remember(user)
    return redirect(_after_sign_in(form.values["next"]), code=303)


@bp.route("/sign-in/<token>", methods=["GET", "POST"])
def sign_in_once(token: str) -> Response | str:
    """Sign in by a one-time link, at the press of a button: what only looks at links must not use them up."""
    link = _open_link(token, LinkPurpose.SIGN_IN)
    user = queries.user_by_id(link.user_id) if link.user_id is not None else None
    if user is None or not user.active:
        raise Gone("This account has been disabled.")
    if request.method != "POST":
        return render_template("accounts/sign_in_once.html", user=user, form=Form())
    with transaction():
        actions.use_link(link, now=_now())
    access.remember(user)
    return redirect(url_for("studies.index"), code=303)


@bp.post("/sign-out")
def sign_out() -> Response:
    access.forget()
    return redirect(url_for("accounts.sign_in"), code=303)


@bp.get("/settings")
@sign_in_required
def settings() -> str:
    """A person's own name, password and API tokens."""
    return _settings_page()


@bp.post("/settings/name")
@sign_in_required
def change_name() -> Response | tuple[str, int]:
    form = forms.read_name(request.form)
    if not form.valid:
        return _settings_page(name_form=form), 422
    with transaction():
        actions.rename(_me(), form.values["name"])
    flash("Your name is saved.")
    return redirect(url_for("accounts.settings"), code=303)


@bp.post("/settings/password")
@sign_in_required
def change_password() -> Response | tuple[str, int]:
    user = _me()
    form = forms.read_new_password(request.form, email=user.email)
    if form.valid and (wrong := _wrong_password(user, email=user.email, given=form.values["current"])):
        form.errors["current"] = wrong
    if not form.valid:
        return _settings_page(password_form=form), 422
    with transaction():
        actions.set_password(user, form.values["password"])
    access.remember(user)
    flash("Your password is changed. Other browsers are signed out.")
    return redirect(url_for("accounts.settings"), code=303)


@bp.post("/settings/tokens")
@sign_in_required
def create_token() -> str | tuple[str, int]:
    """Make an API token and show it. No redirect: nothing keeps the token, so no other page could show it."""
    form = forms.read_token_name(request.form)
    if not form.valid:
        return _settings_page(token_form=form), 422
    with transaction():
        token = actions.create_token(_me(), name=form.values["token_name"], now=_now())
    return _settings_page(new_token=token.text)


@bp.post("/settings/tokens/<int:token_id>/revoke")
@sign_in_required
def revoke_token(token_id: int) -> Response:
    token = next((token for token in queries.tokens_of(_me()) if token.id == token_id), None)
    if token is None:
        raise NotFound("You have no such token.")
    with transaction():
        actions.revoke_token(token, now=_now())
    flash("The token is revoked.")
    return redirect(url_for("accounts.settings"), code=303)


@bp.get("/people")
@role_required(Role.ADMIN)
def people() -> str:
    """Everybody who may sign in."""
    return _people_page()


@bp.post("/people")
@role_required(Role.ADMIN)
def create_user() -> Response | str | tuple[str, int]:
    """Add somebody: with a first password, or with a link by which they choose it."""
    form = forms.read_new_user(request.form)
    if not form.valid:
        return _people_page(form), 422
    password = form.values["password"] or None
    with transaction():
        user = actions.create_user(
            form.values["email"],
            role=Role(form.values["role"]),
            name=form.values["name"],
            password=password,
            now=_now(),
        )
    if password is None:
        return _show_setup_link(user)
    flash(f"{user.email} can sign in now.")
    return redirect(url_for("accounts.people"), code=303)


@bp.post("/people/<int:user_id>/role")
@role_required(Role.ADMIN)
def change_role(user_id: int) -> Response:
    user = _user_or_404(user_id)
    role = request.form.get("role", "")
    if role not in set(Role):
        abort(400, description="There is no such role.")
    with transaction():
        actions.change_role(user, Role(role))
    flash(f"{user.email} is {role} now.")
    return redirect(url_for("accounts.people"), code=303)


@bp.post("/people/<int:user_id>/disable")
@role_required(Role.ADMIN)
def disable_user(user_id: int) -> Response:
    user = _user_or_404(user_id)
    with transaction():
        actions.disable(user, now=_now())
    flash(f"{user.email} is disabled.")
    return redirect(url_for("accounts.people"), code=303)


@bp.post("/people/<int:user_id>/enable")
@role_required(Role.ADMIN)
def enable_user(user_id: int) -> Response:
    user = _user_or_404(user_id)
    with transaction():
        actions.enable(user)
    flash(f"{user.email} is enabled.")
    return redirect(url_for("accounts.people"), code=303)


@bp.post("/people/<int:user_id>/link")
@role_required(Role.ADMIN)
def make_setup_link(user_id: int) -> str:
    """Make a link by which somebody chooses a new password."""
    user = _user_or_404(user_id)
    if not user.active:
        raise Gone("This account has been disabled.")
    return _show_setup_link(user)


def _show_setup_link(user: User) -> str:
    """Show a set-up link, this once: only its hash is kept, so it cannot wait for another page."""
    with transaction():
        token = actions.make_link(LinkPurpose.SETUP, user, now=_now())
    link = public_address("accounts.setup", token=token)
    return _people_page(new_link=link, new_link_user=user)


def _open_link(token: str, purpose: LinkPurpose) -> OneTimeLink:
    link = queries.link_by_text(token, purpose)
    if link is None:
        raise NotFound("This link is not one that we gave out.")
    if link.used_at is not None:
        raise Gone("This link has been used, or a newer one has taken its place.")
    if link.expires_at <= _now():
        raise Gone("This link has ended.")
    return link


def _wrong_password(user: User | None, *, email: str, given: str) -> str | None:
    return wrong_password(user.password_hash if user else None, given, subjects(email, request.remote_addr))


def _after_sign_in(wanted: str | None) -> str:
    return same_site_path(wanted) or url_for("studies.index")


def _sign_in_page(form: Form) -> str:
    return render_template("accounts/sign_in.html", form=form, needs_setup=not queries.has_admin())


def _settings_page(
    *,
    name_form: Form | None = None,
    password_form: Form | None = None,
    token_form: Form | None = None,
    new_token: str | None = None,
) -> str:
    page = SettingsPage(
        name_form=name_form or Form({"name": _me().name}),
        password_form=password_form or Form(),
        token_form=token_form or Form(),
        tokens=queries.tokens_of(_me()),
        new_token=new_token,
    )
    return render_template("accounts/settings.html", page=page)


def _people_page(form: Form | None = None, *, new_link: str | None = None, new_link_user: User | None = None) -> str:
    page = PeoplePage(
        form=form or Form({"role": Role.MODERATOR}),
        users=queries.all_users(),
        new_link=new_link,
        new_link_user=new_link_user,
    )
    return render_template("accounts/people.html", page=page)


def _me() -> User:
    return access.acting_user()


def _user_or_404(user_id: int) -> User:
    user = queries.user_by_id(user_id)
    if user is None:
        raise NotFound("There is no such user.")
    return user


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
