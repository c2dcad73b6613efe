"""A visitor's basket. It lives in the visitor's own cookie, so the shop keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass

from flask import session

from usabtest.demo.shop.books import Book, book_of

DELIVERY = 290
FREE_DELIVERY_FROM = 2500
VOUCHER_CODE = "OTTER202615"
VOUCHER_WORTH = 500
MOST_OF_A_BOOK = 9


@dataclass(frozen=True, slots=True)
class Line:
    book: Book
    count: int

    @property
    def price(self) -> int:
        return self.book.price * self.count


@dataclass(frozen=True, slots=True)
class Basket:
    """What a visitor is about to buy; all amounts in pence."""

    lines: tuple[Line, ...]
    voucher: bool

    @property
    def count(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def goods(self) -> int:
        return sum(line.price for line in self.lines)

    @property
    def discount(self) -> int:
        return min(VOUCHER_WORTH, self.goods) if self.voucher else 0

    @property
    def delivery(self) -> int:
        return 0 if self.goods >= FREE_DELIVERY_FROM else DELIVERY

    @property
    def total(self) -> int:
        return self.goods - self.discount + self.delivery


def current() -> Basket:
    counts: dict[str, int] = session.get("basket", {})
    lines = [Line(book, count) for slug, count in counts.items() if (book := book_of(slug))]
    return Basket(tuple(lines), voucher=bool(session.get("voucher")))


def put(book: Book) -> None:
    counts = session.get("basket", {})
    set_count(book, counts.get(book.slug, 0) + 1)


def set_count(book: Book, count: int) -> None:
    """Have so many of a book; none takes it out."""
    counts = dict(session.get("basket", {}))
    counts[book.slug] = min(count, MOST_OF_A_BOOK)
    session["basket"] = {slug: count for slug, count in counts.items() if count > 0}


def redeem(code: str) -> bool:
    """Take a voucher if its code is known. As printed, with spaces, it is not: one of the shop's flaws."""
    if code.upper() != VOUCHER_CODE:
        return False
    session["voucher"] = True
    return True


def clear() -> None:
    session.pop("basket", None)
    session.pop("voucher", None)
