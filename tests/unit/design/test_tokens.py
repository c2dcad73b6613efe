"""The colours keep their contrast, and nothing but tokens.css knows a colour."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from usabtest.assets import folder

CSS = folder("static") / "css"
COLOUR = re.compile(r"^\s*(--[\w-]+):\s*(#[0-9a-f]{6});", re.MULTILINE)

TEXT = 4.5
MARK = 3.0
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3", "link") for ground in ("paper", "surface", "sunken")],
    *[(mark, ground, MARK) for mark in ("line-strong", "data", "band-edge") for ground in ("paper", "surface")],
    *[(kind, f"{kind}-soft", TEXT) for kind in ("danger", "warn", "ok")],
    *[(kind, "surface", TEXT) for kind in ("danger", "warn", "ok")],
    ("ink", "marker", TEXT),
    ("button-ink", "button", TEXT),
    ("on-ink-focus", "button", MARK),
    ("o-success-ink", "o-success", TEXT),
    *[(f"o-edge-{kind}", "surface", MARK) for kind in ("good", "bad", "abandoned")],
]


def themes() -> dict[str, dict[str, str]]:
    root, device, stored = re.split(r"@media screen[^{]*\{", (CSS / "tokens.css").read_text())
    light = dict(COLOUR.findall(root))
    return {"light": light, "dark of the device": light | _dark(device), "dark as stored": light | _dark(stored)}


def _dark(block: str) -> dict[str, str]:
    return dict(COLOUR.findall(block))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes())
@pytest.mark.parametrize(("mark", "ground", "least"), PAIRS)
def test_it_can_be_seen(theme: str, mark: str, ground: str, least: float) -> None:
    colours = themes()[theme]

    assert contrast(colours[f"--{mark}"], colours[f"--{ground}"]) >= least


# In the order in which they stand beside each other.
OUTCOMES = ("success", "assisted", "partial", "failure", "gave-up", "timed-out", "abandoned")
GREYS_APART = 10


@pytest.mark.parametrize("theme", themes())
def test_outcomes_beside_each_other_differ_without_their_colours(theme: str) -> None:
    fills = [themes()[theme][f"--o-{outcome}"] for outcome in OUTCOMES]
    greys = [116 * luminance(fill) ** (1 / 3) - 16 for fill in fills]
    patterns = (folder("templates") / "_patterns.html").read_text()
    shapes = [
        re.sub(
            r"o-[\w-]+", "", patterns.partition(f'<pattern id="o-{outcome.replace("-", "_")}"')[2].partition("</p")[0]
        )
        for outcome in OUTCOMES
    ]

    assert min(abs(first - second) for first, second in pairwise(greys)) > GREYS_APART
    assert len(set(shapes)) == len(OUTCOMES)
    assert all(shapes)


def test_both_ways_into_the_dark_lead_to_the_same_colours() -> None:
    _, device, stored = re.split(r"@media screen[^{]*\{", (CSS / "tokens.css").read_text())

    assert _dark(device) == _dark(stored)
    assert _dark(device)


def test_only_the_tokens_know_colours() -> None:
    knowing = [
        f"{sheet.name}: {line.strip()}"
        for sheet in CSS.glob("*.css")
        if sheet.name != "tokens.css"
        for line in sheet.read_text().splitlines()
        if re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", line)
    ]

    assert knowing == []


def test_every_token_that_is_used_exists() -> None:
    defined = set(re.findall(r"(--[\w-]+):", (CSS / "tokens.css").read_text()))
    used = {name for sheet in CSS.glob("*.css") for name in re.findall(r"var\((--[\w-]+)", sheet.read_text())}

    assert used <= defined


def test_nothing_is_forced_or_points_outside() -> None:
    for sheet in CSS.glob("*.css"):
        text = sheet.read_text()

        assert "!important" not in text, sheet.name
        assert not re.search(r"url\(|@import|@font-face", text), sheet.name
