"""The links to a study's report: made here, counted and revoked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from usabtest.accounts.access import acting_user, sign_in_required
from usabtest.db import transaction
from usabtest.errors import NotFound
from usabtest.reports.comparison.choice import choice_echo, read_choice, says_what_is_compared
from usabtest.reports.filters import read_filters
from usabtest.reports.origin import filters_in_words
from usabtest.sharing import actions
from usabtest.sharing.access import share_or_404
from usabtest.sharing.compared import comparison_in_words
from usabtest.sharing.forms import OF_PEOPLE, ShareForm, read_share_form, share_form
from usabtest.sharing.links import share_link
from usabtest.sharing.making import make_share
from usabtest.sharing.models import Share
from usabtest.sharing.queries import latest_shares
from usabtest.sharing.routes.blueprint import bp, now
from usabtest.sharing.sections import Section
from usabtest.sharing.wanted import MOST_DAYS, SHORTEST_PASSWORD
from usabtest.sharing.words import SECTION_HINTS, SECTION_NAMES
from usabtest.studies.access import Right, study_or_404
from usabtest.studies.models import Study

SHOWN_LINKS = 200

Filters = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A link in the list."""

    share: Share
    name: str
    shows: str
    filters: str
    compares: str
    made_by: str
    over: bool


@dataclass(frozen=True, slots=True)
class SharesPage:
    """What `sharing/index.html` shows; `new_link` is there only right after it was made."""

    study: Study
    lines: Sequence[ShareLine]
    form: ShareForm
    filters: Filters
    comparison: Filters
    new_link: str | None
    maker: str
    most_days: int = MOST_DAYS
    shortest_password: int = SHORTEST_PASSWORD

    @property
    def filter_words(self) -> list[str]:
        """The filters in force, which a new link takes along."""
        return [one.words for one in filters_in_words(self.filters) if one.name]

    @property
    def address(self) -> Filters:
        """What the address of the page has, for a form that keeps it."""
        return {**self.filters, **self.comparison}

    @property
    def comparison_words(self) -> str:
        """What was chosen to be compared, which a new link takes along."""
        return comparison_in_words(self.study, self.comparison)

    @property
    def of_report(self) -> list[tuple[str, str, str]]:
        return [_choice(one) for one in Section if one not in OF_PEOPLE]

    @property
    def of_people(self) -> list[tuple[str, str, str]]:
        return [_choice(one) for one in OF_PEOPLE]


@bp.get("/studies/<key>/shares")
@sign_in_required
def index(key: str) -> str:
    """The links to a study's report, and a form for a new one."""
    return _page(study_or_404(key, Right.SHARE))


@bp.post("/studies/<key>/shares")
@sign_in_required
def create(key: str) -> str | tuple[str, int]:
    """Make a link and show it. No redirect: nothing keeps its address, so no other page could show it."""
    study = study_or_404(key, Right.SHARE)
    read = read_share_form(request.form, filters=_filters(), comparison=_comparison())
    if read.wanted is None:
        return _page(study, form=read.form), 422
    made = make_share(study, read.wanted)
    return _page(study, new_link=share_link(made.token))


@bp.post("/studies/<key>/shares/<int:share_id>/revoke")
@sign_in_required
def revoke(key: str, share_id: int) -> Response:
    """End a link at once."""
    with transaction():
        share = share_or_404(share_id, Right.SHARE)
        if share.study.key != key:
            raise NotFound("This study has no such link.")
        actions.revoke(share, now=now())
    flash("The link is revoked. Whoever opens it finds nothing any more.")
    return redirect(url_for("sharing.index", key=key), code=303)


def _page(study: Study, *, form: ShareForm | None = None, new_link: str | None = None) -> str:
    at = now()
    page = SharesPage(
        study=study,
        lines=[_line(share, at) for share in latest_shares(study, at_most=SHOWN_LINKS)],
        form=form or share_form(compares=bool(_comparison())),
        filters=_filters(),
        comparison=_comparison(),
        new_link=new_link,
        maker=acting_user().shown_name,
    )
    return render_template("sharing/index.html", page=page)


def _filters() -> Filters:
    """The report's filters, as the address of the page has them."""
    given = request.args.to_dict(flat=False)
    return read_filters({name: values for name, values in given.items() if not says_what_is_compared(name)}).echo


def _comparison() -> Filters:
    """What is to be compared, as the address of the page has it."""
    given = request.args.to_dict(flat=False)
    return choice_echo(read_choice({name: values for name, values in given.items() if says_what_is_compared(name)}))


def _line(share: Share, at: dt.datetime) -> ShareLine:
    names = [SECTION_NAMES[Section(one)] for one in share.sections]
    return ShareLine(
        share=share,
        name=share.label or f"Link {share.id}",
        shows=", ".join(names),
        filters=", ".join(one.words for one in filters_in_words(share.filters) if one.name),
        compares=comparison_in_words(share.study, share.comparison),
        made_by=share.maker.shown_name if share.maker else "",
        over=at >= share.expires_at,
    )


def _choice(section: Section) -> tuple[str, str, str]:
    return section, SECTION_NAMES[section], SECTION_HINTS[section]
