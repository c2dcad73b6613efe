"""Look at every page of a report, of nobody to four hundred: `python -m tests.browser.reports.gallery FOLDER`.

Fills studies, serves them, and writes pictures into the folder: light and dark, 1280 and 320 px wide, and the print.
For people who change the pages; the tests beside it say what must hold.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from tests.crowd import make_crowd
from tests.factories import make_study, make_user, sign_in
from tests.find_chromium import ARGUMENTS, find_chromium
from tests.web.reports.study import FULL
from usabtest import migrations
from usabtest.accounts.models import Role, User
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db

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


def fill(counts: Iterable[int]) -> None:
    """Make the studies, one for each count of people and two more; needs an app context and an empty database."""
    rosa = make_user("rosa@example.org", name="Rosa Lindqvist", role=Role.ADMIN)
    tasks = [{**task, **OPTIONAL, "questions": ["seq", WHY]} for task in FULL["tasks"]]
    for count in counts:
        study = make_study(rosa, **{**FULL, "key": f"s{count}", "tasks": tasks, "after": ["sus", "nps", CHANGE]})
        make_crowd(study, count)
    long = [{**task, "title": f"{LONG} {place}"[-80:]} for place, task in enumerate(tasks)]
    make_crowd(make_study(rosa, **{**FULL, "key": "long", "title": LONG, "tasks": long}), 12)
    make_crowd(make_study(rosa, **ARABIC), 12, words=ARABIC_WORDS)


@contextmanager
def serving(counts: Iterable[int] = COUNTS) -> Iterator[tuple[str, str]]:
    """Run the app on filled studies: its address, and the cookie by which somebody is signed in."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/usabtest.sqlite3"
        app = create_app(
            Config(data_dir=Path(folder), database_url=url, secret_key="only for looking at pages, no more")
        )
        with app.app_context():
            migrations.upgrade(db.engine)
            fill(counts)
            client = app.test_client()
            sign_in(client, db.session.scalars(sa.select(User)).one())
            cookie = client.get_cookie("usabtest_sign_in")
            assert cookie is not None
            db.session.remove()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", cookie.value
        finally:
            server.shutdown()
            thread.join()
            with app.app_context():
                db.engine.dispose()


def shoot(browser: Browser, base: str, cookie: str, folder: Path, wanted: str) -> None:
    """Take each page that the words `wanted` ask for; all, if there are none."""
    for width_px, scheme in ((1280, "light"), (1280, "dark"), (320, "light")):
        context = browser.new_context(base_url=base, viewport={"width": width_px, "height": 900}, color_scheme=scheme)
        context.add_cookies([{"name": "usabtest_sign_in", "value": cookie, "url": base}])
        page = context.new_page()
        for name, address in pages():
            if wanted and wanted not in f"{name}-{width_px}-{scheme}":
                continue
            page.goto(address)
            page.screenshot(path=folder / f"{name}-{width_px}-{scheme}.png", full_page=True)
            if (width_px, scheme) == (1280, "light"):
                page.pdf(path=folder / f"{name}.pdf", format="A4")
        context.close()


def pages() -> Iterator[tuple[str, str]]:
    for key in (*(f"s{count}" for count in COUNTS), "long", "arabic"):
        yield f"{key}-overview", f"/studies/{key}/report"
        yield f"{key}-task", f"/studies/{key}/report/tasks/pay"
    yield "s12-filtered", "/studies/s12/report?device=phone&device=desktop&from=2026-01-01"
    yield "s12-person", "/studies/s12/participants/P-02"
    yield "s400-odd", "/studies/s400/report/tasks/find-book?outliers=without&sort=time&order=descending"
    yield "s12-leave-out", "/studies/s12/report/tasks/pay?leave_out=P-02#change"


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as (base, cookie), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(play), args=list(ARGUMENTS))
        shoot(browser, base, cookie, folder, " ".join(sys.argv[2:]))
        browser.close()


if __name__ == "__main__":
    main()
