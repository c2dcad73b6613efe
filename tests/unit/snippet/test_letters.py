"""What the parts of the snippet call each other is a letter in what is built: nothing else may be called so."""

from __future__ import annotations

import re
from pathlib import Path

import hatch_build

TYPES = (Path(__file__).resolve().parents[3] / "static" / "snippet" / "types.js").read_text()
FROM_THE_SERVER = ("Criterion", "Question", "Task", "Definition")
STORED_OR_SENT = ("Met", "Ended", "Attempt", "Facts", "Saved", "Hello")


def test_nothing_is_called_so_that_comes_from_the_server_or_is_stored_or_sent() -> None:
    named = {name for shape in (*FROM_THE_SERVER, *STORED_OR_SENT) for name in fields_of(shape)}

    assert {"start_url", "at", "how", "started", "attempts", "token", "width"} <= named
    assert not named & set(hatch_build.AMONG_US)


def fields_of(shape: str) -> list[str]:
    """The names of a shape's fields, as types.js has it: in braces, or a line each."""
    if inline := re.search(rf"@typedef {{{{(.*)}}}} {shape}$", TYPES, re.MULTILINE):
        return re.findall(r"(\w+):", inline[1])
    block = TYPES.split(f"@typedef {{object}} {shape}", 1)[1].split("@typedef", 1)[0]
    return re.findall(r"@property {.*?} \[?(\w+)\]?(?: |$)", block, re.MULTILINE)
