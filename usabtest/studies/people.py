"""What the pages of a study say about its participants, whom this room does not know.

Participants live in a room above this one. `app.py` hands their counting in, as it hands the participants' steps to
the room that stores them: so the pages stand where the study is, and imports still point down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from usabtest.studies.models import Study

_NAME = "usabtest.people"


@dataclass(frozen=True, slots=True)
class People:
    """How many came how far.

    Pilots are counted apart, and `solved` names the tasks that ended in success in one. Stranded is who was sent to the
    site a while ago and has not been heard of since.
    """

    invited: int = 0
    sent: int = 0
    arrived: int = 0
    stranded: int = 0
    started: int = 0
    under_way: int = 0
    completed: int = 0
    pilot: int = 0
    pilot_completed: int = 0
    pilot_stranded: int = 0
    solved: frozenset[str] = frozenset()
    problems: int = 0
    last_at: dt.datetime | None = None


NOBODY = People()

CountPeople = Callable[[Sequence[Study]], Mapping[int, People]]


def count_people_with(app: Flask, count: CountPeople) -> None:
    """Let the pages of `app` ask this for the people of studies, by the studies' ids."""
    app.extensions[_NAME] = count


def people_of(studies: Sequence[Study]) -> Mapping[int, People]:
    count = cast("CountPeople", current_app.extensions[_NAME])
    return count(studies)
