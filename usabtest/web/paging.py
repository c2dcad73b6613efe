"""Lists in pages: each page says where the next one begins, so that nothing is passed over while rows are added."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar, cast
from urllib.parse import urlencode

import msgspec
import sqlalchemy as sa
from flask import request
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from usabtest.errors import Fault, NotValid
from usabtest.web.links import public_address

DEFAULT_SIZE = 100
LARGEST_SIZE = 1000

# What a column can be compared with.
_Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
_Text = Annotated[str, msgspec.Meta(max_length=200, pattern="^[^\\x00]*$")]

Row = TypeVar("Row")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is asked for: the rows after the one with these key values, at most `size`."""

    after: tuple[int | str, ...] | None = None
    size: int = DEFAULT_SIZE


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list; `next` holds the key values to ask for the following page, None on the last one."""

    rows: tuple[Row, ...]
    next: tuple[int | str, ...] | None


def requested_page(usual_size: int = DEFAULT_SIZE) -> PageRequest:
    """Read `cursor` and `size` from the address; NotValid if they are none."""
    try:
        size = int(request.args.get("size", usual_size))
    except ValueError:
        size = 0
    if not 1 <= size <= LARGEST_SIZE:
        raise NotValid(Fault("size", f"a whole number from 1 to {LARGEST_SIZE} belongs here"))
    cursor = request.args.get("cursor")
    return PageRequest(after=_decode(cursor) if cursor else None, size=size)


def take_page(
    session: Session,
    statement: sa.Select[Row],
    *keys: InstrumentedAttribute[Any],
    page: PageRequest,
) -> Page[Row]:
    """Return one page of `statement`, ordered by `keys`: columns of whole numbers or text that together are unique."""
    if page.after is not None:
        kinds = [key.type.python_type for key in keys]
        if list(map(type, page.after)) != kinds:
            raise NotValid(Fault("cursor", "this is not an address that a list gave"))
        statement = statement.where(sa.tuple_(*keys) > sa.tuple_(*page.after))
    rows = session.scalars(statement.order_by(*keys).limit(page.size + 1)).all()
    shown = tuple(rows[: page.size])
    last = tuple(getattr(shown[-1], key.key) for key in keys) if len(rows) > page.size else None
    return Page(rows=shown, next=last)


def as_list(page: Page[Row], to_item: Callable[[Row], Item]) -> dict[str, Sequence[Item] | str | None]:
    """Return what the API answers for a list: `{"items": [...], "next": ADDRESS or null}`."""
    return {"items": [to_item(row) for row in page.rows], "next": next_address(page)}


def next_address(page: Page[Row]) -> str | None:
    """Return where the following page of the list is that was asked for; None after the last one."""
    if page.next is None:
        return None
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    address = public_address(cast("str", request.endpoint), **(request.view_args or {}))
    return f"{address}?{urlencode([*kept, ('cursor', _encode(page.next))])}"


def _encode(values: tuple[int | str, ...]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def _decode(cursor: str) -> tuple[int | str, ...]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(text, type=tuple[_Number | _Text, ...])
    except (binascii.Error, ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise NotValid(Fault("cursor", "this is not an address that a list gave")) from error
