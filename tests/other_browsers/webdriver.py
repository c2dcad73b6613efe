"""The few commands of WebDriver (W3C) that these tests need, over both ways to say them.

WebKitGTK's driver speaks HTTP; Firefox itself speaks Marionette, the same commands as JSON over a socket, so that
nobody needs a geckodriver, which Debian does not have.
"""

from __future__ import annotations

import json
import socket
from typing import Any, Protocol

import httpx

PATIENCE_S = 60
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

# Ours: what Marionette calls it, and how HTTP says it below /session/ID.
_COMMANDS = {
    "go": ("WebDriver:Navigate", "POST", "/url"),
    "address": ("WebDriver:GetCurrentURL", "GET", "/url"),
    "back": ("WebDriver:Back", "POST", "/back"),
    "reload": ("WebDriver:Refresh", "POST", "/refresh"),
    "script": ("WebDriver:ExecuteScript", "POST", "/execute/sync"),
    "actions": ("WebDriver:PerformActions", "POST", "/actions"),
    "type": ("WebDriver:ElementSendKeys", "POST", "/element/{id}/value"),
    "window": ("WebDriver:GetWindowHandle", "GET", "/window"),
    "new_window": ("WebDriver:NewWindow", "POST", "/window/new"),
    "switch": ("WebDriver:SwitchToWindow", "POST", "/window"),
    "close_window": ("WebDriver:CloseWindow", "DELETE", "/window"),
}


class DriverError(Exception):
    """The browser could not do it."""


class Wire(Protocol):
    """A way to say a command."""

    def say(self, name: str, parameters: dict[str, Any]) -> Any: ...


class Marionette:
    """Messages are their length, a colon, and `[0, id, command, parameters]` or `[1, id, error, result]`."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self._reader = self._socket.makefile("rb")
        self._count = 0
        self._receive()  # it introduces itself
        self.command("WebDriver:NewSession", {"capabilities": {}})

    def say(self, name: str, parameters: dict[str, Any]) -> Any:
        return self.command(_COMMANDS[name][0], parameters)

    def command(self, command: str, parameters: dict[str, Any]) -> Any:
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(f"{len(message)}:".encode() + message)
        _, _, error, result = self._receive()
        if error:
            raise DriverError(f"{command}: {error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def _receive(self) -> Any:
        length = b""
        while (digit := self._reader.read(1)) != b":":
            if not digit:
                raise DriverError("Firefox has gone")
            length += digit
        return json.loads(self._reader.read(int(length)))

    def close(self) -> None:
        self._reader.close()
        self._socket.close()


class Http:
    """As the standard has it."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(timeout=PATIENCE_S)
        session = self._ask("POST", f"{url}/session", {"capabilities": {"alwaysMatch": {}}})
        self._session = f"{url}/session/{session['sessionId']}"

    def say(self, name: str, parameters: dict[str, Any]) -> Any:
        _, method, path = _COMMANDS[name]
        return self._ask(method, self._session + path.format_map(parameters), parameters)

    def _ask(self, method: str, url: str, body: dict[str, Any]) -> Any:
        answer = self._client.request(method, url, json=body if method == "POST" else None)
        value = answer.json()["value"]
        if answer.status_code != 200:
            raise DriverError(f"{url}: {value['error']}: {value['message']}")
        return value

    def close(self) -> None:
        self._ask("DELETE", self._session, {})
        self._client.close()


class Driver:
    """A browser window that is used with a mouse and a keyboard."""

    def __init__(self, name: str, wire: Wire) -> None:
        self.name = name
        self._wire = wire

    def go(self, address: str) -> None:
        self._wire.say("go", {"url": address})

    def back(self) -> None:
        self._wire.say("back", {})

    def reload(self) -> None:
        self._wire.say("reload", {})

    @property
    def address(self) -> str:
        return str(self._wire.say("address", {}))

    def script(self, body: str, *arguments: Any) -> Any:
        """Return what a function body returns in the page."""
        return self._wire.say("script", {"script": body, "args": list(arguments)})

    def click_at(self, x: float, y: float, *, after_ms: int = 0) -> None:
        """Move the mouse to a point of the viewport, which may take a while, and press it there."""
        steps = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "origin": "viewport", "duration": after_ms},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
        self._wire.say("actions", {"actions": [mouse]})

    def type(self, selector: str, text: str) -> None:
        element = self.script("return document.querySelector(arguments[0])", selector)
        self._wire.say("type", {"id": element[_ELEMENT], "text": text})

    def open_tab(self) -> str:
        """Open a tab, turn to it, and return the one that was left."""
        left = str(self._wire.say("window", {}))
        handle = self._wire.say("new_window", {"type": "tab"})["handle"]
        self.turn_to(handle)
        return left

    def turn_to(self, handle: str) -> None:
        self._wire.say("switch", {"handle": handle})

    def close_tab(self) -> None:
        self._wire.say("close_window", {})
