from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask, jsonify
from flask.testing import FlaskClient

from tests.factories import make_user
from usabtest.accounts.models import User
from usabtest.db import db
from usabtest.web.paging import as_list, requested_page, take_page


@pytest.fixture
def listing(app: Flask) -> FlaskClient:
    """A client of an app that lists users in pages."""

    @app.get("/api/v1/people/<kind>")
    def people(kind: str) -> object:
        """People, page by page."""
        page = take_page(db.session(), sa.select(User), User.role, User.id, page=requested_page())
        return jsonify(as_list(page, lambda user: user.email))

    return app.test_client()


def test_the_pages_hold_everything_once(app: Flask, listing: FlaskClient) -> None:
    everybody = {make_user().email for _ in range(7)}
    seen: list[str] = []
    address: str | None = "/api/v1/people/all?size=3&x=y z"

    while address:
        answer = listing.get(address).json
        assert answer is not None
        seen += answer["items"]
        address = answer["next"]
        if address:
            assert address.startswith("http://localhost/api/v1/people/all?size=3&x=y+z&cursor=")
            parts = urlsplit(address)
            address = f"{parts.path}?{parts.query}"

    assert sorted(seen) == sorted(everybody)


def test_rows_added_meanwhile_shift_nothing(app: Flask, listing: FlaskClient) -> None:
    for _ in range(4):
        make_user()
    first = listing.get("/api/v1/people/all?size=2").json
    assert first is not None
    make_user()

    second = listing.get(first["next"]).json

    assert second is not None
    assert not set(first["items"]) & set(second["items"])


@pytest.mark.parametrize("query", ["size=0", "size=1001", "size=many", "cursor=%FF", "cursor=bm90", "cursor=WzFd"])
def test_a_bad_page_is_named(listing: FlaskClient, query: str) -> None:
    answer = listing.get(f"/api/v1/people/all?{query}")

    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["errors"][0]["path"] == query.partition("=")[0]


def test_the_description_lists_the_routes(listing: FlaskClient) -> None:
    described = listing.get("/api/v1/openapi.json").json

    assert described is not None
    operation = described["paths"]["/api/v1/people/{kind}"]["get"]
    assert operation["summary"] == "People, page by page."
    assert [parameter["name"] for parameter in operation["parameters"]] == ["kind"]
