"""The report as one file: everything in it, nothing to fetch, nothing that acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.unit.reports.export.sample import sample_report
from usabtest.reports import words
from usabtest.reports.alone import report_html
from usabtest.reports.figures import StudyReport

MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)><style>*{display:none}</style>{{ 7*7 }}'


class Elements(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"


def page(report: StudyReport) -> Elements:
    return Elements(report_html(report).decode())


@pytest.mark.usefixtures("app")
def test_it_has_all_tasks_and_fits_into_a_mail() -> None:
    html = report_html(sample_report(12))

    assert len(html) < 300_000
    found = Elements(html.decode())
    ids = [value for name, value in found.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    for name, value in found.attributes:
        if name in {"href", "aria-labelledby", "aria-describedby", "popovertarget"}:
            for target in value.removeprefix("#").split():
                assert target in ids


@pytest.mark.usefixtures("app")
def test_it_says_what_the_report_says() -> None:
    report = sample_report(12, filters={"device": "phone"})

    text = " ".join(page(report).text.split())

    for task in report.tasks:
        assert words.share_beside(task.success.rate, task.success.ci, task.n).replace("\u00a0", " ") in text
        assert words.errors_words(task) in text
    assert "12 people · Device: phone, All groups, All dates · 14 November 2026" in text
    assert report.checksum in text.replace("·", "")


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("people", [0, 1, 12])
def test_nothing_in_it_leads_out_or_acts(people: int) -> None:
    found = page(sample_report(people))

    assert not {"script", "link", "img", "iframe", "form", "base"} & set(found.tags)
    for name, value in found.attributes:
        assert not name.startswith("on")
        if name in {"href", "src", "action"}:
            assert value.startswith("#")
    assert "url(http" not in report_html(sample_report(people)).decode()
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in found.attributes


@pytest.mark.usefixtures("app")
def test_markup_in_every_text_is_a_text() -> None:
    report = sample_report(
        3, title=MARKUP, titles=[MARKUP] * 2, texts=[MARKUP], code=MARKUP, filters={"browser": MARKUP}
    )

    html = report_html(report).decode()
    found = Elements(html)

    assert not {"script", "img"} & set(found.tags)
    assert found.tags.count("style") == 1
    assert len(re.findall("&lt;script&gt;", html)) > 10


@pytest.mark.usefixtures("app")
def test_a_scenario_is_set_as_its_marks_say() -> None:
    html = report_html(sample_report(3, scenario="Put **one** [book](https://shop.example/b) into it.")).decode()

    assert "<p>Put <strong>one</strong> book (https://shop.example/b) into it.</p>" in html


@pytest.mark.usefixtures("app")
def test_of_many_people_it_does_not_list_each() -> None:
    html = report_html(sample_report(501, titles=["Pay"]))

    assert len(html) < 300_000
    assert b"The workbook and the CSV have them." in html
    assert b"P-07" not in html
