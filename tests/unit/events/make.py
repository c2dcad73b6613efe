"""Events for tests, in seconds since a fixed moment."""

from itertools import count

from usabtest.events.types import Click, Event, PageView, Payload

T0_MS = 1767225600000
SHOP = "https://shop.example/"

_ordinals = count()


def make_event(
    at_s: float,
    payload: Payload,
    *,
    attempt: int | None = 0,
    page: str = SHOP,
    stream: str = "aaaaaaaa",
    ordinal: int | None = None,
) -> Event:
    ordinal = next(_ordinals) if ordinal is None else ordinal
    return Event(ms(at_s), stream, ordinal, attempt, page, payload)


def make_click(flags: int = 1, *, selector: str = "#buy", left: float = 100, top: float = 100) -> Click:
    return Click(selector, 500, 500, left, top, 0, "m", flags)


def make_view(how: str = "load", status: int = 200) -> PageView:
    return PageView(how, 1280, 800, status)  # type: ignore[arg-type]


def ms(at_s: float) -> int:
    return T0_MS + round(at_s * 1000)
