"""Look at every page of a report, of nobody to four hundred: `python -m tests.browser.reports.gallery FOLDER [WORD]`.

Fills studies, serves them, and writes pictures into the folder: light, dark and with forced colours, 1280, 360 and
320 px wide, and the print; with words only those whose name holds one. For people who change the pages; the tests
beside it say what must hold.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.browser.our_app import Fill, OurApp, open_context, running
from tests.browser.reports.played import play
from tests.crowd import make_crowd
from tests.factories import make_study
from tests.find_chromium import ARGUMENTS, find_chromium, started_playwright
from tests.web.reports.study import FULL
from tests.web.sharing.shares import EVERYTHING, PASSWORD, make_link
from usabtest.accounts.models import User
from usabtest.db import transaction
from usabtest.studies import actions as studies_actions

LONG = "Pay with the voucher that came with the letter, and have the rest sent to a friend"
WHY = {"key": "why", "text": "What got in your way?", "type": "open"}
CHANGE = {"key": "change", "text": "What would you change?", "type": "open"}
OPTIONAL = {"optimal": {"pages": 3, "clicks": 5}, "first_click": ["nav a.books"], "search": [{"url": "/search/*"}]}
ARABIC: dict[str, Any] = {
    "key": "arabic",
    "title": "الدفع في المتجر، الجولة الثانية",
    "language": "ar",
    "sites": ["https://shop.example"],
    "tasks": [
        {
            "key": "find",
            "title": "ابحث عن كتاب كهدية",
            "scenario": "تريد هدية لصديق يحب القصص البوليسية. ضع كتابًا في السلة.",
            "start_url": "https://shop.example/",
            "success": [{"url": "/basket/"}],
            "time_limit_s": 300,
            "questions": ["seq", {"key": "why", "text": "ما الذي أعاقك؟", "type": "open"}],
        },
        {
            "key": "pay",
            "title": "ادفع بالقسيمة التي وصلتك بالبريد ثم أرسل الباقي إلى صديقك",
            "scenario": "ادفع بالقسيمة OTTER-5.",
            "success": [{"url": "/checkout/thanks?voucher=*"}],
            "time_limit_s": 300,
            **OPTIONAL,
        },
    ],
    "after": ["sus", "nps", {"key": "change", "text": "ماذا تغيّر؟", "type": "open"}],
}
ARABIC_WORDS = ("لم أجد مكان إدخال الرمز.", "كان كل شيء واضحًا.", "الزر Apply لم يعمل في المرة الأولى.")
COUNTS = (0, 1, 3, 12, 400)


def filling(counts: Iterable[int]) -> Fill:
    """Make a study for each count of people, one with long titles, one in Arabic, one that was played, and links."""

    def fill(rosa: User, client: FlaskClient) -> Mapping[str, str]:
        tasks = [{**task, **OPTIONAL, "questions": ["seq", WHY]} for task in FULL["tasks"]]
        studies = {}
        for count in counts:
            key = f"s{count}"
            studies[key] = make_study(rosa, **{**FULL, "key": key, "tasks": tasks, "after": ["sus", "nps", CHANGE]})
            make_crowd(studies[key], count)
        long = [{**task, "title": f"{LONG} {place}"[-80:]} for place, task in enumerate(tasks)]
        studies["long"] = make_study(rosa, **{**FULL, "key": "long", "title": LONG, "tasks": long})
        make_crowd(studies["long"], 12)
        studies["arabic"] = make_study(rosa, **ARABIC)
        make_crowd(studies["arabic"], 12, words=ARABIC_WORDS)
        before = make_study(rosa, **{**FULL, "key": "before", "title": "Shop checkout, round 1", "tasks": tasks})
        make_crowd(before, 14, seed=3)
        with transaction():
            for study in studies.values():
                studies_actions.set_previous(study, before)
        make_study(rosa, **{**FULL, "key": "played", "tasks": tasks})
        play(client, "/s/played")
        paths = {key: make_link(study, *EVERYTHING, shows_maker=True).path for key, study in studies.items()}
        paths["password"] = make_link(before, "cx", password=PASSWORD).path
        return paths

    return fill


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a page."""

    width_px: int
    colours: str

    @property
    def name(self) -> str:
        return f"{self.width_px}-{self.colours}"


LOOKS = (Look(1280, "light"), Look(1280, "dark"), Look(360, "light"), Look(320, "light"), Look(1280, "forced"))


def shoot(browser: Browser, site: OurApp, folder: Path, wanted: Sequence[str]) -> None:
    """Take each page whose name holds one of the words `wanted`; all, if there are none."""
    for look in LOOKS:
        context = open_context(browser, site)
        page = context.new_page()
        page.set_viewport_size({"width": look.width_px, "height": 900})
        dark = look.colours == "dark"
        page.emulate_media(
            color_scheme="dark" if dark else "light",
            forced_colors="active" if look.colours == "forced" else "none",
        )
        for name, address in pages(site.paths):
            whole = f"{name}-{look.name}"
            if wanted and not any(word in whole for word in wanted):
                continue
            page.goto(address)
            page.screenshot(path=folder / f"{whole}.png", full_page=True)
            if look == LOOKS[0]:
                page.pdf(path=folder / f"{name}.pdf", format="A4")
        context.close()


def pages(paths: Mapping[str, str], counts: Iterable[int] = COUNTS) -> Iterator[tuple[str, str]]:
    """The name and the address of each page."""
    for key in (*(f"s{count}" for count in counts), "long", "arabic"):
        yield f"{key}-overview", f"/studies/{key}/report"
        yield f"{key}-task", f"/studies/{key}/report/tasks/pay"
        yield f"{key}-summary", f"/studies/{key}/report/summary"
        yield f"{key}-compare", f"/studies/{key}/compare"
        yield f"{key}-shared", paths[key]
    yield "s12-edit", "/studies/s12/report/summary/edit"
    yield "s12-filtered", "/studies/s12/report?device=phone&device=desktop&from=2026-01-01"
    yield "s12-share", "/studies/s12/shares"
    yield "s12-groups", "/studies/s12/compare?a.device=phone&b.device=desktop"
    yield "s12-benchmarks", "/studies/s12/compare?benchmarks=1"
    yield "s12-set-benchmarks", "/studies/s12/benchmarks"
    yield "arabic-other", "/studies/arabic/compare?with=s12"
    yield "played-person", "/studies/played/participants/P-01"
    yield "played-person-all", "/studies/played/participants/P-01?events=all"
    yield "s400-odd", "/studies/s400/report/tasks/find-book?outliers=without&sort=time&order=descending"
    yield "s12-leave-out", "/studies/s12/report/tasks/pay?leave_out=P-02#change"
    yield "password", paths["password"]


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        running(Path(data), filling(COUNTS)) as site,
        started_playwright() as started,
    ):
        browser = started.chromium.launch(executable_path=find_chromium(started), args=list(ARGUMENTS))
        shoot(browser, site, folder, sys.argv[2:])
        browser.close()


if __name__ == "__main__":
    main()
