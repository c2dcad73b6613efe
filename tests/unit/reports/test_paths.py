from __future__ import annotations

import random
from itertools import pairwise

import pytest

from usabtest.reports.paths import FULL_PX, STOPS_AT_MOST, Paths, Way, lay_out

SHOP = [
    *[Way(("/", "/basket", "/pay", "/thanks"), "success")] * 5,
    Way(("/", "/basket", "/pay"), "assisted"),
    Way(("/", "/basket", "/help", "/basket"), "gave_up"),
    Way(("/", "/basket", "/pay", "/help", "/pay"), "failure"),
]


def moves(paths: Paths) -> dict[tuple[str, str], int]:
    return {(flow.source, flow.target): flow.people for flow in paths.flows}


def drawn(ways: list[Way]) -> Paths:
    paths = lay_out(ways)
    assert paths is not None
    return paths


def test_nobody_has_no_way() -> None:
    assert lay_out([]) is None
    assert lay_out([Way((), "success"), Way(("/",), "skipped")]) is None


def test_people_are_drawn_as_far_as_they_came() -> None:
    paths = drawn(SHOP)

    assert moves(paths)["/", "/basket"] == 8
    assert moves(paths)["/basket", "/pay"] == 7
    assert moves(paths)["/thanks", "finished"] == 5
    assert moves(paths)["/pay", "finished"] == 1
    assert paths.stop("/").people == paths.n == 8


def test_ends_are_counted_by_outcome() -> None:
    paths = drawn(SHOP)

    assert paths.stop("finished").outcomes == {"success": 5, "assisted": 1}
    assert paths.stop("failed").outcomes == {"failure": 1}
    assert paths.stop("stopped").people == 1


def test_a_page_tells_how_it_ended_for_those_who_came_no_further() -> None:
    assert drawn(SHOP).stop("/pay").outcomes == {"assisted": 1, "failure": 1}


def test_pages_that_fewer_saw_have_no_stop() -> None:
    ways = [
        Way(("/", f"/{page}", "/pay"), outcome) for page in "abcdef" for outcome in ("success", "failure", "gave_up")
    ]

    paths = drawn(ways)

    assert len(paths.stops) == STOPS_AT_MOST
    assert paths.others == 8 - (STOPS_AT_MOST - 3)
    assert {"/", "/pay"} <= {stop.key for stop in paths.stops}


def test_who_saw_only_such_pages_is_drawn_all_the_same() -> None:
    ways = [Way((f"/{page}",), "success") for page in "abcdefgh" for _ in range(2)] + [Way(("/z",), "gave_up")]

    paths = drawn(ways)

    assert len(paths.stops) <= STOPS_AT_MOST
    assert sum(flow.people for flow in paths.flows if flow.target in ("finished", "stopped")) == len(ways)


def chance_ways(seed: int) -> list[Way]:
    chance = random.Random(seed)
    outcomes = ("success", "assisted", "failure", "gave_up", "timed_out", "abandoned")
    pages = [f"/{page}" for page in "abcdefghij"[: chance.randint(1, 10)]]
    return [
        Way(tuple(chance.choice(pages) for _ in range(chance.randint(1, 9))), chance.choice(outcomes))
        for _ in range(chance.randint(1, 60))
    ]


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_ways_the_drawing_holds_together(seed: int) -> None:
    ways = chance_ways(seed)
    paths = drawn(ways)

    assert len(paths.stops) <= STOPS_AT_MOST
    # Nobody is lost or doubled: as many end as began, and each page lets go whom it took in.
    ends = [stop for stop in paths.stops if stop.kind in ("finished", "failed", "stopped")]
    assert sum(stop.people for stop in ends) == paths.n == len(ways)
    for stop in paths.stops:
        going = sum(flow.people for flow in paths.flows if flow.source == stop.key)
        assert stop in ends or going == stop.people
    # Everything goes to the right, and inside the drawing.
    for flow in paths.flows:
        assert paths.stop(flow.source).left + paths.stop(flow.source).width <= paths.stop(flow.target).left
        assert all(left <= right for (left, _), (right, _) in pairwise(flow.points))
        assert all(down >= -0.01 and down + flow.width <= paths.height + 0.01 for _, down in flow.points)
        assert flow.width <= FULL_PX
    # No stop stands on another, nor a flow on a stop that it passes.
    for stop in paths.stops:
        for other in paths.stops:
            if other is not stop and other.left == stop.left:
                assert other.top >= stop.top + stop.height or other.top + other.height <= stop.top
        for flow in paths.flows:
            passing = [down for left, down in flow.points[1:-1] if left == stop.left]
            assert all(down >= stop.top + stop.height or down + flow.width <= stop.top for down in passing)


def test_the_order_of_the_people_changes_nothing() -> None:
    ways = chance_ways(3)

    assert lay_out(ways) == lay_out(sorted(ways, key=str))
