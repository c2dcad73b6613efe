"""A shared report in a real browser: made by a researcher, read by somebody who has no account, scripts or not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from tests.browser.reports.test_pages import EVERYTHING, LONG
from tests.factories import make_study, make_user, sign_in
from tests.measured import make_answers, make_people
from tests.web.reports.study import FULL
from tests.web.sharing.shares import EVERYTHING as EVERY_SECTION
from tests.web.sharing.shares import PASSWORD, make_link
from usabtest import migrations
from usabtest.accounts.models import Role
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db

COUNTS = (0, 3, 12, 40)
ARABIC = "الدفع بالقسيمة"
MOST_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Site:
    """The running app, a researcher's cookie, and the paths of links by name."""

    base: str
    cookie: str
    paths: dict[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("sharing")
    app = create_app(
        Config(
            data_dir=folder,
            database_url=f"sqlite:///{folder / 'usabtest.sqlite3'}",
            secret_key="a secret for tests only, no more",
        )
    )
    with app.app_context():
        migrations.upgrade(db.engine)
        rosa = make_user("rosa@example.org", name="Rosa Lindqvist", role=Role.ADMIN)
        paths = {}
        for count in COUNTS:
            tasks = [*FULL["tasks"][:2], {**FULL["tasks"][2], "title": LONG if count == 40 else ARABIC}]
            study = make_study(rosa, **{**FULL, **EVERYTHING, "key": f"s{count}", "tasks": tasks})
            for person in make_people(study, count)[:5]:
                make_answers(person, {"why": "x" * 300, "how": "Friend"})
            paths[f"s{count}"] = make_link(study, *EVERY_SECTION, shows_maker=True).path
        paths["frozen"] = make_link(study, "cx", "overview", frozen=True).path
        paths["password"] = make_link(study, "cx", password=PASSWORD).path
        client = app.test_client()
        sign_in(client, rosa)
        cookie = client.get_cookie("usabtest_sign_in")
        assert cookie is not None
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", cookie.value, paths)
    server.shutdown()
    thread.join()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """Somebody who has no account."""
    context = browser.new_context(base_url=site.base, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def rosa(browser: Browser, site: Site) -> Iterator[Page]:
    """The researcher."""
    context = browser.new_context(base_url=site.base, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "usabtest_sign_in", "value": site.cookie, "url": site.base}])
    yield context.new_page()
    context.close()


def faults_of(page: Page) -> list[str]:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    return faults


@pytest.mark.parametrize("width_px", [1280, 320])
@pytest.mark.parametrize("name", [*(f"s{count}" for count in COUNTS), "frozen", "password"])
def test_nothing_is_wrong_with_it(reader: BrowserContext, site: Site, name: str, width_px: int) -> None:
    page = reader.new_page()
    faults = faults_of(page)
    page.set_viewport_size({"width": width_px, "height": 900})
    page.goto(site.paths[name])
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width_px
    assert faults == []


def test_dark_hides_nothing_from_axe(reader: BrowserContext, site: Site) -> None:
    page = reader.new_page()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto(site.paths["s12"])

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["s12", "s40", "frozen"])
def test_it_weighs_little_on_the_way(reader: BrowserContext, site: Site, name: str) -> None:
    page = reader.new_page()
    weights: list[int] = []
    page.on("requestfinished", lambda request: weights.append(sum(request.sizes()[part] for part in PARTS)))
    page.goto(site.paths[name], wait_until="networkidle")

    assert 0 < sum(weights) < MOST_BYTES


PARTS = ("responseBodySize", "responseHeadersSize")


def test_it_is_whole_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.base, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.paths["s12"])

    expect(page.get_by_role("heading", name="Shop checkout, round 2")).to_be_visible()
    expect(page.get_by_role("heading", name="How many could do it")).to_be_visible()
    expect(page.get_by_role("heading", name="Find out what delivery costs")).to_be_visible()
    expect(page.get_by_role("link", name="Summary as PDF")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.goto(site.paths["password"])
    page.get_by_label("Password").fill("a wrong one")
    page.get_by_role("button", name="Open the report").click()
    expect(page.get_by_text("Wrong password.").first).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open the report").click()
    expect(page.get_by_role("heading", name="How many could do it")).to_be_visible()
    context.close()


def test_it_can_be_printed(reader: BrowserContext, site: Site) -> None:
    page = reader.new_page()
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(site.paths["s12"])
    page.get_by_role("button", name="Print").click()

    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    expect(page.get_by_text("Shared report, open until")).to_be_hidden()
    expect(page.get_by_role("heading", name="Shop checkout, round 2")).to_be_visible()


def test_a_link_is_made_sent_read_counted_and_revoked(rosa: Page, reader: BrowserContext) -> None:
    rosa.goto("/studies/s12/report?device=desktop")
    rosa.get_by_role("link", name="Share report").click()
    expect(rosa.get_by_text("Only: Device: desktop.")).to_be_visible()
    rosa.get_by_label("For whom it is").fill("Customer care")
    rosa.get_by_label("What people wrote").check()
    rosa.get_by_label("Show my name, Rosa Lindqvist").check()
    rosa.get_by_role("button", name="Make the link").click()
    link = rosa.get_by_label("Link", exact=True).input_value()

    page = reader.new_page()
    page.goto(link)
    expect(page.get_by_text("Device: desktop").first).to_be_visible()
    expect(page.get_by_text("Made by Rosa Lindqvist with usabtest")).to_be_visible()

    rosa.goto("/studies/s12/shares")
    expect(rosa.get_by_role("row", name="Customer care")).to_contain_text("1 time")
    rosa.get_by_role("button", name="Revoke Customer care").click()
    dialog = rosa.get_by_role("dialog")
    expect(dialog).to_contain_text("It was opened 1 time.")
    dialog.get_by_role("button", name="Revoke").click()
    expect(rosa.get_by_role("row", name="Customer care")).to_have_count(0)

    page.reload()
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert page.get_by_role("link").all_text_contents() == ["Skip to the content"]


@pytest.mark.parametrize("width_px", [1280, 320])
def test_nothing_is_wrong_with_the_page_on_which_links_are_made(rosa: Page, width_px: int) -> None:
    faults = faults_of(rosa)
    rosa.set_viewport_size({"width": width_px, "height": 900})
    for address in ("/studies/s40/shares?device=phone", "/studies/s0/shares"):
        rosa.goto(address)
        found = Axe().run(rosa)
        assert found.violations_count == 0, found.generate_report()
        assert rosa.evaluate("document.documentElement.scrollWidth") <= width_px
    assert faults == []
