"""Reports on paper: what each sheet says of itself, and that the dark theme stays on the screen."""

from __future__ import annotations

import io

import pypdf
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import RunFilled
from tests.browser.our_app import OurApp
from tests.factories import make_study
from tests.measured import make_people
from tests.web.reports.study import FULL
from tests.web.sharing.shares import EVERYTHING, make_link
from usabtest.accounts.models import User

# With what a font may draw as one letter, as it may two of a checksum.
TITLE = 'Shop "offers, first" </style> \\a'


@pytest.fixture(scope="module")
def site(run_filled: RunFilled) -> OurApp:
    return run_filled(_fill)


def _fill(rosa: User, client: FlaskClient) -> dict[str, str]:
    study = make_study(rosa, **{**FULL, "key": "s", "title": TITLE})
    make_people(study, 12)
    return {
        "report": "/studies/s/report?device=desktop",
        "task": "/studies/s/report/tasks/pay?device=desktop",
        "summary": "/studies/s/report/summary?device=desktop",
        "shared": make_link(study, *EVERYTHING, filters={"device": "desktop"}).path,
        "frozen": make_link(study, *EVERYTHING, filters={"device": "desktop"}, frozen=True).path,
    }


def sheets_of(page: Page) -> list[str]:
    """The text of each sheet."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return [" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("name", ["report", "task", "summary", "shared", "frozen"])
def test_each_sheet_says_of_what_of_whom_when_and_from_which_data(
    rosa: BrowserContext, site: OurApp, name: str
) -> None:
    page = rosa.new_page()
    page.goto(site.paths[name])
    said = page.locator("html").get_attribute("data-printed")

    sheets = sheets_of(page)

    assert said is not None
    assert said.startswith(TITLE)
    assert "people · Device: desktop, All groups, All dates ·" in said
    assert "UTC · usabtest 0." in said
    for number, sheet in enumerate(sheets, start=1):
        assert " ".join(said.split()) in sheet
        assert f"{number} of {len(sheets)}" in sheet


def test_a_dark_page_is_printed_light(rosa: BrowserContext, site: OurApp) -> None:
    page = rosa.new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(site.paths["report"])
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    colours = "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    _, dark_ink = page.locator("body").evaluate(colours)

    page.emulate_media(media="print", color_scheme="dark")

    assert lightness(dark_ink) > 200
    for element in ("html", "body", "main", ".task-lines td"):
        ground, ink = page.locator(element).first.evaluate(colours)
        assert ground == "rgba(0, 0, 0, 0)" or lightness(ground) > 200, element
        assert lightness(ink) < 100, element


def lightness(colour: str) -> float:
    """The mean of red, green and blue of `rgb(…)`."""
    return sum(float(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]) / 3
