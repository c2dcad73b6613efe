"""A participant's browser in a few lines: what the snippet would send, through the test client."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SITE = "https://shop.example"
CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


def open_link(client: FlaskClient, path: str) -> TestResponse:
    return client.get(path, headers={"User-Agent": CHROMIUM})


def press_start(client: FlaskClient, path: str, **fields: str | list[str]) -> TestResponse:
    """Open a link, agree and press Start, with the hidden fields that the page has."""
    page = open_link(client, path)
    opening = re.search(r'name="opening" value="([^"]+)"', page.text)
    data = {"agree": "yes", "opening": opening.group(1) if opening else "", **fields}
    base, _, query = path.partition("?")
    address = f"{base}/start?{query}" if query else f"{base}/start"
    return client.post(address, data=data, headers={"User-Agent": CHROMIUM})


def code_in(response: TestResponse) -> str:
    """The one-time code at the end of the address that a response leads to."""
    fragment = urlsplit(response.headers["Location"]).fragment
    return parse_qs(fragment.rpartition("&")[2] if "&" in fragment else fragment)["usabtest"][0]


def send(client: FlaskClient, path: str, body: object, *, origin: str | None = SITE) -> TestResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"User-Agent": CHROMIUM, **({"Origin": origin} if origin else {})}
    return client.post(path, data=data, content_type="text/plain;charset=UTF-8", headers=headers)


def hello(page: str = f"{SITE}/") -> dict[str, object]:
    return {"page": page, "width": 1280, "height": 800, "touch": 0, "language": "en-GB"}


@dataclass
class Page:
    """One page load of a participant's tab: it numbers its events and batches, as the snippet does."""

    client: FlaskClient
    token: str
    stream: str = "s0000001"
    origin: str | None = SITE
    address: str = f"{SITE}/"
    number: int = 0
    first: int = 0
    now_ms: int = field(default_factory=lambda: round(time.time() * 1000) - 60_000)
    sent: list[dict[str, object]] = field(default_factory=list)

    def batch(self, *events: list[object], ends: bool = False, dropped: int = 0) -> dict[str, object]:
        """Freeze a batch of events, written as [code, ms later, attempt, page, ...]."""
        frozen: dict[str, object] = {
            "v": 1,
            "k": self.token,
            "s": self.stream,
            "n": self.number,
            "f": self.first,
            "t": self.now_ms,
            "d": dropped,
            "z": int(ends),
            "w": [self.address, "#somewhere"],
            "e": list(events),
        }
        self.number += 1
        self.first += len(events)
        return frozen

    def send(self, *events: list[object], ends: bool = False) -> TestResponse:
        frozen = self.batch(*events, ends=ends)
        self.sent.append(frozen)
        return send(self.client, "/recording/batches", frozen, origin=self.origin)

    def state(self) -> dict[str, object]:
        body = {"v": 1, "k": self.token, "have": None, "hello": hello(self.address)}
        answer = send(self.client, "/recording/state", body, origin=self.origin)
        assert answer.status_code == 200, answer.text
        state: dict[str, object] = answer.get_json()["state"]
        return state


def begin(client: FlaskClient, path: str, *, browser: str = "nonce-1", **fields: str | list[str]) -> Page:
    """Press Start, go to the site, exchange the code."""
    started = press_start(client, path, **fields)
    assert started.status_code == 303, started.text
    body = {"v": 1, "code": code_in(started), "browser": browser, "hello": hello()}
    answer = send(client, "/recording/exchange", body)
    assert answer.status_code == 200, answer.text
    return Page(client, answer.get_json()["token"])
