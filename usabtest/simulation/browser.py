"""What a participant's browser asks of usabtest: the link, the exchange of the code, the state, the batches."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlsplit

import httpx

from usabtest.errors import UsabtestError
from usabtest.simulation.form import Welcome
from usabtest.simulation.persona import Device
from usabtest.simulation.wire import PageStream

TIMEOUT_S = 30
TRIES = 3
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


class SimulationError(UsabtestError):
    """The server did not take a synthetic participant; the text says why."""


class ScreenedOutError(SimulationError):
    """The participant does not belong to the study: nothing is wrong."""


class Browser:
    """One participant's browser, from the study's link to the last batch."""

    def __init__(self, base: str, device: Device, rng: Random) -> None:
        self._base = base
        self._http = httpx.Client(base_url=base, headers={"User-Agent": device.user_agent}, timeout=TIMEOUT_S)
        self._device = device
        self._rng = rng
        self._token = ""
        self.definition: dict[str, Any] = {}
        self.start_url = ""

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def begin(self, key: str) -> None:
        """Open the study's link, agree, press Start, and have the site's page exchange its code."""
        self.start_url, code = self._press_start(key)
        answer = self._post("exchange", {"v": 1, "code": code, "browser": self.name(), "hello": self._hello()})
        self._token = answer["token"]
        # The snippet reloads the page without the code; the page that comes then says hello by itself.
        state = self._post("state", {"v": 1, "k": self._token, "have": None, "hello": self._hello()})
        self.definition = state["definition"]

    def open_page(self, page: str, began_ms: int) -> PageStream:
        """Begin the stream of a page load."""
        return PageStream(self._token, self.name(12), page, began_ms)

    def send(self, stream: PageStream) -> None:
        """Send what a page recorded, batch by batch."""
        for body in stream.batches():
            self._post("batches", body)

    def name(self, length: int = 20) -> str:
        return "".join(self._rng.choices(_ALPHABET, k=length))

    def _press_start(self, key: str) -> tuple[str, str]:
        page = self._get(f"/s/{key}")
        welcome = Welcome(page.text)
        if welcome.action is None:
            raise SimulationError(f"{self._base}/s/{key} takes nobody in: {welcome.heading or page.status_code}")
        started = self._http.post(welcome.action, data=dict(welcome.filled(self._rng)))
        target, fragment = urldefrag(started.headers.get("Location", ""))
        code = dict(parse_qsl(fragment)).get("usabtest")
        if code is None:
            raise ScreenedOutError(Welcome(started.text).heading or "screened out")
        return target, code

    def _get(self, path: str) -> httpx.Response:
        try:
            return self._http.get(path)
        except httpx.TransportError as error:
            raise SimulationError(f"{self._base} does not answer: is `usabtest serve` running?") from error

    def _post(self, name: str, body: object) -> dict[str, Any]:
        """Send as the snippet does, and try again where a browser would."""
        headers = {"Content-Type": "text/plain;charset=UTF-8", "Origin": _origin(self.start_url)}
        content = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
        for last in (False,) * (TRIES - 1) + (True,):
            try:
                answer = self._http.post(f"/recording/{name}", content=content, headers=headers)
            except httpx.TransportError as error:
                if last:
                    raise SimulationError(f"{self._base} stopped answering.") from error
                continue
            if answer.status_code == 200:
                told: dict[str, Any] = answer.json()
                return told
            if last or answer.status_code not in {408, 429, 503}:
                raise SimulationError(f"{name} was refused with {answer.status_code}: {answer.text.strip()}")
        raise AssertionError("the last try returns or raises")

    def _hello(self) -> dict[str, object]:
        device = self._device
        return {
            "page": self.start_url,
            "width": device.width,
            "height": device.height,
            "touch": int(device.pointer == "t"),
            "language": device.language,
        }


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
