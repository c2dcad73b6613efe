"""The PDFs: their pages, their feet, and whatever a text says."""

from __future__ import annotations

import io

import pypdf
import pytest

from tests.unit.reports.export.sample import sample_report
from usabtest.conclusions.queries import Concluded, Cost, FindingText
from usabtest.reports import terms
from usabtest.reports.cx import cx_summary
from usabtest.reports.export.cif import cif_pdf
from usabtest.reports.export.parts import Parts
from usabtest.reports.export.pdf import report_pdf, summary_pdf
from usabtest.reports.figures import StudyReport

MARKUP = (
    '#panic() $x$ *bold* _it_ `raw` @ref <tag> \\#sys = + - / #read("/etc/passwd") #image("x") ]} "quoted" <script>'
)
NOTHING = Concluded()
COST = Cost(
    task_key="task-3", visitors=1200, visitors_words="orders a month", value=4.2, value_words="each", currency="£"
)


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def summary(report: StudyReport, concluded: Concluded = NOTHING) -> list[str]:
    return pages(summary_pdf(report, cx_summary(report, concluded)))


def test_it_works() -> None:
    report = sample_report(12)

    found = pages(report_pdf(report))

    assert found[0].startswith("Usability report Shop checkout, round 2 12 people")
    assert "Pay with a voucher" in found[0]
    assert "About these figures" in found[-1]
    for number, page in enumerate(found, start=1):
        assert f"{number} of {len(found)}" in page
        assert "Shop checkout, round 2 · 14 November 2026, 16:20 UTC" in page
        assert "12 people · All devices, All groups, All dates · usabtest" in page


def test_the_same_report_gives_the_same_bytes() -> None:
    assert report_pdf(sample_report(3)) == report_pdf(sample_report(3))


@pytest.mark.parametrize("people", [0, 1, 3, 12])
def test_all_of_them_are_pdf_ua(people: int) -> None:
    scenario = "You want **a present**.\n\n- one story\n- two cards\n\n> Use `OTTER-5`.\n\n1. First\n2. Then"
    report = sample_report(people, scenario=scenario)

    for made in (report_pdf(report), summary_pdf(report, cx_summary(report, NOTHING)), cif_pdf(report)):
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf_metadata(made)


def test_a_letter_that_no_font_has_keeps_nobody_from_the_pdf() -> None:
    found = report_pdf(sample_report(3, title="Round \U00012000"))

    assert b"pdfuaid" not in pdf_metadata(found)
    assert pypdf.PdfReader(io.BytesIO(found)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_report_explains_the_measures_that_were_taken_and_no_others() -> None:
    asked = " ".join(pages(report_pdf(sample_report(12, after=["ces"]))))

    for term in (terms.CES, terms.EASE, terms.LOSTNESS, terms.FIRST_CLICK):
        assert f"{term.word}. {term.about}" in asked
    for term in (terms.SUS, terms.NPS, terms.CSAT, terms.UMUX_LITE):
        assert term.about not in asked


def pdf_metadata(pdf: bytes) -> bytes:
    found: bytes = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_data()
    return found


def test_it_is_tagged_and_its_drawings_have_words() -> None:
    reader = pypdf.PdfReader(io.BytesIO(report_pdf(sample_report(12))))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata
    assert reader.metadata.title == "Shop checkout, round 2: usability report"
    alternatives = [element["/Alt"] for element in elements(root["/StructTreeRoot"]) if "/Alt" in element]
    assert any("of 12" in words for words in alternatives)
    assert all(words for words in alternatives)


def elements(node: pypdf.generic.DictionaryObject) -> list[pypdf.generic.DictionaryObject]:
    """All elements of a document's structure below one."""
    below = node.get("/K", [])
    below = below.get_object() if hasattr(below, "get_object") else below
    nodes = [one.get_object() for one in (below if isinstance(below, list) else [below])]
    inner = [one for one in nodes if isinstance(one, dict)]
    return inner + [each for one in inner for each in elements(one)]


@pytest.mark.parametrize("people", [0, 1, 3, 400])
def test_however_many_took_part(people: int) -> None:
    report = sample_report(people)

    found = pages(report_pdf(report))

    assert len(found) < 25
    assert summary(report)


def test_whatever_a_text_says_it_is_shown_and_not_read() -> None:
    report = sample_report(3, title=MARKUP, titles=[MARKUP] * 2, texts=[MARKUP], code="#P", filters={"browser": MARKUP})

    whole = " ".join(pages(report_pdf(report)))
    short = " ".join(
        summary(report, Concluded(lead=MARKUP, findings=(FindingText(task_key="task-0", title=MARKUP, seen=MARKUP),)))
    )

    for text in (whole, short):
        assert '#panic() $x$ *bold* _it_ `raw` @ref <tag> \\#sys = + - / #read("/etc/passwd") #image("x") ]}' in text
        assert "root:" not in text


@pytest.mark.parametrize(
    "text", ["\x00\x1b[31m", "\u202egnp.exe", "\ud7ff\ufffe\uffff", "a" * 5000, "\n\n\n", "🙂 書 العربية"]
)
def test_texts_that_no_font_or_line_can_hold(text: str) -> None:
    report = sample_report(3, titles=["Task"], texts=[text])

    assert len(pages(report_pdf(report))) < 15


def test_titles_of_eighty_characters_and_arabic_fit() -> None:
    arabic = "ابحث عن كتاب هدية لصديق يحب القصص البوليسية ثم ضعه في سلة المشتريات قبل الدفع"
    report = sample_report(
        12, title="Long " * 16, titles=["Find a book for a friend who likes long detective stories " + "x" * 22, arabic]
    )

    found = pages(report_pdf(report))

    assert len(found) < 10
    assert "Find a book for a friend who likes long detective stories" in found[0]


def test_the_ways_of_a_task_are_drawn() -> None:
    reader = pypdf.PdfReader(io.BytesIO(report_pdf(sample_report(12))))

    text = " ".join(pages(report_pdf(sample_report(12))))
    alternatives = [one["/Alt"] for one in elements(reader.trailer["/Root"]["/StructTreeRoot"]) if "/Alt" in one]
    assert text.count("Ways people took") == 5
    assert sum(words.startswith("The commonest way, taken by") for words in alternatives) == 5


def test_a_row_stands_on_one_page() -> None:
    titles = [
        f"{place}a Find a book for a friend who likes long detective stories, and pay {place}z" for place in range(9)
    ]

    first, second, *_ = pages(report_pdf(sample_report(12, titles=titles)))

    listed = [page.partition("Felt easy")[2] for page in (first, second)]
    begun = [[place for place in range(9) if f"{place}a" in page] for page in listed]
    ended = [[place for place in range(9) if f"{place}z" in page] for page in listed]
    assert all(begun)
    assert begun == ended


@pytest.mark.parametrize("people", [11, 12, 13])
def test_the_legend_of_who_did_what_stands_on_its_page(people: int) -> None:
    found = pages(report_pdf(sample_report(people)))

    [page] = [page for page in found[1:] if "Who did what" in page]
    legend, tasks = page.index("With help"), page.index("Find a book as a present")
    assert page.index("Who did what") < legend < tasks


def test_tasks_that_one_person_tried_share_pages_and_others_begin_their_own() -> None:
    one, three = (
        max(page.find("Find out what delivery costs Task 2 of 5") for page in pages(report_pdf(sample_report(people))))
        for people in (1, 3)
    )

    assert one > 0
    assert three == 0


def test_a_short_path_is_not_parted() -> None:
    report = sample_report(1, scenario=" ".join(["x" * width + " /books/new/" for width in range(1, 20)] * 4))

    lines = [
        line
        for page in pypdf.PdfReader(io.BytesIO(report_pdf(report))).pages
        for line in page.extract_text().splitlines()
    ]

    assert any("/books/new/" in line for line in lines)
    assert not any(line.strip().endswith(("/books/", " /")) for line in lines)


def test_what_was_not_asked_for_is_not_there() -> None:
    report = sample_report(12, texts=["a secret word"])

    text = " ".join(pages(report_pdf(report, Parts(people=False, words=False))))

    assert "secret" not in text
    assert "P-0" not in text
    assert "5 of 12" in text or "4 of 12" in text
    assert "Attempts that did not succeed" not in text


def test_lists_have_an_end() -> None:
    report = sample_report(400)

    text = " ".join(pages(report_pdf(report)))

    assert "213 more. The workbook and the CSV have all of them." in text
    assert "380 more. The workbook has all of them." in text


def test_the_summary_says_what_the_page_says() -> None:
    text = " ".join(summary(sample_report(12), Concluded(cost=COST)))

    assert "Pay with a voucher” stopped 8 of 12." in text
    assert "How many could do it" in text
    assert "4 of 12 likely 14 to 61 of 100" in text
    assert "about £3,400 a month" in text
    assert "Sure enough to act" in text


@pytest.mark.parametrize(
    ("people", "after"), [(1, ["sus"]), (12, ["sus", "umux_lite", "csat", "ces", "nps"]), (400, ["sus", "nps"])]
)
def test_the_summary_of_five_tasks_is_one_page_that_explains_its_words(people: int, after: list[str]) -> None:
    report = sample_report(people, after=after)

    [page] = summary(report)

    terms = cx_summary(report, NOTHING).terms
    assert len(terms) == len(after) + (2 if people > 1 else 1)
    for term in terms:
        assert f"{term.word}. {term.about}" in page
    assert ("(UMUX-Lite)" in page, "(NPS)" in page) == ("umux_lite" in after, "nps" in after)
