"""One session that holds everything that a timeline draws, played as a participant's browser plays it."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.snippet import SITE, begin


def play(client: FlaskClient, link: str) -> None:
    """Take part, do the first task in fifty seconds, and go."""
    page = begin(client, link)
    page.send(
        ["v", -500, None, 0, "load", 1280, 800, 200],
        ["l", -200, None, 0, 80, 210, 250, 410, 300],
        ["S", 0, 0, 0],
        *[["c", ms, 0, 0, 1, 500, 500, 40, 40, 0, "m", 1] for ms in (4000, 9000, 35_000, 35_300, 35_600)],
        ["f", 28_000, 0, 0, 1, "aria"],
        ["j", 38_000, 0, 0, "error", "x is not defined", "https://shop.example/app.js", 1, 2, "h"],
        ["P", 40_000, 0, 0, "Why does it not take it?"],
        ends=True,
    )
    page.stream, page.address, page.number, page.first = "s0000002", f"{SITE}/basket/", 0, 0
    page.send(
        ["v", 41_000, 0, 0, "load", 1280, 800, 200],
        ["c", 45_000, 0, 0, 1, 500, 500, 40, 40, 0, "m", 1],
        ["D", 50_000, 0, 0],
        ["A", 51_000, 0, 0, "seq", 3],
    )
