"""The shop's pages."""

from __future__ import annotations

import re
import secrets

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from usabtest.demo.shop import basket
from usabtest.demo.shop.books import BOOKS, Book, Category, book_of, books_in, found

bp = Blueprint("shop", __name__)

PICKS = 6
POSTCODE = re.compile(r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}")
ORDER_NUMBER = re.compile(r"OL-[0-9]{5}")


@bp.app_context_processor
def categories() -> dict[str, object]:
    return {"categories": tuple(Category)}


@bp.get("/")
def home() -> str:
    return render_template("home.html", books=BOOKS[:PICKS])


@bp.get("/catalogue/")
def catalogue() -> str:
    return render_template("books.html", heading="All books", books=BOOKS, category=None)


@bp.get("/catalogue/<name>/")
def category(name: str) -> str:
    if name not in tuple(Category):
        abort(404)
    wanted = Category(name)
    return render_template("books.html", heading=wanted.words, books=books_in(wanted), category=wanted)


@bp.get("/search/")
def search() -> str:
    words = request.args.get("q", "")
    return render_template("search.html", words=words, books=found(words))


@bp.get("/books/<slug>/")
def book(slug: str) -> str:
    shown = _book(slug)
    others = [other for other in books_in(shown.category) if other is not shown][:3]
    return render_template("book.html", book=shown, others=others)


@bp.get("/api/stock/<slug>")
def stock(slug: str) -> tuple[Response, int]:
    """How many are in our shops; for one book the till does not answer."""
    shops = _book(slug).shops
    if shops is None:
        return jsonify(error="the till in Harbour Street does not answer"), 503
    return jsonify(shops=shops), 200


@bp.get("/basket/")
def show_basket() -> str:
    return render_template("basket.html")


@bp.post("/basket/add/")
def add() -> BaseResponse:
    basket.put(_book(request.form.get("book", "")))
    return redirect(url_for("shop.show_basket"), 303)


@bp.post("/basket/update/")
def update() -> BaseResponse:
    count = request.form.get("count", "")
    if count.isdecimal():
        basket.set_count(_book(request.form.get("book", "")), int(count))
    return redirect(url_for("shop.show_basket"), 303)


@bp.get("/payment/")
def payment() -> str:
    return _payment()


@bp.post("/payment/voucher/")
def voucher() -> BaseResponse | str:
    code = request.form.get("code", "").strip()
    if basket.redeem(code):
        return redirect(url_for("shop.payment"), 303)
    return _payment(voucher_error="We do not know this code.", code=code)


@bp.post("/payment/order/")
def order() -> BaseResponse | str:
    if not POSTCODE.fullmatch(request.form.get("postcode", "").strip()):
        return _payment(postcode_error="Enter a full postcode, like SW1A 1AA.", values=request.form)
    bought = basket.current()
    if not bought.lines:
        return redirect(url_for("shop.show_basket"), 303)
    session["ordered"] = {"number": f"OL-{secrets.randbelow(90000) + 10000}", "total": bought.total}
    basket.clear()
    return redirect(url_for("shop.thanks"), 303)


@bp.get("/thanks/")
def thanks() -> str:
    ordered = session.get("ordered")
    if ordered is None:
        abort(404)
    return render_template("thanks.html", ordered=ordered)


@bp.get("/help/")
def help_() -> str:
    return render_template("help.html")


@bp.get("/help/delivery/")
def delivery() -> str:
    return render_template("delivery.html")


@bp.get("/help/returns/")
def returns() -> str:
    return render_template("returns.html")


@bp.post("/help/returns/")
def send_back() -> BaseResponse | str:
    number = request.form.get("number", "").strip()
    if not ORDER_NUMBER.fullmatch(number) or not request.form.get("reason"):
        return render_template("returns.html", error="We do not know this order number.", number=number)
    return redirect(url_for("shop.returned"), 303)


@bp.get("/help/returns/done/")
def returned() -> str:
    return render_template("returned.html")


def missing(_: HTTPException) -> tuple[str, int]:
    return render_template("missing.html"), 404


def _book(slug: str) -> Book:
    shown = book_of(slug)
    if shown is None:
        abort(404)
    return shown


def _payment(**page: object) -> str:
    return render_template("payment.html", **page)
