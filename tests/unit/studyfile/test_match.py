"""Globs and sites, by the cases that the snippet's tests read too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usabtest.studyfile.match import admitted, origin_of, path_matches, site_admits

WIRE = Path(__file__).parents[2] / "wire"


def cases(name: str) -> list[Any]:
    return [
        pytest.param(*case.values(), id=" ".join(map(str, case.values())))
        for case in json.loads((WIRE / name).read_text("utf-8"))
    ]


@pytest.mark.parametrize(("glob", "url", "match"), cases("url_globs.json"))
def test_a_page_matches_a_glob(glob: str, url: str, match: bool) -> None:
    assert path_matches(glob, url) is match


@pytest.mark.parametrize(("site", "origin", "admits"), cases("sites.json"))
def test_a_site_admits_an_origin(site: str, origin: str, admits: bool) -> None:
    assert site_admits(site, origin) is admits


def test_an_address_is_admitted_by_any_of_the_sites() -> None:
    sites = ("https://shop.example", "https://*.pay.example")

    assert admitted(sites, "https://a.pay.example/card?x=1#y")
    assert not admitted(sites, "https://pay.example/card")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop.example",
        "//shop.example",
        "https://",
        "https://:80",
        "https://a b",
        "https://a:99999",
        "https://a:x",
        "https://evil\\@shop.example",
        "https://sh%6Fp.example",
        "javascript:alert(1)",
        "https://[::1",
        "https://a..b",
    ],
)
def test_what_is_no_web_address_has_no_origin(url: str) -> None:
    assert origin_of(url) is None


def test_many_stars_come_to_an_end() -> None:
    """A matcher that tries every way to divide the path would never leave this test."""
    assert not path_matches("/" + "**a" * 100 + "b", "https://shop.example/" + "a" * 2_000)


@given(st.text(st.characters(exclude_characters="*?#", codec="utf-8")))
def test_a_path_without_stars_matches_itself(text: str) -> None:
    assert path_matches(f"/{text}", f"https://shop.example/{text}")
