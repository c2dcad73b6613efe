"""The ways that people took through the pages of a task, as a flow from left to right: what stands where.

At most seven stops: the most visited pages, and how it ended. Each person is drawn from page to page as far as they
came: a way back is no step forward, so it is not drawn, nor is a page that fewer saw. Places across are thousandths of
the width, so that curves may be stretched without their words; places and widths down are pixels.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

STOPS_AT_MOST = 7
FULL_PX = 48.0
THINNEST_PX = 1.5
STOP_PX = 46.0
LINE_PX = 16.0
GAP_PX = 18.0
ACROSS = 1000.0

OTHERS = "others"

_ENDS: Mapping[str, tuple[str, ...]] = {
    "finished": ("success", "assisted", "partial"),
    "failed": ("failure",),
    "stopped": ("gave_up", "timed_out", "abandoned"),
}
_END_OF = {outcome: end for end, outcomes in _ENDS.items() for outcome in outcomes}


@dataclass(frozen=True, slots=True)
class Way:
    """One attempt: the pages that it saw, in their order, and how it ended."""

    pages: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A page, an end, or all pages of those who saw none that is drawn. `people` passed through; `outcomes` counts how
    it ended for those who came no further."""

    key: str
    kind: str
    people: int
    outcomes: Mapping[str, int]
    left: float
    width: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Flow:
    """So many people who went from one stop to the next; `points` are (across, down) of its upper edge."""

    source: str
    target: str
    people: int
    width: float
    points: tuple[tuple[float, float], ...]

    @property
    def outline(self) -> str:
        """The area as the data of a path."""
        upper = _curve(self.points)
        lower = _curve(tuple((x, y + self.width) for x, y in reversed(self.points)))
        return f"M{upper}L{lower}Z"


@dataclass(frozen=True, slots=True)
class Paths:
    """The whole drawing. `others` are so many pages as have no stop of their own."""

    n: int
    stops: tuple[Stop, ...]
    flows: tuple[Flow, ...]
    height: float
    others: int

    def stop(self, key: str) -> Stop:
        return next(stop for stop in self.stops if stop.key == key)

    def after(self, key: str) -> tuple[Flow, ...]:
        """Where people went from a stop, most of them first."""
        return tuple(sorted((flow for flow in self.flows if flow.source == key), key=lambda flow: -flow.people))


def lay_out(ways: Iterable[Way]) -> Paths | None:
    """Place the ways of several people; None if nobody saw a page.

    Examples
    --------
    >>> paths = lay_out([Way(("/", "/basket"), "success"), Way(("/", "/help", "/"), "gave_up")])
    >>> [(flow.source, flow.target, flow.people) for flow in paths.flows]
    [('/', '/basket', 1), ('/', '/help', 1), ('/basket', 'finished', 1), ('/help', 'stopped', 1)]
    """
    # Of thousands of attempts most went one of a few ways: each is followed once.
    seen = Counter(way for way in ways if way.pages and way.outcome in _END_OF)
    if not seen:
        return None
    ends = [end for end in _ENDS if any(_END_OF[way.outcome] == end for way in seen)]
    pages, others = _pages(seen, at_most=STOPS_AT_MOST - len(ends))
    rank = _ranks(seen, pages)
    people, outcomes, moves = _counted(seen, pages, rank)
    column = _columns(sorted(people, key=rank.__getitem__), moves)
    last = 1 + max(column.values())
    column |= dict.fromkeys(ends, last)
    ended: dict[str, Counter[str]] = defaultdict(Counter)
    for way, n in seen.items():
        ended[_END_OF[way.outcome]][way.outcome] += n
    board = _Board(seen.total(), column, moves, ends, {end: len(ended[end]) for end in ends})
    stops = tuple(
        _stop(key, board, people.get(key, ended[key].total()), ended[key] if key in ends else outcomes[key])
        for key in sorted(column, key=lambda key: (column[key], board.top[key]))
    )
    return Paths(seen.total(), stops, board.flows(), board.height, others)


def _stop(key: str, board: _Board, people: int, outcomes: Mapping[str, int]) -> Stop:
    kind = key if key in _ENDS else OTHERS if key == OTHERS else "page"
    return Stop(key, kind, people, dict(outcomes), board.left(key), board.width, board.top[key], board.size[key])


def _pages(ways: Counter[Way], *, at_most: int) -> tuple[frozenset[str], int]:
    """The pages that are drawn, and how many are not."""
    visits: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    for way, n in ways.items():
        starts[way.pages[0]] += n
        for page in set(way.pages):
            visits[page] += n
    # A start is worth more than a page on the way that as many saw, and names decide what else is equal.
    order = sorted(visits, key=lambda page: (-visits[page], -starts[page], page))
    drawn = frozenset(order[:at_most])
    if any(drawn.isdisjoint(way.pages) for way in ways):
        drawn = frozenset(order[: at_most - 1])
    return drawn, len(visits) - len(drawn)


def _known(way: Way, pages: frozenset[str]) -> list[str]:
    return [page for page in way.pages if page in pages] or [OTHERS]


def _ranks(ways: Counter[Way], pages: frozenset[str]) -> dict[str, tuple[float, str]]:
    """Where on the way each page usually comes: the mean place of its first visit."""
    places: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for way, n in ways.items():
        for place, page in enumerate(dict.fromkeys(_known(way, pages))):
            places[page] += place * n
            people[page] += n
    return {page: (places[page] / people[page], page) for page in people}


def _forward(pages: Sequence[str], rank: Mapping[str, tuple[float, str]]) -> list[str]:
    """The steps that bring somebody further than before."""
    steps: list[str] = []
    for page in pages:
        if not steps or rank[page] > rank[steps[-1]]:
            steps.append(page)
    return steps


def _counted(
    ways: Counter[Way], pages: frozenset[str], rank: Mapping[str, tuple[float, str]]
) -> tuple[Counter[str], Mapping[str, Counter[str]], Counter[tuple[str, str]]]:
    """How many came through each stop, how it ended for those who came no further, and how many took each step."""
    people: Counter[str] = Counter()
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    moves: Counter[tuple[str, str]] = Counter()
    for way, n in ways.items():
        taken = _forward(_known(way, pages), rank)
        outcomes[taken[-1]][way.outcome] += n
        for page in taken:
            people[page] += n
        for move in pairwise([*taken, _END_OF[way.outcome]]):
            moves[move] += n
    return people, outcomes, moves


def _columns(pages: Sequence[str], moves: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """The longest way to each page, `pages` being in the order of the steps."""
    column = dict.fromkeys(pages, 0)
    for page in pages:
        before = [column[source] + 1 for source, target in moves if target == page]
        column[page] = max(before, default=0)
    return column


# A stop, or the place in a column through which a longer flow (source, target) passes.
_Place = str | tuple[str, str]


class _Board:
    """Where stops and flows stand, column by column."""

    def __init__(
        self,
        n: int,
        column: Mapping[str, int],
        moves: Mapping[tuple[str, str], int],
        ends: Sequence[str],
        lines: Mapping[str, int],
    ) -> None:
        self.column = column
        self.moves = moves
        self.width_of = {move: max(THINNEST_PX, FULL_PX * count / n) for move, count in moves.items()}
        self.columns = 1 + max(column.values())
        self.width = ACROSS * min(0.2, 0.64 / self.columns)
        self.top: dict[str, float] = {}
        self.size = {key: max(STOP_PX + LINE_PX * (lines.get(key, 1) - 1), self._thickness(key)) for key in column}
        self._through: dict[tuple[tuple[str, str], int], float] = {}
        self.height = 0.0
        for at in range(self.columns):
            self._fill(at, ends)

    def left(self, key: str) -> float:
        return self._left(self.column[key])

    def flows(self) -> tuple[Flow, ...]:
        """All flows, those from the left first."""
        starts, ends = self._anchors()
        found = []
        for move in sorted(self.moves, key=lambda move: (self.column[move[0]], starts[move])):
            source, target = move
            points = [(self.left(source) + self.width, starts[move])]
            for at in range(self.column[source] + 1, self.column[target]):
                down = self._through[move, at]
                points += [(self._left(at), down), (self._left(at) + self.width, down)]
            points.append((self.left(target), ends[move]))
            found.append(Flow(source, target, self.moves[move], self.width_of[move], tuple(points)))
        return tuple(found)

    def _left(self, at: int) -> float:
        return at * (ACROSS - self.width) / (self.columns - 1)

    def _thickness(self, key: str) -> float:
        going = sum(width for (source, _), width in self.width_of.items() if source == key)
        coming = sum(width for (_, target), width in self.width_of.items() if target == key)
        return max(going, coming)

    def _fill(self, at: int, ends: Sequence[str]) -> None:
        """Stack one column: stops and what passes by, each at the height of where it comes from."""
        places: list[_Place] = [key for key, column in self.column.items() if column == at]
        places += [(source, target) for source, target in self.moves if self.column[source] < at < self.column[target]]
        down = 0.0
        for place in sorted(places, key=lambda place: self._wish(place, at, ends)):
            if isinstance(place, str):
                self.top[place] = down
                bottom = down + self.size[place]
            else:
                self._through[place, at] = down + GAP_PX / 2
                bottom = down + GAP_PX / 2 + self.width_of[place]
            self.height = max(self.height, bottom)
            down = bottom + GAP_PX

    def _wish(self, place: _Place, at: int, ends: Sequence[str]) -> tuple[int, float, str]:
        """Ends in their order; else stops, what passes, what drops out, each at the height of where it comes from."""
        if isinstance(place, str):
            if place in ends:
                return (ends.index(place), 0.0, place)
            comes = [(self._height(move, at - 1), count) for move, count in self.moves.items() if move[1] == place]
            total = sum(count for _, count in comes)
            return (0, sum(height * count for height, count in comes) / total if total else 0.0, place)
        lost = place[1] in ("failed", "stopped")
        return (2 if lost else 1, self._height(place, at - 1), "".join(place))

    def _height(self, move: tuple[str, str], at: int) -> float:
        if (move, at) in self._through:
            return self._through[move, at]
        return self.top.get(move[0], 0.0)

    def _anchors(self) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
        """Where each flow leaves its source and reaches its target: side by side, in the middle, without crossing."""
        starts: dict[tuple[str, str], float] = {}
        ends: dict[tuple[str, str], float] = {}
        for key in self.column:
            going = sorted((move for move in self.moves if move[0] == key), key=self._heads_for)
            starts |= self._side_by_side(key, going)
            coming = sorted((move for move in self.moves if move[1] == key), key=self._comes_from)
            ends |= self._side_by_side(key, coming)
        return starts, ends

    def _heads_for(self, move: tuple[str, str]) -> float:
        return self._through.get((move, self.column[move[0]] + 1), self.top[move[1]])

    def _comes_from(self, move: tuple[str, str]) -> float:
        return self._through.get((move, self.column[move[1]] - 1), self.top[move[0]])

    def _side_by_side(self, key: str, moves: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
        down = self.top[key] + (self.size[key] - sum(self.width_of[move] for move in moves)) / 2
        found = {}
        for move in moves:
            found[move] = down
            down += self.width_of[move]
        return found


def _curve(points: Sequence[tuple[float, float]]) -> str:
    (x, y), rest = points[0], points[1:]
    told = [f"{x:.0f} {y:.1f}"]
    for next_x, next_y in rest:
        if y == next_y:
            told.append(f"L{next_x:.0f} {next_y:.1f}")
        else:
            middle = (x + next_x) / 2
            told.append(f"C{middle:.0f} {y:.1f} {middle:.0f} {next_y:.1f} {next_x:.0f} {next_y:.1f}")
        x, y = next_x, next_y
    return "".join(told)
