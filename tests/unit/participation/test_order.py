"""Who gets which order of tasks."""

from collections import Counter
from itertools import pairwise

import pytest

from usabtest.participation.order import task_order
from usabtest.studyfile.types import StudySpec, TaskOrder, TaskSpec


def make_spec(order: TaskOrder, tasks: int) -> StudySpec:
    specs = tuple(TaskSpec(key=f"task-{place}", title="Task", scenario="…") for place in range(tasks))
    return StudySpec("Shop", ("https://shop.example",), tasks=specs, task_order=order)


def orders(order: TaskOrder, tasks: int, participants: int) -> list[tuple[int, ...]]:
    return [task_order(make_spec(order, tasks), index, seed=f"p{index}") for index in range(participants)]


@pytest.mark.parametrize("order", TaskOrder)
@pytest.mark.parametrize("tasks", [0, 1, 2, 3, 5, 8])
def test_everybody_gets_every_task_once(order: TaskOrder, tasks: int) -> None:
    assert all(sorted(row) == list(range(tasks)) for row in orders(order, tasks, participants=40))


def test_fixed_is_the_order_of_the_file() -> None:
    assert set(orders(TaskOrder.FIXED, 4, participants=9)) == {(0, 1, 2, 3)}


def test_random_follows_from_the_seed_alone() -> None:
    spec = make_spec(TaskOrder.RANDOM, 6)

    assert task_order(spec, 0, seed="p1") == task_order(spec, 7, seed="p1")
    assert task_order(spec, 0, seed="p1") != task_order(spec, 0, seed="p2")


def test_random_favours_no_order() -> None:
    counts = Counter(orders(TaskOrder.RANDOM, 3, participants=6000))

    assert len(counts) == 6
    assert all(850 < count < 1150 for count in counts.values())


@pytest.mark.parametrize("tasks", [2, 3, 4, 5, 6, 7, 10])
def test_balanced_puts_each_task_once_at_each_place(tasks: int) -> None:
    rows = orders(TaskOrder.BALANCED, tasks, participants=tasks)

    assert all(set(column) == set(range(tasks)) for column in zip(*rows, strict=True))


@pytest.mark.parametrize(("tasks", "participants", "times"), [(2, 2, 1), (4, 4, 1), (6, 6, 1), (3, 6, 2), (5, 10, 2)])
def test_balanced_lets_each_task_follow_each_other_equally_often(tasks: int, participants: int, times: int) -> None:
    rows = orders(TaskOrder.BALANCED, tasks, participants)
    followed = Counter(pair for row in rows for pair in pairwise(row))

    assert set(followed.values()) == {times}
    assert len(followed) == tasks * (tasks - 1)


def test_balanced_begins_anew_after_the_last_row() -> None:
    rows = orders(TaskOrder.BALANCED, 5, participants=20)

    assert rows[:10] == rows[10:]
