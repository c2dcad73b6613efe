"""What a link leads to: a report for whoever has it, and its password if there is one. Nobody signs in here."""

from __future__ import annotations

import gzip
import logging
from dataclasses import dataclass, replace

import sqlalchemy as sa
from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from usabtest.accounts.throttle import FREE_TRIES_AT_A_SHARE, subjects_of_share
from usabtest.accounts.tries import wrong_password
from usabtest.db import transaction
from usabtest.errors import NotFound
from usabtest.reports.cx import COST_CHANGES
from usabtest.reports.files import FILES
from usabtest.sharing import actions
from usabtest.sharing.access import is_unlocked, open_share, unlock
from usabtest.sharing.fetchers import fetches_by_itself
from usabtest.sharing.files import file_names, written
from usabtest.sharing.freeze import COMPARISON, PICTURE, File, frozen_file, frozen_page, task_name
from usabtest.sharing.models import Share
from usabtest.sharing.page import (
    NEUTRAL,
    Frame,
    frame_of,
    shared_comparison_page,
    shared_page,
    shared_report,
    shared_task_page,
)
from usabtest.sharing.routes.blueprint import bp, now
from usabtest.sharing.sections import Section
from usabtest.sharing.styles import shared_styles, version_of_styles
from usabtest.sharing.view import view_of
from usabtest.web.forms import Form

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """What `sharing/password.html` shows."""

    frame: Frame
    action: str


@bp.get("/r/<token>")
def shared(token: str) -> Response | str:
    """Show what the link shows, and count the visit."""
    at = now()
    share = open_share(token, now=at)
    if not is_unlocked(share):
        return _ask_for_password(share, token, Form())
    body = (frozen_page(share, token) or b"") if share.frozen else _live_page(share, token).encode(errors="replace")
    if _is_visit():
        _count_visit(share)
    return _packed(body)


@bp.post("/r/<token>")
def give_password(token: str) -> BaseResponse:
    """Let this browser look for some hours, if the password is right."""
    share = open_share(token, now=now())
    if not is_unlocked(share):
        tried = subjects_of_share(share.id, request.remote_addr)
        given = request.form.get("password", "")
        if wrong := wrong_password(share.password_hash, given, tried, free_tries=FREE_TRIES_AT_A_SHARE):
            page = _ask_for_password(share, token, Form(errors={"password": wrong}))
            return make_response(page, 429 if "again" in wrong else 422)
    path = url_for("sharing.shared", token=token)
    response = redirect(path, code=303)
    if share.password_hash is not None:
        unlock(response, share, path=path)
    return response


@bp.get("/r/<token>/tasks/<int:place>")
def task(token: str, place: int) -> BaseResponse:
    """Show one task of a report that has so many tasks or people that each has a page."""
    share = open_share(token, now=now())
    if not is_unlocked(share):
        return redirect(url_for("sharing.shared", token=token))
    page = frozen_page(share, token, task_name(place)) if share.frozen else _live_task(share, token, place)
    return _page_below(share, page)


@bp.get("/r/<token>/comparison")
def comparison(token: str) -> BaseResponse:
    """Show the comparison of a report that has so many tasks that it has a page."""
    share = open_share(token, now=now())
    if not is_unlocked(share):
        return redirect(url_for("sharing.shared", token=token))
    return _page_below(share, frozen_page(share, token, COMPARISON) if share.frozen else _live_comparison(share, token))


@bp.get("/shared.<version>.css")
def styles(version: str) -> Response:
    """The style sheet of all reports that follow their data, kept by browsers as long as it is this one."""
    kept = "public, max-age=31536000, immutable" if version == version_of_styles() else "no-cache"
    response = _packed(shared_styles().encode(), "text/css")
    response.headers["Cache-Control"] = kept
    return response


@bp.get("/r/<token>/preview.png")
def preview(token: str) -> Response:
    """The picture for chat tools; a look at it is no visit."""
    share = open_share(token, now=now())
    return Response(_picture(share), mimetype="image/png", headers={"Cache-Control": "private, max-age=300"})


@bp.get("/r/<token>/<name>")
def file(token: str, name: str) -> Response:
    """A file of the report; of a frozen one also the style sheets and the script that it was drawn with."""
    share = open_share(token, now=now())
    if not is_unlocked(share):
        raise NotFound("This report has a password.", advice="Open the link itself first.")
    found = frozen_file(share, name) if share.frozen else _live_file(share, name)
    if found is None:
        raise NotFound("This report has no such file.", advice="")
    return Response(found.body, mimetype=found.mimetype, headers={"Cache-Control": "no-store"})


def _live_page(share: Share, token: str) -> str:
    view = view_of(share)
    shared = shared_report(view, now=now(), put_in=request.args)
    return shared_page(shared, frame_of(view, shared.preview, token))


def _live_task(share: Share, token: str, place: int) -> bytes | None:
    view = view_of(share)
    # What a task's page does not show is not worked out for it.
    less = replace(view, sections=view.sections - {Section.CX, Section.COMPARE})
    shared = replace(shared_report(less, now=now()), view=view)
    page = shared_task_page(shared, frame_of(view, shared.preview, token), place)
    return None if page is None else page.encode(errors="replace")


def _live_comparison(share: Share, token: str) -> bytes | None:
    view = view_of(share)
    # What it does not show is not worked out for it.
    less = replace(view, sections=view.sections - {Section.CX})
    shared = replace(shared_report(less, now=now()), view=view)
    page = shared_comparison_page(shared, frame_of(view, shared.preview, token))
    return None if page is None else page.encode(errors="replace")


def _live_file(share: Share, name: str) -> File | None:
    view = view_of(share)
    if name not in file_names(view.sections):
        return None
    shared = shared_report(view, now=now())
    return File(written(name, shared.report, shared.summary, view.sections), FILES[name].mimetype)


def _picture(share: Share) -> bytes:
    if share.password_hash is not None:
        return NEUTRAL.png()
    kept = frozen_file(share, PICTURE) if share.frozen else None
    if kept is not None:
        return kept.body
    return shared_report(view_of(share), now=now()).preview.png()


def _page_below(share: Share, page: bytes | None) -> Response:
    """Send a page that the report leads to; whoever came by the report has been counted there."""
    if page is None:
        raise NotFound("This report has no such page.", advice="")
    # Browsers that do not say where somebody comes from are few, and older than these pages.
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin" and _is_visit():
        _count_visit(share)
    return _packed(page)


def _packed(body: bytes, mimetype: str = "text/html") -> Response:
    """Send a text small, to whoever can unpack it: phones on the way read reports, too."""
    response = Response(body, mimetype=mimetype, headers={"Vary": "Accept-Encoding"})
    if request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.content_encoding = "gzip"
    return response


def _ask_for_password(share: Share, token: str, form: Form) -> str:
    frame = frame_of(view_of(share), NEUTRAL, token)
    page = PasswordPage(frame, url_for("sharing.give_password", token=token))
    return render_template("sharing/password.html", page=page, form=form)


def _is_visit() -> bool:
    """Whether somebody reads: no chat tool that makes a preview, no browser that fetches in advance."""
    if request.method != "GET" or fetches_by_itself(request.user_agent.string):
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return False
    # Whoever has the sum worked out with other numbers is here already.
    return not set(COST_CHANGES) & set(request.args)


def _count_visit(share: Share) -> None:
    share_id = share.id
    try:
        with transaction():
            actions.count_visit(share_id, now=now())
    except sa.exc.OperationalError as error:
        # A database that cannot be written can still be read.
        log.warning("a visit of share %d was not counted: %s", share_id, error.orig)
