"""Which participant meets which task when."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from usabtest.studyfile.types import StudySpec, TaskOrder


def task_order(spec: StudySpec, participant_index: int, seed: int | str) -> tuple[int, ...]:
    """The places of the study's tasks, in the order in which this participant meets them.

    Parameters
    ----------
    spec : StudySpec
        The study; its `task_order` says how.
    participant_index : int
        How many came before, from 0; decides the row of the square where the order is balanced.
    seed : int or str
        Decides the order where it is random; the same seed gives the same order, on every machine.

    Returns
    -------
    tuple of int

    Notes
    -----
    Balanced is a Williams design: the first row zigzags through the tasks (0, 1, n-1, 2, n-2, …), each further row is
    the one before plus 1, modulo n. Over n participants each task stands once at each place. With an even number of
    tasks each one also follows each other one once; with an odd number no single square can do that, so the n
    rows are followed by the same rows read backwards, and over 2n participants each follows each other one twice.

    References
    ----------
    Williams 1949, Experimental designs balanced for the estimation of residual effects of treatments.

    Examples
    --------
    >>> from usabtest.studyfile.types import TaskSpec
    >>> tasks = tuple(TaskSpec(key=key, title=key, scenario="") for key in "abcd")
    >>> spec = StudySpec("Shop", ("https://shop.example",), tasks=tasks, task_order=TaskOrder.BALANCED)
    >>> [task_order(spec, index, seed=0) for index in range(4)]
    [(0, 1, 3, 2), (1, 2, 0, 3), (2, 3, 1, 0), (3, 0, 2, 1)]
    """
    places = range(len(spec.tasks))
    match spec.task_order:
        case TaskOrder.FIXED:
            return tuple(places)
        case TaskOrder.RANDOM:
            return _shuffled(places, seed)
        case TaskOrder.BALANCED:
            return _williams_row(len(places), participant_index)


def _shuffled(places: Sequence[int], seed: int | str) -> tuple[int, ...]:
    """Sorted by a hash and not by `random`, whose shuffle may differ between versions of Python."""
    return tuple(sorted(places, key=lambda place: sha256(f"{seed}:{place}".encode()).digest()))


def _williams_row(n: int, participant_index: int) -> tuple[int, ...]:
    if n == 0:
        return ()
    rows = n if n % 2 == 0 else 2 * n
    number = participant_index % rows
    row = tuple((place + number) % n for place in _zigzag(n))
    return row if number < n else row[::-1]


def _zigzag(n: int) -> list[int]:
    """0, 1, n-1, 2, n-2, …: no two neighbours are the same distance apart."""
    return [(step + 1) // 2 if step % 2 else (n - step // 2) % n for step in range(n)]
