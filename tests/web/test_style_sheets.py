from __future__ import annotations

import re

from flask.testing import FlaskClient


def test_a_page_names_the_content_of_its_style_sheets(client: FlaskClient) -> None:
    addresses = re.findall(r'href="(/static/css/[^"]+)"', client.get("/sign-in").text)

    assert len(addresses) > 5
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_without_its_content_in_the_address_a_style_sheet_is_asked_for_again(client: FlaskClient) -> None:
    assert client.get("/static/css/base.css").headers["Cache-Control"] == "no-cache"
