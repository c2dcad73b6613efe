"""The report as slides: one a task, figures of the report, notes with the method."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pptx
import pytest
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE

from tests.unit.reports.export.sample import sample_report
from usabtest.reports.export.parts import Parts
from usabtest.reports.export.pptx import HEIGHT, WIDTH, report_pptx
from usabtest.reports.figures import StudyReport
from usabtest.reports.overview import overview
from usabtest.reports.task_page import task_shown
from usabtest.reports.words import OUTCOME_NAMES

PRINTED = '=1+1 <a:t>&amp; ]]> "quoted"'
MARKUP = PRINTED + " \x00\x1b\ufffe {{x}}"


def slides(report: StudyReport, **parts: bool) -> Any:
    return list(pptx.Presentation(io.BytesIO(report_pptx(report, Parts(**parts)))).slides)


@cache
def sample_slides(people: int) -> Any:
    return slides(sample_report(people))


def texts(slide: Any) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def charts(slide: Any) -> list[Any]:
    """The pictures that say something, which swatches and axes do not."""
    return [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE and told(shape)]


def told(shape: Any) -> str | None:
    """What is read out in place of a shape."""
    found: str | None = shape._element._nvXxPr.cNvPr.get("descr")
    return found


def test_it_has_a_slide_a_task_between_a_title_and_how_sure_that_is() -> None:
    found = sample_slides(12)

    titles = [slide.shapes.title.text for slide in found]
    assert titles[0] == "Shop checkout, round 2"
    assert titles[1:3] == ["How many finished without help", "How it felt"]
    tasks = [task.title for task in sample_report(12).tasks]
    assert titles[3:-1:2] == tasks
    assert titles[4:-1:2] == [f"{task}: ways people took" for task in tasks]
    assert titles[-1] == "How sure we are"


def test_each_says_where_it_comes_from_and_its_notes_the_method() -> None:
    for slide in slides(sample_report(12, filters={"device": "phone"})):
        assert "12 people · Device: phone, All groups, All dates · usabtest" in texts(slide)
        assert "adjusted Wald" in slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("people", [12, 400])
def test_charts_are_sharp_pictures_in_their_own_proportions(people: int) -> None:
    pictures = [picture for slide in sample_slides(people) for picture in charts(slide)]

    assert {picture.image.content_type for picture in pictures} == {"image/png"}
    for picture in pictures:
        wide, high = picture.image.size
        assert wide / picture.width.inches > 200
        assert picture.width / picture.height == pytest.approx(wide / high, rel=0.01)


def test_charts_have_the_words_of_the_pages_charts() -> None:
    report = sample_report(12)
    found = sample_slides(12)
    shown = overview(report)

    assert [told(one) for one in charts(found[1])] == [
        f"{cell.figure}, {cell.beside}" for line in shown.lines for cell in (line.success, line.time)
    ]
    assert shown.sus is not None
    assert told(charts(found[2])[0]) == shown.sus.sentence
    for task, slide, ways in zip(report.tasks, found[3:-1:2], found[4:-1:2], strict=True):
        of_task = task_shown(report, task, {})
        figures = [stat.figure for stat in of_task.stats if stat.bar]
        said = [str(told(chart)) for chart in charts(slide)]
        assert [words.partition(",")[0] for words in said[:-3]] == figures
        assert said[-3:] == [of_task.outcome_sentence, of_task.times.sentence, of_task.ease_sentence]
        assert of_task.ways is not None
        assert [told(chart) for chart in charts(ways)] == [of_task.ways.sentence]


def test_what_a_chart_counts_is_text_as_well() -> None:
    report = sample_report(12)
    for task, slide in zip(report.tasks, sample_slides(12)[3:-1:2], strict=True):
        of_task = task_shown(report, task, {})
        said = texts(slide)
        for part in of_task.parts:
            assert f"{OUTCOME_NAMES[part.outcome]} {part.count}" in said
        assert " ".join(f"×{column.count}" for column in of_task.ease if column.count) in said


def test_a_chart_of_times_too_high_to_be_read_beside_others_has_a_slide_of_its_own() -> None:
    report = sample_report(400)
    own = {
        slide.shapes.title.text.partition(":")[0]: slide for slide in sample_slides(400) if "how long" in texts(slide)
    }

    assert "Pay with a voucher" in own
    for task in report.tasks:
        if task.title in own:
            sentence = task_shown(report, task, {}).times.sentence
            assert [told(chart) for chart in charts(own[task.title])] == [sentence]


@pytest.mark.parametrize("people", [0, 1, 12])
def test_each_slide_is_read_out_from_its_title_to_its_foot(people: int) -> None:
    found = slides(sample_report(people, titles=[f"Task {number}" for number in range(10)]))

    assert len({slide.shapes.title.text for slide in found}) == len(found)
    for number, slide in enumerate(found, start=1):
        first, *_, foot, last = slide.shapes
        assert first == slide.shapes.title
        assert foot.text_frame.text.startswith("Shop checkout, round 2 · 14 November 2026")
        assert last.text_frame.text == str(number)
        for shape in slide.shapes:
            said = shape.has_text_frame and shape.text_frame.text
            assert said or told(shape) or b"decorative" in etree.tostring(shape._element)


# The order of children that the schema of DrawingML wants, of what we write by hand into it.
ORDERS = {
    "spPr": ("xfrm", "prstGeom", "noFill", "solidFill", "pattFill", "ln", "effectLst"),
    "rPr": ("solidFill", "highlight", "latin"),
    "ln": ("noFill", "solidFill", "prstDash"),
}


@pytest.mark.parametrize("people", [1, 12, 400])
def test_what_office_programs_are_strict_about(people: int) -> None:
    for slide in slides(sample_report(people, titles=["Pay", "שלם"])):
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids))
        for element in slide._element.iter():
            order = ORDERS.get(etree.QName(element).localname)
            if order is not None:
                children = [order.index(etree.QName(child).localname) for child in element]
                assert children == sorted(children)


@pytest.mark.parametrize(("people", "tasks"), [(0, 10), (1, 2), (12, 10), (400, 2)])
def test_everything_stays_on_the_slide(people: int, tasks: int) -> None:
    for slide in slides(sample_report(people, titles=["A title of many words " * 4] * tasks)):
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= pptx.util.Inches(WIDTH) + 1
            assert shape.top + shape.height <= pptx.util.Inches(HEIGHT) + 1


def test_whatever_a_text_says_it_stays_a_text() -> None:
    found = slides(sample_report(3, title=PRINTED, titles=[PRINTED], texts=[MARKUP], code="=P"))

    assert found[0].shapes.title.text == PRINTED
    for slide in found:
        assert not slide.part.rels or all(not rel.is_external for rel in slide.part.rels.values())


def test_what_was_not_asked_for_is_not_there() -> None:
    found = slides(sample_report(12, texts=["a secret word"]), tasks=False, people=False, words=False)

    assert [slide.shapes.title.text for slide in found][1:] == [
        "How many finished without help",
        "How it felt",
        "How sure we are",
    ]
    assert not any("secret" in texts(slide) + slide.notes_slide.notes_text_frame.text for slide in found)
