from __future__ import annotations

from tests.unit.reports.make import make_report, make_row
from usabtest.reports.charts import time_axis
from usabtest.reports.time_chart import time_chart, times_of


def test_every_attempt_is_a_mark_and_none_hides_another() -> None:
    rows = [make_row(1, "success", time_s=50), make_row(2, "success", time_s=70)]
    rows += [make_row(one, "timed_out", time_s=300) for one in range(3, 6)]
    [task] = make_report(rows).tasks

    chart = time_chart(task)

    assert len(chart.dots) == 2
    assert [(mark.outcome, mark.down_px) for mark in chart.rest] == [
        ("timed_out", 0),
        ("timed_out", 19),
        ("timed_out", 38),
    ]
    assert chart.rest_px > chart.floor_px


def test_what_looks_odd_is_marked() -> None:
    rows = [make_row(one, "success", time_s=50 + one) for one in range(6)] + [make_row(6, "success", time_s=900)]
    [task] = make_report(rows).tasks
    [odd] = [one.row.id for one in task.ended if one.time_s == 900]

    assert [dot.odd for dot in time_chart(task, frozenset([odd])).dots] == [False] * 6 + [True]


def test_four_hundred_dots_stay_in_their_place() -> None:
    rows = [make_row(one, "success", time_s=20 + one % 100) for one in range(400)]
    [task] = make_report(rows).tasks

    chart = time_chart(task)

    assert len(chart.dots) == 400
    assert chart.dot_px >= 2.5
    assert min(dot.down_px for dot in chart.dots) > 20
    assert max(dot.down_px for dot in chart.dots) < chart.floor_px


def test_a_stack_too_high_for_dots_is_a_column() -> None:
    rows = [make_row(one, "success", time_s=60) for one in range(100)]
    [task] = make_report(rows).tasks

    chart = time_chart(task)

    assert chart.dots == ()
    assert [column.count for column in chart.columns] == [100]


def test_too_many_become_columns_of_the_same_number() -> None:
    rows = [make_row(one, "success", time_s=20 + one % 50) for one in range(600)]
    rows += [make_row(600 + one, ("failure", "gave_up")[one % 2], time_s=60) for one in range(80)]
    [task] = make_report(rows).tasks

    chart = time_chart(task)
    small = times_of(task, time_axis([20, 70]))

    assert (chart.dots, chart.rest, small.dots) == ((), (), ())
    assert sum(column.count for column in chart.columns) == sum(column.count for column in small.columns) == 600
    assert [(lane.outcome, lane.count) for lane in chart.lanes] == [("failure", 40), ("gave_up", 40)]
    assert max(column.height for column in chart.columns) == 1
