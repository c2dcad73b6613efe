"""The colours of files: those of our pages by day, read from where the pages have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from usabtest import assets

_TOKEN = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")


@cache
def tokens() -> Mapping[str, str]:
    """Every colour by its name in tokens.css, without the dashes before it: ``tokens()["ink"]``."""
    light, _, _ = (assets.folder("static") / "css" / "tokens.css").read_text("utf-8").partition("@media")
    return dict(_TOKEN.findall(light))


def outcome_colour(outcome: str) -> str:
    """What fills an outcome's area."""
    return tokens()[f"o-{outcome.replace('_', '-')}"]


def outcome_mark(outcome: str) -> str:
    """What its pattern is drawn with over the fill; success has none."""
    return tokens().get(f"o-{outcome.replace('_', '-')}-mark", outcome_colour(outcome))


def outcome_edge(outcome: str) -> str:
    """Its outline, which carries the contrast."""
    kind = {"failure": "bad", "gave_up": "bad", "timed_out": "bad", "abandoned": "abandoned"}.get(outcome, "good")
    return tokens()[f"o-edge-{kind}"]
