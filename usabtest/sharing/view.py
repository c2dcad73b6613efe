"""What a link shows of which study: the same for a link that is there and for one that is being made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from usabtest.accounts.models import User
from usabtest.sharing.models import Share
from usabtest.sharing.sections import Section
from usabtest.sharing.wanted import ShareSpec
from usabtest.studies.models import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`by` made the link, and it shows no more than they may read; `maker` is their name, if it may be shown.

    `comparison` is empty for the usual one: with the round before, else with the benchmarks.

    `frozen_at` is None where the page follows the data.
    """

    study: Study
    sections: frozenset[Section]
    filters: Mapping[str, str | list[str]]
    comparison: Mapping[str, str | list[str]]
    expires_at: dt.datetime
    has_password: bool
    by: User | None
    maker: str | None = None
    frozen_at: dt.datetime | None = None


def view_of(share: Share) -> View:
    return View(
        study=share.study,
        sections=frozenset(map(Section, share.sections)),
        filters=share.filters,
        comparison=share.comparison,
        expires_at=share.expires_at,
        has_password=share.password_hash is not None,
        by=share.maker,
        maker=share.maker.shown_name if share.shows_maker and share.maker else None,
        frozen_at=share.created_at if share.frozen else None,
    )


def view_to_be(study: Study, wanted: ShareSpec, *, by: User, now: dt.datetime) -> View:
    """What a link will show that is made now."""
    return View(
        study=study,
        sections=frozenset(wanted.sections),
        filters=wanted.filters,
        comparison=wanted.comparison,
        expires_at=wanted.expires_at(now),
        has_password=wanted.password is not None,
        by=by,
        maker=by.shown_name if wanted.shows_maker else None,
        frozen_at=now if wanted.frozen else None,
    )
