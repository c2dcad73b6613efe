"""What can happen in a participant's browser: an :class:`Event` is a head, and one of the payloads below.

The fields of a payload are the wire's, in the wire's order, and their annotations are its limits: `wire.py` builds
its reader from these classes, so a new kind of event is one more class here. `docs/wire-format.md` explains each.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag
from typing import Annotated, ClassVar, Literal, get_args

from msgspec import Meta, Struct, to_builtins

TASKS_AT_MOST = 1000

Placed = Annotated[str, Meta(max_length=500, extra={"placed": True})]
"""A text that the wire names by its place among the batch's strings."""

Message = Annotated[str, Meta(max_length=500)]
Address = Annotated[str, Meta(max_length=500)]
Name = Annotated[str, Meta(max_length=100)]
ElementText = Annotated[str, Meta(max_length=40)]
LongText = Annotated[str, Meta(max_length=5000)]
Token = Annotated[str, Meta(max_length=64)]

Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
# Whole numbers stay whole, so that a list of events shows what was sent.
Millis = Annotated[int, Meta(ge=0, le=10**12)] | Annotated[float, Meta(ge=0, le=1e12)]
Signed = Annotated[int, Meta(ge=-(10**12), le=10**12)] | Annotated[float, Meta(ge=-1e12, le=1e12)]
Pixels = Annotated[int, Meta(ge=-(10**7), le=10**7)] | Annotated[float, Meta(ge=-1e7, le=1e7)]
Number = Annotated[int, Meta(ge=-(2**53), le=2**53)] | Annotated[float, Meta(ge=-1e300, le=1e300)]
AttemptNumber = Annotated[int, Meta(ge=0, lt=TASKS_AT_MOST)]
CriterionIndex = Annotated[int, Meta(ge=0, le=1000)]

Side = Literal["success", "failure"]
What = Literal["", "scroll", "selection", "mutation", "navigation", "request", "focus", "window", "dialog"]
REACTIONS: tuple[What, ...] = get_args(What)
"""What a page can do upon a click; the wire names them by their place here. The first: nothing."""

AnswerValue = Number | LongText | Annotated[list[LongText], Meta(max_length=200)] | None


class Flag(IntFlag):
    """What the browser knew about a click, an activation or an input when it happened."""

    COUNTS = 1
    FIRST_CLICK_AREA = 2
    SEARCH = 4
    LOOKS_CLICKABLE = 8
    BY_SCRIPT = 16
    FORWARDED = 32
    NO_SIGNAL = 64


ABORTED = 1
"""The one flag of a request: the page itself gave it up."""


class Payload(Struct, frozen=True):
    """What one kind of event has besides its head."""

    kind: ClassVar[str]
    code: ClassVar[str]
    since_version_2: ClassVar[frozenset[str]] = frozenset()


class PageView(Payload, frozen=True):
    kind: ClassVar[str] = "page_view"
    code: ClassVar[str] = "v"

    how: Literal["load", "reload", "history", "bfcache", "route"]
    width: Pixels
    height: Pixels
    status: Count


class PageLoad(Payload, frozen=True):
    kind: ClassVar[str] = "page_load"
    code: ClassVar[str] = "l"

    ttfb: Millis | None
    fcp: Millis | None
    dcl: Millis | None
    load: Millis | None
    lcp: Millis | None


class WebVitals(Payload, frozen=True):
    """What is known of them when the page is left; of several of one page view the last holds."""

    kind: ClassVar[str] = "web_vitals"
    code: ClassVar[str] = "w"

    cls: Annotated[int, Meta(ge=0, le=10**6)] | Annotated[float, Meta(ge=0, le=1e6)]
    inp: Millis | None


class Click(Payload, frozen=True):
    """`ms` and `what` are the page's reaction, if it came before the click was sent; else there is a Reaction."""

    kind: ClassVar[str] = "click"
    code: ClassVar[str] = "c"
    since_version_2: ClassVar[frozenset[str]] = frozenset({"ms", "what"})

    selector: Placed
    x: Signed
    y: Signed
    left: Pixels
    top: Pixels
    button: Annotated[int, Meta(ge=0, le=31)]
    pointer: Literal["m", "t", "p", ""]
    flags: Count
    text: ElementText | None = None
    scroll_x: Pixels = 0
    scroll_y: Pixels = 0
    ms: Millis | None = None
    what: What | None = None

    @property
    def counts(self) -> bool:
        return bool(self.flags & Flag.COUNTS)


class Activation(Payload, frozen=True):
    kind: ClassVar[str] = "activation"
    code: ClassVar[str] = "k"

    selector: Placed
    flags: Count

    @property
    def counts(self) -> bool:
        return not self.flags & (Flag.BY_SCRIPT | Flag.FORWARDED)


class Input(Payload, frozen=True):
    kind: ClassVar[str] = "input"
    code: ClassVar[str] = "i"

    selector: Placed
    flags: Count

    @property
    def counts(self) -> bool:
        return not self.flags & (Flag.BY_SCRIPT | Flag.FORWARDED)


class Edit(Payload, frozen=True):
    """A field that was filled in and left; of a secret one not how."""

    kind: ClassVar[str] = "edit"
    code: ClassVar[str] = "e"

    selector: Placed
    changes: Count | None
    ms: Millis | None
    focused: Millis


class Activity(Payload, frozen=True):
    """A stretch of input that ends at the event's time."""

    kind: ClassVar[str] = "activity"
    code: ClassVar[str] = "a"

    ms: Millis


class Reaction(Payload, frozen=True):
    kind: ClassVar[str] = "reaction"
    code: ClassVar[str] = "g"

    click: Count
    ms: Millis | None
    what: What


class JavascriptError(Payload, frozen=True):
    kind: ClassVar[str] = "javascript"
    code: ClassVar[str] = "j"

    what: Literal["error", "rejection"]
    message: Message
    source: Address
    line: Count | None
    column: Count | None
    stack: Token


class Request(Payload, frozen=True):
    kind: ClassVar[str] = "network"
    code: ClassVar[str] = "n"

    how: Literal["fetch", "xhr", "element"]
    method: Token
    address: Address
    status: Count
    flags: Count
    duration: Millis | None

    @property
    def aborted(self) -> bool:
        return bool(self.flags & ABORTED)


class FormError(Payload, frozen=True):
    kind: ClassVar[str] = "form"
    code: ClassVar[str] = "f"

    selector: Placed
    how: Literal["native", "aria"]


class Visibility(Payload, frozen=True):
    kind: ClassVar[str] = "visibility"
    code: ClassVar[str] = "h"

    state: Literal["hidden", "visible"]


class Focus(Payload, frozen=True):
    kind: ClassVar[str] = "focus"
    code: ClassVar[str] = "o"

    state: Literal["focused", "blurred"]


class Viewport(Payload, frozen=True):
    kind: ClassVar[str] = "viewport"
    code: ClassVar[str] = "s"

    width: Pixels
    height: Pixels


class Depth(Payload, frozen=True):
    kind: ClassVar[str] = "depth"
    code: ClassVar[str] = "d"

    bottom: Pixels
    height: Pixels


class PageEnd(Payload, frozen=True):
    kind: ClassVar[str] = "page_end"
    code: ClassVar[str] = "u"

    cached: Literal[0, 1]


class Custom(Payload, frozen=True):
    kind: ClassVar[str] = "custom"
    code: ClassVar[str] = "x"

    name: Name
    data: object


class Marked(Payload, frozen=True):
    kind: ClassVar[str] = "marked"
    code: ClassVar[str] = "m"

    message: Message


class SiteVerdict(Payload, frozen=True):
    kind: ClassVar[str] = "site_verdict"
    code: ClassVar[str] = "y"

    side: Side


class CriterionRefused(Payload, frozen=True):
    kind: ClassVar[str] = "criterion_refused"
    code: ClassVar[str] = "b"

    side: Literal["success", "failure", "search", "first_click"]
    index: CriterionIndex
    message: Message


class ClockJump(Payload, frozen=True):
    kind: ClassVar[str] = "clock_jump"
    code: ClassVar[str] = "q"

    ms: Signed


class Dropped(Payload, frozen=True):
    kind: ClassVar[str] = "dropped"
    code: ClassVar[str] = "r"

    what: Token
    count: Count


class TaskStarted(Payload, frozen=True):
    kind: ClassVar[str] = "task_started"
    code: ClassVar[str] = "S"


class CriterionMet(Payload, frozen=True):
    kind: ClassVar[str] = "criterion_met"
    code: ClassVar[str] = "M"

    side: Side
    index: CriterionIndex | None


class Done(Payload, frozen=True):
    kind: ClassVar[str] = "done"
    code: ClassVar[str] = "D"


class GaveUp(Payload, frozen=True):
    kind: ClassVar[str] = "gave_up"
    code: ClassVar[str] = "G"


class TimeUp(Payload, frozen=True):
    kind: ClassVar[str] = "time_up"
    code: ClassVar[str] = "T"


class Answered(Payload, frozen=True):
    kind: ClassVar[str] = "answered"
    code: ClassVar[str] = "A"

    question: Name
    value: AnswerValue


class ProblemReported(Payload, frozen=True):
    kind: ClassVar[str] = "problem_reported"
    code: ClassVar[str] = "P"

    text: LongText


class Left(Payload, frozen=True):
    kind: ClassVar[str] = "left"
    code: ClassVar[str] = "L"

    keep: Literal[0, 1]


class Finished(Payload, frozen=True):
    kind: ClassVar[str] = "finished"
    code: ClassVar[str] = "F"


PAYLOADS: tuple[type[Payload], ...] = (
    PageView,
    PageLoad,
    WebVitals,
    Click,
    Activation,
    Input,
    Edit,
    Activity,
    Reaction,
    JavascriptError,
    Request,
    FormError,
    Visibility,
    Focus,
    Viewport,
    Depth,
    PageEnd,
    Custom,
    Marked,
    SiteVerdict,
    CriterionRefused,
    ClockJump,
    Dropped,
    TaskStarted,
    CriterionMet,
    Done,
    GaveUp,
    TimeUp,
    Answered,
    ProblemReported,
    Left,
    Finished,
)

Step = TaskStarted | CriterionMet | Done | GaveUp | TimeUp | Answered | ProblemReported | Left | Finished
"""What the participant did in the widget, or the widget found out; all else is what the site's page went through."""


class Event(Struct, frozen=True):
    """One thing that happened, at `at_ms` since 1970 by the browser's clock, on the page with that identity.

    `attempt` is the number of the attempt that ran, or None; `stream` and `ordinal` name the event in its session.
    """

    at_ms: int
    stream: str
    ordinal: int
    attempt: int | None
    page: str
    payload: Payload

    @property
    def kind(self) -> str:
        return self.payload.kind


def in_time_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """All events by their own times, each once, however often and in whichever order they arrived."""
    each: dict[tuple[str, int], Event] = {}
    for event in events:
        key = (event.stream, event.ordinal)
        if key not in each or _tie(event) < _tie(each[key]):
            each[key] = event
    return tuple(sorted(each.values(), key=lambda event: (event.at_ms, event.stream, event.ordinal)))


def as_item(event: Event) -> dict[str, object]:
    """The kind and what the kind has, under the wire format's names; a click has what is known of it."""
    fields: dict[str, object] = to_builtins(event.payload)
    if isinstance(event.payload, Click):
        unknown = {"text"} if event.payload.text is None else set()
        unknown |= {"ms", "what"} if event.payload.what is None else set()
        fields = {name: value for name, value in fields.items() if name not in unknown}
    return {"kind": event.kind, **fields}


def _tie(event: Event) -> tuple[int, str]:
    """Which of two events under one name is kept must not depend on which came first."""
    return event.at_ms, repr(event)
