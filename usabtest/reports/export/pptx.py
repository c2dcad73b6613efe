"""The report as slides: a title, how many could, one a task and one of the ways through it, and how sure that is.

Charts are pictures, the same as on pages and in the PDF; their numbers are texts that can be edited. What a speaker
needs to know of the method stands in the notes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import partial

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide
from pptx.util import Inches

from usabtest.flow.markdown import to_text
from usabtest.reports import charts
from usabtest.reports.cx.sure import not_sure_yet, sure_enough
from usabtest.reports.direction import isolated
from usabtest.reports.export import drawings
from usabtest.reports.export.imprint import Imprint, imprint
from usabtest.reports.export.parts import EVERYTHING, Parts
from usabtest.reports.export.pieces import PERCENTS
from usabtest.reports.export.slides import Area, draw, fill_text, rule, write, write_both, write_list
from usabtest.reports.export.texts import seen, shortened
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.reports.overview import Overview, TaskLine, overview
from usabtest.reports.task_page import TaskShown, task_shown
from usabtest.reports.task_ways import WaysShown
from usabtest.reports.words import OUTCOME_NAMES, errors_sentence, plural

WIDTH, HEIGHT = 13.333, 7.5
_LEFT, _WIDE = 0.7, WIDTH - 1.4
_TITLE_ONLY = 5
_LINES_A_SLIDE = 8
_LINE = 0.58
_LETTERS_A_LINE = 50
_PLACES_AT_MOST = 3
# A task's slide has three columns below its sentence: figures; how attempts ended and how long they took; how it felt
# and where it went wrong.
_TOP = 1.9
_FIGURE = 1.27
_MIDDLE, _MIDDLE_WIDE, _MIDDLE_LOWER = 4.1, 5.2, 3.45
_RIGHT, _RIGHT_WIDE, _RIGHT_LOWER = 9.75, 2.88, 4.85
_LEGENDS_A_ROW = 4
# A higher chart of times would be shown with words too small to be read from afar, and has a slide of its own.
_TIMES_AT_MOST_PX = 280


def report_pptx(report: StudyReport, parts: Parts = EVERYTHING) -> bytes:
    """Write the report as slides."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(WIDTH), Inches(HEIGHT)
    made = imprint(report, parts)
    properties = slides.core_properties
    properties.title, properties.author = seen(shortened(report.study.title, 200)), "usabtest"
    properties.comments = seen(shortened(made.line, 200))
    properties.language = "en"
    properties.created = properties.modified = report.generated_at.replace(tzinfo=None)

    shown = overview(report)
    _title(slides, report, shown, made)
    if parts.overview and not shown.empty:
        pages = list(_by(_LINES_A_SLIDE, shown.lines))
        for number, lines in enumerate(pages, start=1):
            part = f", {number} of {len(pages)}" if len(pages) > 1 else ""
            _could(slides, f"How many finished without help{part}", lines, shown, made)
        _felt(slides, shown, made)
    if parts.tasks:
        for task in report.tasks:
            if task.attempts:
                shown_task = task_shown(report, task, {})
                _task(slides, shown_task, made)
                if _crowded(shown_task):
                    _times(slides, shown_task, made)
                if shown_task.ways is not None:
                    _ways(slides, shown_task, shown_task.ways, made)
    _closing(slides, report, made)
    for number, slide in enumerate(slides.slides, start=1):
        _foot(slide, number, made)
    file = io.BytesIO()
    slides.save(file)
    return file.getvalue()


def _title(slides: Slides, report: StudyReport, shown: Overview, made: Imprint) -> None:
    slide = _slide(slides, report.study.title, top=1.6, size=40)
    write(slide, Area(_LEFT, 1.2, _WIDE), "Usability report", size=14, colour="ink-3")
    write(slide, Area(_LEFT, 3.2, _WIDE), f"{made.people} · {made.filters} · {made.day}", size=14, colour="ink-2")
    write(slide, Area(_LEFT, 4.0, _WIDE - 1, 1.6), shown.lead, size=24, serif=True)
    _say(slide, "Who took part", *(f"{fact.figure} {fact.words}" for fact in shown.facts), made.method, made.left_out)


def _could(slides: Slides, title: str, lines: Sequence[TaskLine], shown: Overview, made: Imprint) -> None:
    slide = _slide(slides, title)
    success, times = Area(6.0, 1.98, 2.6), Area(10.1, 1.98, WIDTH - _LEFT - 10.1)
    for words, left in (("Task", _LEFT), ("Finished without help", 4.5), ("Time, those who finished", 8.8)):
        write(slide, Area(left, 1.55, 3.5), words, size=11, colour="ink-3")
    rule(slide, Area(_LEFT, 1.85, _WIDE), "line-strong")
    for place, line in enumerate(lines):
        down = _LINE * place
        top = success.top + down
        size = 13 if len(line.title) <= _LETTERS_A_LINE else 10
        write(slide, Area(_LEFT, top, 3.6, 0.5), shortened(line.title, 90), size=size, bold=True)
        for cell, left in ((line.success, 4.5), (line.time, 8.8)):
            write(slide, Area(left, top, 1.4), cell.figure, size=14, bold=True)
            write(slide, Area(left, top + 0.25, 1.4), cell.beside, size=9, colour="ink-3")
        if line.success_bar is not None:
            said = f"{line.success.figure}, {line.success.beside}"
            draw(slide, success.lower(down), partial(drawings.rate_bar, line.success_bar, words=said))
        if line.times is not None:
            said = f"{line.time.figure}, {line.time.beside}"
            draw(slide, times.lower(down), partial(drawings.times, line.times, words=said))
    down = _LINE * len(lines)
    draw(slide, success.lower(down), partial(drawings.axis, PERCENTS))
    draw(slide, times.lower(down), partial(drawings.axis, shown.time_ticks))
    _say(
        slide,
        "Dot: what we saw. Bar: where the true value likely lies. Dotted line: 78 %, a common average for tasks."
        + (f" Thick mark: {shown.centre}." if shown.centre else ""),
        *(
            f"{isolated(line.title)}: {line.success.figure}, {line.success.beside}; time {line.time.figure}"
            for line in lines
        ),
        made.method,
    )


def _felt(slides: Slides, shown: Overview, made: Imprint) -> None:
    """What was asked after the test: SUS on its scale, the others each as a figure."""
    recommend = [] if shown.nps is None else [("Likelihood to recommend", shown.nps, shown.nps_bar)]
    others = [*recommend, *shown.others]
    if shown.sus is None and not others:
        return
    slide = _slide(slides, "How it felt")
    if shown.sus is not None:
        write(slide, Area(_LEFT, 1.4, 4.6), f"System Usability Scale, {shown.sus.answers}", size=13, bold=True)
        write(slide, Area(_LEFT, 1.7, 1.4, 0.5), shown.sus.figure, size=28, serif=True)
        write(slide, Area(_LEFT + 1.3, 1.92, 4), shown.sus.beside, size=12, colour="ink-3")
        write(slide, Area(5.5, 1.45, WIDTH - _LEFT - 5.5, 0.75), shown.sus.sentence, size=13)
    if shown.sus is not None and shown.sus_scale is not None:
        scale = partial(drawings.sus_scale, shown.sus_scale, words=shown.sus.sentence)
        draw(slide, Area(_LEFT, 2.35, _WIDE, 2.25), scale)
    wide = _WIDE / max(4, len(others))
    for place, (heading, score, bar) in enumerate(others):
        area = Area(_LEFT + place * wide, 4.75, wide - 0.3)
        said = f"{score.answers}: {score.beside}" if score.beside else score.answers
        _figure(slide, area, heading, score.figure, said, bar)
        write(slide, area.lower(1.27), score.sentence, size=10, colour="ink-2")
    _say(
        slide,
        *([] if shown.sus is None else [f"SUS: {shown.sus.figure}, {shown.sus.beside}. {shown.sus.sentence}"]),
        *(f"{heading}: {score.figure}, {score.beside}. {score.sentence}" for heading, score, _ in others),
        made.method,
    )


def _figure(slide: Slide, area: Area, label: str, figure: str, words: str, bar: charts.Bar | None) -> None:
    """A figure with its doubt, and below it the bar that shows both."""
    write(slide, area, label, size=11, colour="ink-2")
    write(slide, area.lower(0.19), figure, size=24, serif=True)
    if bar is not None:
        draw(slide, area.lower(0.58), partial(drawings.rate_bar, bar, words=f"{figure}, {words}"))
    write(slide, area.lower(0.9), words, size=10, colour="ink-3")


def _task(slides: Slides, shown: TaskShown, made: Imprint) -> None:
    slide = _slide(slides, shown.task.title)
    write(slide, Area(_LEFT, 1.3, _WIDE, 0.6), shown.lead, size=18, serif=True)
    for place, stat in enumerate(shown.stats):
        n = "" if " of " in stat.figure else f"{stat.n} {stat.of}: "
        area = Area(_LEFT, _TOP + place * _FIGURE, 3.0)
        _figure(slide, area, stat.label, stat.figure, f"{n}{stat.words}", stat.bar)
    _ended(slide, shown)
    times = Area(_MIDDLE, _MIDDLE_LOWER + 0.3, _MIDDLE_WIDE, 3.2)
    write(slide, Area(_MIDDLE, _MIDDLE_LOWER, _MIDDLE_WIDE), "How long it took", size=13, bold=True)
    if shown.times.chart is None or _crowded(shown):
        write(slide, times, shown.times.sentence, size=14, colour="ink-2")
    else:
        draw(slide, times, partial(drawings.time_chart, shown.times.chart, words=shown.times.sentence))
    if shown.ease:
        _ease(slide, shown)
    _wrong(slide, shown)
    _say(slide, *_notes(shown, made))


def _ended(slide: Slide, shown: TaskShown) -> None:
    """How the attempts ended, as one bar, and what its patterns mean."""
    write(slide, Area(_MIDDLE, _TOP, _MIDDLE_WIDE), "How the attempts ended", size=13, bold=True)
    bar = partial(drawings.outcome_bar, shown.parts, words=shown.outcome_sentence)
    draw(slide, Area(_MIDDLE, _TOP + 0.3, _MIDDLE_WIDE, 0.5), bar)
    for place, part in enumerate(shown.parts):
        row, column = divmod(place, _LEGENDS_A_ROW)
        area = Area(_MIDDLE + column * _MIDDLE_WIDE / _LEGENDS_A_ROW, _TOP + 0.88 + 0.25 * row, 0.22, 0.22)
        draw(slide, area, partial(_swatch, part.outcome))
        words = Area(area.left + 0.26, area.top, _MIDDLE_WIDE / _LEGENDS_A_ROW - 0.26, 0.22)
        write(slide, words, f"{OUTCOME_NAMES[part.outcome]} {part.count}", size=10, colour="ink-2")


def _swatch(outcome: str, _width_px: int) -> drawings.Drawing:
    """The pattern has the same size wherever it stands."""
    return drawings.swatch(outcome)


def _ease(slide: Slide, shown: TaskShown) -> None:
    """How many gave each point of the scale: blocks, and the numbers below them."""
    area = Area(_RIGHT, _TOP + 0.3, _RIGHT_WIDE, 2.2)
    write(slide, Area(_RIGHT, _TOP, _RIGHT_WIDE), "Felt easy? 1 to 7", size=13, bold=True)
    end = draw(slide, area, partial(drawings.blocks, shown.ease, words=shown.ease_sentence))
    each = area.width / len(shown.ease)
    for place, column in enumerate(shown.ease):
        if column.count:
            below = Area(area.left + place * each, end, each, 0.2)
            write(slide, below, f"×{column.count}", size=10, align=PP_ALIGN.CENTER)


def _wrong(slide: Slide, shown: TaskShown) -> None:
    write(slide, Area(_RIGHT, _RIGHT_LOWER, _RIGHT_WIDE), "Where it went wrong", size=13, bold=True)
    places = shown.errors.places
    area = Area(_RIGHT, _RIGHT_LOWER + 0.32, _RIGHT_WIDE, 0.55)
    if not places:
        write(slide, area, errors_sentence(shown.task), size=11, colour="ink-2")
    for place, one in enumerate(places[:_PLACES_AT_MOST]):
        top = area.top + 0.58 * place
        kinds = shortened(f"{one.kinds_in_words}; {one.page}", 60)
        write_both(slide, Area(area.left, top, area.width - 0.5, area.height), shortened(one.what, 30), kinds)
        count = Area(area.left + area.width - 0.45, top, 0.45)
        write(slide, count, str(one.count), size=12, bold=True, align=PP_ALIGN.RIGHT)


def _crowded(shown: TaskShown) -> bool:
    return shown.times.chart is not None and shown.times.chart.height_px > _TIMES_AT_MOST_PX


def _times(slides: Slides, shown: TaskShown, made: Imprint) -> None:
    slide = _slide(slides, f"{isolated(shown.task.title)}: how long it took")
    write(slide, Area(_LEFT, 1.3, _WIDE, 0.4), shown.times.note, size=11, colour="ink-2")
    if shown.times.chart is not None:
        chart = partial(drawings.time_chart, shown.times.chart, words=shown.times.sentence)
        draw(slide, Area(_LEFT, 1.7, _WIDE, 4.6), chart)
    write(slide, Area(_LEFT, 6.45, _WIDE, 0.5), shown.times.sentence, size=13)
    _say(slide, shown.times.sentence, shown.times.note, f"Method: {plural(shown.task.n, 'attempt')}. {made.method}.")


def _ways(slides: Slides, shown: TaskShown, ways: WaysShown, made: Imprint) -> None:
    slide = _slide(slides, f"{isolated(shown.task.title)}: ways people took")
    write(slide, Area(_LEFT, 1.3, _WIDE, 0.4), ways.note, size=11, colour="ink-2")
    end = draw(slide, Area(_LEFT, 1.8, _WIDE, 4.3), partial(drawings.ways, ways, words=ways.sentence))
    write(slide, Area(_LEFT, end + 0.2, _WIDE, 0.6), ways.sentence, size=13)
    _say(slide, ways.sentence, ways.note, f"Method: {plural(shown.task.n, 'attempt')}. {made.method}.")


def _notes(shown: TaskShown, made: Imprint) -> Iterator[str]:
    task: TaskReport = shown.task
    yield f"{shown.place}. {shown.ends}"
    yield f"The scenario: {isolated(shortened(to_text(task.task.scenario)))}"
    yield str(shown.lead)
    yield shown.outcome_sentence
    yield shown.times.sentence
    yield shown.errors_sentence
    yield shown.ease_sentence
    yield f"Method: {plural(task.n, 'attempt')}, all but those skipped or not recorded. {made.method}."


def _closing(slides: Slides, report: StudyReport, made: Imprint) -> None:
    slide = _slide(slides, "How sure we are")
    sure = sure_enough(report.tasks)
    unsure = not_sure_yet(report.tasks, (), report.sus, report.completeness)
    for heading, texts, left in (("Sure enough to act", sure, _LEFT), ("Not sure yet", unsure, 7.0)):
        if texts:
            write(slide, Area(left, 1.7, 5.5), heading, size=16, bold=True)
            write_list(slide, Area(left, 2.15, 5.5, 2.8), [shortened(text, 200) for text in texts])
    rule(slide, Area(_LEFT, 5.1, _WIDE))
    for place, (name, text) in enumerate(list(made.rows.items())[1:7]):
        left, top = (_LEFT, 7.0)[place % 2], 5.25 + 0.45 * (place // 2)
        write(slide, Area(left, top, 1.3), name, size=10, colour="ink-3")
        write(slide, Area(left + 1.3, top, 4.4, 0.45), shortened(text, 160), size=10)
    _say(slide, *(f"{name}: {text}" for name, text in made.rows.items()))


def _slide(slides: Slides, title: str, *, top: float = 0.4, size: float = 30) -> Slide:
    """A slide with its title, which is the first that is read out."""
    slide: Slide = slides.slides.add_slide(slides.slide_layouts[_TITLE_ONLY])
    holder = slide.shapes.title
    if holder is None:
        raise ValueError("the layout of a slide has no title")
    long = len(title) > 45
    holder.left, holder.top, holder.width, holder.height = map(Inches, (_LEFT, top, _WIDE, 1.5 if top > 1 else 0.85))
    fill_text(holder.text_frame, shortened(title, 120), size=size * (0.7 if long else 1), serif=True)
    return slide


def _foot(slide: Slide, number: int, made: Imprint) -> None:
    """Where a slide comes from, and which it is: the last that is read out."""
    rule(slide, Area(_LEFT, 7.02, _WIDE))
    write(
        slide,
        Area(_LEFT, 7.08, _WIDE - 1),
        shortened(f"{isolated(shortened(made.study, 100))} · {made.day} · {made.line}", 200),
        size=8,
        colour="ink-3",
    )
    write(slide, Area(WIDTH - 1.7, 7.08, 1), str(number), size=8, colour="ink-3", align=PP_ALIGN.RIGHT)


def _say(slide: Slide, *texts: str) -> None:
    """Write the speaker's notes, a line each."""
    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        raise ValueError("the notes of a slide have no place for text")
    frame.text = "\n".join(seen(text).replace("\n", " ") for text in texts if text)


def _by(count: int, lines: Sequence[TaskLine]) -> Iterator[Sequence[TaskLine]]:
    return (lines[start : start + count] for start in range(0, len(lines), count))
