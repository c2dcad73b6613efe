"""Take the README's pictures anew from the real pages: `.venv/bin/python docs/pictures/take.py`.

Starts `usabtest demo`, signs in by its one-time address, and looks at the pages with a Chromium.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.find_chromium import ARGUMENTS, find_chromium, started_playwright

HERE = Path(__file__).resolve().parent
PORT = 18960
BASE = f"http://127.0.0.1:{PORT}"
STUDY = f"{BASE}/studies/otter-lane-books"


def main() -> None:
    with demo() as sign_in, started_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(play), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1120, "height": 860}, device_scale_factor=1)
        page.goto(sign_in)
        page.get_by_role("button", name=re.compile("^Sign in")).click()
        page.wait_for_url("**/studies**")
        take(page, f"{STUDY}/report", "report")
        take(page, STUDY, "study")
        editor(page)
        participant(browser.new_page(viewport={"width": 1120, "height": 760}))
        browser.close()


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo, and give the moderator's one-time address."""
    command = [sys.executable, "-m", "usabtest", "demo", "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield next(found[0] for line in process.stdout if (found := re.search(r"http\S+/sign-in/\S+", line)))
        finally:
            process.terminate()


def editor(page: Page) -> None:
    """A copy of the study: people have met the tasks of the first, which are frozen."""
    page.goto(STUDY)
    page.get_by_role("button", name="Duplicate study").click()
    page.get_by_role("link", name="Pay with a voucher").first.click()
    page.get_by_role("heading", name="Success").scroll_into_view_if_needed()
    page.evaluate("scrollBy({ top: 420, behavior: 'instant' })")
    page.screenshot(path=HERE / "editor.png")


def participant(page: Page) -> None:
    page.goto(f"{BASE}/s/otter-lane-books")
    page.screenshot(path=HERE / "welcome.png")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Start task").wait_for()
    page.screenshot(path=HERE / "widget.png")


def take(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    main()
