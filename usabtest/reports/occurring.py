"""Which values a filter can be set to: those that occur among the people who count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from usabtest.db import db
from usabtest.participation.models import Participant, ParticipantStatus
from usabtest.studies.models import Invitation, Study

VALUES_AT_MOST = 12
ATTRIBUTES_AT_MOST = 12

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Occurring:
    """Of each filter the commonest values, and of how many people; `people` are all who count."""

    people: int
    values: Mapping[str, Counts]
    attributes: Mapping[str, Counts]


def occurring(study: Study) -> Occurring:
    """Ask for the values, whatever filters are in force: they are what else one might look at."""
    counted = (
        Participant.study_id == study.id,
        Participant.pilot.is_(False),
        Participant.excluded_at.is_(None),
        Participant.status != ParticipantStatus.SCREENED_OUT,
    )
    label = Invitation.label
    columns = {"device": Participant.device, "browser": Participant.browser, "language": Participant.language}
    columns |= {"status": Participant.status}
    found = {
        name: _counts(sa.select(column, sa.func.count()).where(*counted).group_by(column))
        for name, column in columns.items()
    }
    groups = sa.select(label, sa.func.count()).join_from(Participant, Invitation).where(*counted).group_by(label)
    return Occurring(
        people=sum(found["status"].values()),
        values={
            "device": found["device"],
            "browser": _added(found["browser"], lambda browser: browser.rpartition(" ")[0] or browser),
            "language": _added(found["language"], lambda language: language.partition("-")[0]),
            "group": _commonest(_counts(groups)),
            "status": found["status"],
        },
        attributes=_attributes(counted),
    )


def _counts(asked: sa.Executable) -> Counter[str]:
    return Counter({value: people for value, people in db.session.execute(asked) if value})


def _added(counts: Counts, name: Any) -> Counts:
    """Add up what has the same name: versions of a browser, regions of a language."""
    total: Counter[str] = Counter()
    for value, people in counts.items():
        total[name(value)] += people
    return _commonest(total)


def _commonest(counts: Counter[str]) -> Counts:
    return dict(sorted(counts.most_common(VALUES_AT_MOST)))


def _attributes(counted: Iterable[sa.ColumnElement[bool]]) -> Mapping[str, Counts]:
    """What came with the link, by name; names with a value of its own for each person (a panel's ids) are left out."""
    postgresql = db.session.get_bind().dialect.name == "postgresql"
    each = (sa.func.jsonb_each_text if postgresql else sa.func.json_each)(Participant.attributes)
    pair = each.table_valued("key", "value")
    asked = (
        sa.select(pair.c.key, pair.c.value, sa.func.count())
        .select_from(Participant)
        .join(pair, sa.true())
        .where(*counted)
        .group_by(pair.c.key, pair.c.value)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, value, people in db.session.execute(asked):
        found[name][str(value)] = people
    telling = {name: counts for name, counts in found.items() if len(counts) == 1 or max(counts.values()) > 1}
    return {name: _commonest(telling[name]) for name in sorted(telling)[:ATTRIBUTES_AT_MOST]}
