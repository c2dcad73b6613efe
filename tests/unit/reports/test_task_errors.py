"""Which places errors have, and which is said to be the commonest."""

from __future__ import annotations

from typing import Any

import pytest

from tests.measured import errors
from tests.unit.reports.make import make_report, make_row
from usabtest.reports.task_errors import errors_shown

DEAD = {"signals": errors(dead_click=2)}
REFUSED = {"errors": errors(form=1)}
PLACE = "“#voucher” on /checkout, in 2 of 3 attempts."


@pytest.mark.parametrize(
    ("seen", "count_errors", "said"),
    [
        pytest.param([{}, {}, {}], None, "", id="nothing"),
        pytest.param([DEAD, DEAD, {}], None, f"What may have been one was commonest here: {PLACE}", id="signals alone"),
        pytest.param([DEAD, DEAD, {}], ["dead_click"], f"The commonest place: {PLACE}", id="signals that are counted"),
        pytest.param([{**DEAD, **REFUSED}, REFUSED, DEAD], None, f"The commonest place: {PLACE}", id="errors first"),
        pytest.param([REFUSED, DEAD, DEAD], None, "", id="one error, and more signals"),
    ],
)
def test_the_commonest_place_is_one_of_errors_that_are_counted(
    seen: list[dict[str, Any]], count_errors: list[str] | None, said: str
) -> None:
    rows = [make_row(person, "success", **each) for person, each in enumerate(seen)]
    report = make_report(rows, analysis={} if count_errors is None else {"count_errors": count_errors})

    assert errors_shown(report, report.tasks[0]).commonest == said


def test_places_of_errors_come_before_those_of_what_is_not_counted() -> None:
    rows = [make_row(person, "success", **DEAD) for person in range(3)]
    report = make_report([*rows, make_row(3, "failure", **DEAD, **REFUSED)])

    places = errors_shown(report, report.tasks[0]).places

    assert [(place.what, place.counted, place.count, place.attempts) for place in places] == [
        ("#voucher", True, 1, 1),
        ("#voucher", False, 8, 4),
    ]
    assert [place.kinds_in_words for place in places] == ["A form was refused 1", "Click that did nothing 8"]
