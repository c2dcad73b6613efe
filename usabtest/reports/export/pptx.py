"""The report as slides: a title, how many could, one a task and one of the ways through it, and how sure that is.

Charts are shapes that can be edited, but the ways are a picture; what a speaker needs to know of the method stands in
the notes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide
from pptx.util import Inches

from usabtest.flow.markdown import to_text
from usabtest.reports.cx.sure import not_sure_yet, sure_enough
from usabtest.reports.direction import isolated
from usabtest.reports.export import drawings
from usabtest.reports.export.imprint import Imprint, imprint
from usabtest.reports.export.parts import EVERYTHING, Parts
from usabtest.reports.export.slide_charts import draw_bar, draw_columns, draw_legend, draw_outcomes, draw_times
from usabtest.reports.export.slides import Area, draw_picture, fill_text, rule, write, write_both, write_list
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
_PLACES_AT_MOST = 3
# Where the lower half of a task's slide begins.
_LOWER = 4.6
# So wide its words are as large as those beside it.
_WAYS_PX = 860


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
            _could(slides, f"How many finished without help{part}", lines, made)
    if parts.tasks:
        for task in report.tasks:
            if task.attempts:
                shown_task = task_shown(report, task, {})
                _task(slides, shown_task, made)
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


def _could(slides: Slides, title: str, lines: Sequence[TaskLine], made: Imprint) -> None:
    slide = _slide(slides, title)
    head = Area(_LEFT, 1.55, 4)
    for words, left in (("Task", _LEFT), ("Finished without help, 0 to 100 %", 5.2), ("Typical time", 10.9)):
        write(slide, Area(left, head.top, min(5, WIDTH - left)), words, size=11, colour="ink-3")
    rule(slide, Area(_LEFT, 1.85, _WIDE), "line-strong")
    for place, line in enumerate(lines):
        top = 1.98 + 0.6 * place
        write(slide, Area(_LEFT, top, 4.3, 0.5), shortened(line.title, 90), size=13, bold=True)
        write(slide, Area(5.2, top, 1.4), line.success.figure, size=14, bold=True)
        write(slide, Area(5.2, top + 0.25, 1.7), line.success.beside, size=9, colour="ink-3")
        if line.success_bar is not None:
            said = f"{line.success.figure}, {line.success.beside}"
            draw_bar(slide, Area(7.0, top + 0.03, 3.5), line.success_bar, said)
        write(slide, Area(10.9, top, 1.7), line.time.figure, size=14, bold=True)
        write(slide, Area(10.9, top + 0.25, 1.8), line.time.beside, size=9, colour="ink-3")
    _say(
        slide,
        "Dot: what we saw. Bar: where the true value likely lies. Dotted line: 78 %, a common average for tasks.",
        *(
            f"{isolated(line.title)}: {line.success.figure}, {line.success.beside}; time {line.time.figure}"
            for line in lines
        ),
        made.method,
    )


def _task(slides: Slides, shown: TaskShown, made: Imprint) -> None:
    task = shown.task
    slide = _slide(slides, task.title)
    write(slide, Area(_LEFT, 1.3, _WIDE, 0.6), shown.lead, size=18, serif=True)
    stat_width = _WIDE / 4
    for place, stat in enumerate(shown.stats):
        left = _LEFT + place * stat_width
        write(slide, Area(left, 1.95, stat_width - 0.2), stat.label, size=11, colour="ink-2")
        write(slide, Area(left, 2.18, stat_width - 0.2, 0.5), stat.figure, size=24, serif=True)
        n = "" if " of " in stat.figure else f"{stat.n} {stat.of}: "
        write(slide, Area(left, 2.99, stat_width - 0.2), f"{n}{stat.words}", size=10, colour="ink-3")
        if stat.bar is not None:
            draw_bar(slide, Area(left + 0.1, 2.69, stat_width - 0.6, 0.26), stat.bar, f"{stat.figure}, {stat.words}")
    write(slide, Area(_LEFT, 3.4, 6), "How the attempts ended", size=13, bold=True)
    draw_outcomes(slide, Area(_LEFT, 3.7, _WIDE, 0.4), shown.parts, shown.outcome_sentence)
    entries = tuple((part.outcome, f"{OUTCOME_NAMES[part.outcome]} {part.count}") for part in shown.parts)
    draw_legend(slide, Area(_LEFT, 4.15, min(_WIDE, 1.5 * len(entries))), entries)
    if shown.times.chart is not None:
        write(slide, Area(_LEFT, _LOWER, 6), "How long it took", size=13, bold=True)
        draw_times(slide, Area(_LEFT + 0.3, _LOWER + 0.35, 5.6, 1.95), shown.times.chart, shown.times.sentence)
    if shown.ease:
        write(slide, Area(7.1, _LOWER, 2.4), "Felt easy? 1 to 7", size=13, bold=True)
        draw_columns(slide, Area(7.1, _LOWER + 0.35, 2.4, 1.95), shown.ease, shown.ease_sentence)
    _wrong(slide, shown)
    _say(slide, *_notes(shown, made))


def _wrong(slide: Slide, shown: TaskShown) -> None:
    write(slide, Area(9.9, _LOWER, 2.8), "Where it went wrong", size=13, bold=True)
    places = shown.errors.places
    if not places:
        write(slide, Area(9.9, _LOWER + 0.35, 2.8, 1), errors_sentence(shown.task), size=11, colour="ink-2")
    for place, one in enumerate(places[:_PLACES_AT_MOST]):
        top = _LOWER + 0.35 + 0.65 * place
        kinds = shortened(f"{one.kinds_in_words}; {one.page}", 60)
        write_both(slide, Area(9.9, top, 2.3, 0.6), shortened(one.what, 30), kinds)
        write(slide, Area(12.2, top, 0.43), str(one.count), size=12, bold=True, align=PP_ALIGN.RIGHT)


def _ways(slides: Slides, shown: TaskShown, ways: WaysShown, made: Imprint) -> None:
    slide = _slide(slides, f"{isolated(shown.task.title)}: ways people took")
    write(slide, Area(_LEFT, 1.3, _WIDE, 0.4), ways.note, size=11, colour="ink-2")
    end = draw_picture(slide, Area(_LEFT, 1.8, _WIDE, 4.3), drawings.ways(ways, _WAYS_PX, ways.sentence))
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
