"""Errors and signals of one attempt, folded from raw facts; a changed threshold counts them anew.

Each function takes what happened in the order of its time, and gives back the positions of what counts. Signals are
hints for a person to look at, possible errors and no more.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from usabtest.metrics.intervals import as_count, as_number

NOT_SIGNED_IN = 401
FIRST_ERROR_STATUS = 400


@dataclass(frozen=True, slots=True)
class Burst:
    """Clicks that belong together, by the positions of the first and the last."""

    first: int
    last: int

    @property
    def clicks(self) -> int:
        return self.last - self.first + 1


def rage_clicks(
    clicks: Sequence[tuple[float, float, float]], *, at_least: int = 3, within_ms: float = 1000, px: float = 30
) -> tuple[Burst, ...]:
    """Bursts of clicks on one spot.

    Parameters
    ----------
    clicks : sequence of (time_ms, x, y)
        Clicks in the order of time, those on text fields, steppers, date pickers and the like taken out before.
    at_least : int
        How many clicks make a burst.
    within_ms : float
        Longest time between neighbours.
    px : float
        Longest way between neighbours, abs(dx) + abs(dy).

    Returns
    -------
    tuple of Burst
        One event each, however many clicks it holds.

    Raises
    ------
    ValueError
        If the times do not ascend, or a threshold is not possible.

    References
    ----------
    PostHog, rage clicks of its browser library: 3 clicks, 1000 ms, 30 px.

    Examples
    --------
    >>> rage_clicks([(0, 10, 10), (300, 12, 11), (700, 10, 10), (5000, 10, 10)])
    (Burst(first=0, last=2),)
    """
    at_least = as_count("at_least", at_least, at_least=2)
    within_ms = as_number("within_ms", within_ms, at_least=0)
    px = as_number("px", px, at_least=0)
    _check_order("clicks", [time_ms for time_ms, _, _ in clicks])

    def belongs(position: int) -> bool:
        (before_ms, x, y), (time_ms, next_x, next_y) = clicks[position - 1], clicks[position]
        return time_ms - before_ms <= within_ms and abs(next_x - x) + abs(next_y - y) <= px

    return tuple(burst for burst in _chains(len(clicks), belongs) if burst.clicks >= at_least)


def dead_clicks(clicks: Sequence[tuple[bool, float | None]], *, dead_click_ms: float = 2500) -> tuple[int, ...]:
    """Clicks on what looks interactive that nothing answered in time.

    Parameters
    ----------
    clicks : sequence of (interactive, reaction_ms)
        Whether the element looks interactive, and after how long the page reacted in any way; None if never. Clicks
        on downloads, new windows and disabled elements taken out before.
    dead_click_ms : float
        A later reaction comes too late.

    Returns
    -------
    tuple of int
        Positions in `clicks`.

    Raises
    ------
    ValueError
        If the threshold is not above 0.

    References
    ----------
    PostHog, dead clicks of its browser library: 2500 ms.

    Examples
    --------
    >>> dead_clicks([(True, 40), (True, None), (False, None), (True, 2600)])
    (1, 3)
    """
    dead_click_ms = as_number("dead_click_ms", dead_click_ms, above=0)
    return tuple(
        position
        for position, (interactive, reaction_ms) in enumerate(clicks)
        if interactive and (reaction_ms is None or reaction_ms > dead_click_ms)
    )


def error_clicks(
    click_times_ms: Sequence[float], error_times_ms: Sequence[float], *, within_ms: float = 1000
) -> tuple[int, ...]:
    """Clicks that a script error followed.

    Parameters
    ----------
    click_times_ms, error_times_ms : sequence of float
        When someone clicked, and when a script failed, on one clock and in order.
    within_ms : float
        Longest time from click to error.

    Returns
    -------
    tuple of int
        Positions in `click_times_ms`, each once; an error belongs to the last click before it.

    Raises
    ------
    ValueError
        If times do not ascend, or the threshold is negative.

    Examples
    --------
    >>> error_clicks([0, 5000, 9000], [5200, 5300, 20000])
    (1,)
    """
    within_ms = as_number("within_ms", within_ms, at_least=0)
    _check_order("click_times_ms", click_times_ms)
    _check_order("error_times_ms", error_times_ms)
    blamed = set()
    for error_ms in error_times_ms:
        position = bisect_right(click_times_ms, error_ms) - 1
        if position >= 0 and error_ms - click_times_ms[position] <= within_ms:
            blamed.add(position)
    return tuple(sorted(blamed))


def quick_backs(visits: Sequence[tuple[float, str]], *, within_s: float = 5) -> tuple[int, ...]:
    """Returns to the page before, soon after leaving it.

    Parameters
    ----------
    visits : sequence of (time_ms, page)
        Page views in the order of time; a reload is the same page again and changes nothing.
    within_s : float
        Longest stay on the page in between, in seconds.

    Returns
    -------
    tuple of int
        Positions in `visits` of the views that are returns.

    Raises
    ------
    ValueError
        If the times do not ascend, or the threshold is negative.

    Examples
    --------
    >>> quick_backs([(0, "/"), (10_000, "/offers"), (13_000, "/"), (30_000, "/books"), (40_000, "/")])
    (2,)
    """
    within_s = as_number("within_s", within_s, at_least=0)
    _check_order("visits", [time_ms for time_ms, _ in visits])
    returns, entered = [], list[tuple[float, str]]()
    for position, (time_ms, page) in enumerate(visits):
        if entered and page == entered[-1][1]:
            continue
        if len(entered) > 1 and page == entered[-2][1] and time_ms - entered[-1][0] <= within_s * 1000:
            returns.append(position)
        entered.append((time_ms, page))
    return tuple(returns)


def javascript_errors(errors: Sequence[tuple[float, str, str]], *, repeat_ms: float = 1000) -> tuple[int, ...]:
    """Script errors, a burst of the same one counted once.

    Parameters
    ----------
    errors : sequence of (time_ms, message, stack)
        Uncaught exceptions and unhandled rejections in the order of time.
    repeat_ms : float
        The same message and stack so soon after the one that was counted is the same error.

    Returns
    -------
    tuple of int
        Positions in `errors` of those that count.

    Raises
    ------
    ValueError
        If the times do not ascend, or the threshold is negative.

    Examples
    --------
    >>> javascript_errors([(0, "x is undefined", "a.js:1"), (400, "x is undefined", "a.js:1"), (500, "y", "b.js:7")])
    (0, 2)
    """
    repeat_ms = as_number("repeat_ms", repeat_ms, at_least=0)
    _check_order("errors", [time_ms for time_ms, _, _ in errors])
    counted: dict[tuple[str, str], float] = {}
    positions = []
    for position, (time_ms, message, stack) in enumerate(errors):
        last_ms = counted.get((message, stack))
        if last_ms is None or time_ms - last_ms > repeat_ms:
            counted[message, stack] = time_ms
            positions.append(position)
    return tuple(positions)


def network_errors(requests: Sequence[tuple[int | None, bool]]) -> tuple[int, ...]:
    """Requests that failed.

    Parameters
    ----------
    requests : sequence of (status, aborted)
        HTTP status, None without an answer, and whether the page itself broke the request off.

    Returns
    -------
    tuple of int
        Positions in `requests`. 401 is a question, not a fault, and an aborted request is nobody's error.

    Examples
    --------
    >>> network_errors([(200, False), (404, False), (401, False), (None, True), (None, False)])
    (1, 4)
    """
    return tuple(
        position
        for position, (status, aborted) in enumerate(requests)
        if not aborted and (not status or (status >= FIRST_ERROR_STATUS and status != NOT_SIGNED_IN))
    )


def wrong_paths(visits: Sequence[tuple[str, bool]]) -> tuple[int, ...]:
    """Entries to pages that do not belong to the task.

    Parameters
    ----------
    visits : sequence of (page, allowed)
        Page views in the order of time, each with whether the task allows the page. The first is where the task
        began, which nobody chose.

    Returns
    -------
    tuple of int
        Positions in `visits`; a reload is no entry.

    References
    ----------
    Smith 1996, Interacting with Computers 8(4), for the family of measures.

    Examples
    --------
    >>> wrong_paths([("/", True), ("/jobs", False), ("/jobs", False), ("/press", False), ("/", True)])
    (1, 3)
    """
    return tuple(
        position
        for position in range(1, len(visits))
        if not visits[position][1] and visits[position][0] != visits[position - 1][0]
    )


def _chains(length: int, belongs: Callable[[int], bool]) -> list[Burst]:
    """Positions cut into runs, a new one wherever a position does not belong to the one before."""
    if length == 0:
        return []
    starts = [position for position in range(length) if position == 0 or not belongs(position)]
    return [Burst(first, following - 1) for first, following in zip(starts, [*starts[1:], length], strict=True)]


def _check_order(name: str, times_ms: Sequence[float]) -> None:
    for position in range(1, len(times_ms)):
        if times_ms[position] < times_ms[position - 1]:
            raise ValueError(f"{name} must be in the order of time, got {times_ms[position]!r} at position {position}")
