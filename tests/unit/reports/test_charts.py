from __future__ import annotations

from itertools import pairwise

import pytest

from tests.unit.reports.make import AnswerRow, make_report
from usabtest.reports import charts
from usabtest.reports.words import sus_sentence


def test_an_axis_of_time_holds_all_times() -> None:
    axis = charts.time_axis([21, 143, 290])

    assert (axis.place(10), axis.place(300)) == (0, 1)
    assert [tick.words for tick in axis.ticks] == ["10 s", "30 s", "1 min", "2 min", "5 min"]
    assert axis.place(1) == 0


@pytest.mark.parametrize("times", [[], [30.0], [1.0, 100_000.0], [0.2], [90_000.0]])
def test_an_axis_of_time_is_never_empty(times: list[float]) -> None:
    axis = charts.time_axis(times)

    assert axis.first_s < axis.last_s
    assert len(axis.ticks) >= 2


@pytest.mark.parametrize("first", charts.TIMES[:-1])
@pytest.mark.parametrize("width_px", [120, 150, 200, 640])
def test_no_words_of_an_axis_of_time_run_into_others(first: int, width_px: float) -> None:
    """A letter of 12 px Liberation Sans is 6.7 px wide at most, but m; "10 min" is 36 px."""
    for last in charts.TIMES[charts.TIMES.index(first) + 1 :]:
        axis = charts.TimeAxis(first, last)
        inside = axis.ticks_within(width_px)
        spans = [(0.0, 6 * len(inside[0].words))]
        spans += [
            (width_px * one.place - 3 * len(one.words), width_px * one.place + 3 * len(one.words))
            for one in inside[1:-1]
        ]
        spans.append((width_px - 6 * len(inside[-1].words), width_px))
        assert all(right + 4 < left for (_, right), (left, _) in pairwise(spans)), (first, last, inside)
        below = [(200 * one.place - 3 * len(one.words), 200 * one.place + 3 * len(one.words)) for one in axis.ticks]
        assert all(right + 4 < left for (_, right), (left, _) in pairwise(below)), (first, last)


def test_the_stacked_bar_is_whole_and_in_order() -> None:
    parts = charts.outcome_parts({"failure": 3, "success": 5, "invalid": 9, "abandoned": 0, "gave_up": 4})

    assert [(part.outcome, part.count) for part in parts] == [("success", 5), ("failure", 3), ("gave_up", 4)]
    assert parts[0].start == 0
    assert parts[-1].start + parts[-1].width == pytest.approx(1)


def test_the_sus_scale_goes_down_as_far_as_needed() -> None:
    answers = [AnswerRow(0, None, f"sus_{number}", 1 if number % 2 else 5) for number in range(1, 11)]
    sus = make_report([], answers, after=["sus"]).sus
    assert sus is not None

    scale = charts.sus_scale(sus)

    assert scale is not None
    assert [tick.words for tick in scale.ticks] == ["0", "20", "40", "60", "80", "100"]
    assert scale.bar.low is None
    assert sum(band.width for band in scale.bands) == pytest.approx(1)


def test_equal_scores_are_stacked() -> None:
    answers = [AnswerRow(person, None, f"sus_{number}", 3) for person in range(3) for number in range(1, 11)]
    sus = make_report([], answers, after=["sus"]).sus
    assert sus is not None

    scale = charts.sus_scale(sus)

    assert scale is not None
    assert [dot.level for dot in scale.dots] == [0, 1, 2]
    assert scale.ticks[0].words == "20"


def test_of_many_people_equal_scores_are_one_column() -> None:
    answers = [
        AnswerRow(person, None, f"sus_{number}", 3 if person % 3 else 4)
        for person in range(300)
        for number in range(1, 11)
    ]
    sus = make_report([], answers, after=["sus"]).sus
    assert sus is not None

    scale = charts.sus_scale(sus)

    assert scale is not None
    assert scale.dots == ()
    assert [pile.height for pile in scale.columns] == [1]
    assert "Columns show how many had each score." in sus_sentence(sus)
