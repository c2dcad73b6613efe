from __future__ import annotations

import dataclasses

import pytest

from tests.unit.reports.make import make_report, make_row
from usabtest.reports.attempt_list import AttemptList, attempt_list
from usabtest.reports.view import ROWS_AT_MOST, View, read_view, view_query

ROWS = [
    make_row(1, "failure", time_s=90, said="done"),
    make_row(2, "success", time_s=30, rule="success", said="done"),
    dataclasses.replace(make_row(3, "skipped"), measures=None),
    make_row(4, "success", time_s=60, rule="success"),
]


def listed(view: View, rows=ROWS) -> AttemptList:  # type: ignore[no-untyped-def]
    [task] = make_report(rows).tasks
    return attempt_list(task, view, judges={}, odd=frozenset())


@pytest.mark.parametrize(
    ("view", "codes"),
    [
        (View(), ["P-01", "P-02", "P-03", "P-04"]),
        (View(descending=True), ["P-04", "P-03", "P-02", "P-01"]),
        (View(sort="time"), ["P-02", "P-04", "P-01", "P-03"]),
        (View(sort="time", descending=True), ["P-01", "P-04", "P-02", "P-03"]),
        (View(sort="outcome"), ["P-02", "P-04", "P-01", "P-03"]),
        (View(only_failed=True), ["P-01", "P-03"]),
    ],
)
def test_it_is_sorted_as_asked_and_what_is_not_known_comes_last(view: View, codes: list[str]) -> None:
    assert [line.code for line in listed(view).lines] == codes


def test_some_at_a_time() -> None:
    rows = [make_row(person, "success") for person in range(1, 2 * ROWS_AT_MOST + 4)]

    last = listed(View(page=3), rows)
    beyond = listed(View(page=99), rows)

    assert (last.first, len(last.lines), last.pages, last.total) == (2 * ROWS_AT_MOST + 1, 3, 3, len(rows))
    assert beyond == last


def test_the_automatic_verdict_stays_beside_the_moderators() -> None:
    row = make_row(1, "assisted", rule="failure", said="done")
    [line] = listed(View(), [dataclasses.replace(row, judged="assisted", judged_reason="I helped")]).lines

    assert line.outcome == "assisted"
    assert line.automatic == "judged by hand; criteria: failure, participant: done"
    assert line.why == "I helped"


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "²", "9" * 30, "1.5"])
def test_a_page_that_cannot_be_meant_is_the_first(page: str) -> None:
    assert read_view({"page": page}).page <= 1


def test_an_address_says_only_what_is_not_as_it_comes() -> None:
    assert view_query(View()) == {}
    assert read_view({**view_query(View("ease", descending=True)), "judge": ""}) == View("ease", descending=True)
