"""What a moderator sets as benchmarks: a value for each measure that the study asks, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from usabtest.conclusions.benchmarks import OFFERED_SUCCESS, OFFERED_SUS, Benchmarks
from usabtest.studies.models import Study
from usabtest.studyfile.types import StudySpec
from usabtest.web.forms import Form

_TIME = "time-"
_LONGEST_S = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkField:
    """One value: between which limits, in which unit, and how many of that unit make one as it is kept."""

    name: str
    label: str
    unit: str
    low: float
    high: float
    hint: str = ""
    scale: float = 1


@dataclass(frozen=True, slots=True)
class BenchmarksPage:
    """The page on which benchmarks are set."""

    study: Study
    fields: tuple[BenchmarkField, ...]
    times: tuple[BenchmarkField, ...]
    form: Form


def benchmarks_page(study: Study, form: Form) -> BenchmarksPage:
    return BenchmarksPage(study, tuple(_measures(study.spec)), tuple(_times(study.spec)), form)


def benchmarks_form(spec: StudySpec, benchmarks: Benchmarks) -> Form:
    """The form as it is first shown: with the values in force."""
    values = {one.name: _written(getattr(benchmarks, one.name), one) for one in _measures(spec)}
    times = {one.name: _written(benchmarks.times_s.get(one.name.removeprefix(_TIME)), one) for one in _times(spec)}
    return Form({**values, **times})


def read_benchmarks(sent: Mapping[str, str], spec: StudySpec) -> tuple[Form, Benchmarks]:
    """Read what was sent; an empty field asks nothing. The benchmarks hold what could be read."""
    fields = (*_measures(spec), *_times(spec))
    form = Form({one.name: sent.get(one.name, "").strip() for one in fields})
    found: dict[str, float | None] = {}
    for one in fields:
        text = form.values[one.name]
        value = _number(text)
        if text and (value is None or not one.low <= value <= one.high):
            form.errors[one.name] = f"{one.label}: a number from {one.low:g} to {one.high:g} belongs here, or nothing."
        found[one.name] = None if value is None else value / one.scale
    times = {name.removeprefix(_TIME): value for name, value in found.items() if name.startswith(_TIME)}
    asked_none: dict[str, float | None] = {"success": None, "sus": None}
    measures = {name: value for name, value in found.items() if not name.startswith(_TIME)}
    return form, Benchmarks(
        **{**asked_none, **measures}, times_s={key: value for key, value in times.items() if value is not None}
    )


def _measures(spec: StudySpec) -> Iterator[BenchmarkField]:
    yield BenchmarkField(
        name="success",
        label="Finished without help",
        unit="% of people, for each task",
        low=0,
        high=100,
        scale=100,
        hint=f"{OFFERED_SUCCESS * 100:g} % is a common average over many tasks and products: a loose yardstick.",
    )
    if any("seq" in task.questions for task in spec.tasks):
        yield BenchmarkField(
            name="seq", label="Felt easy", unit="of 7, for each task", low=1, high=7, hint="An average task gets 5.5."
        )
    for field in _SCORES:
        if field.name in spec.after:
            yield field


_SCORES = (
    BenchmarkField(
        name="sus",
        label="How usable it felt (SUS)",
        unit="of 100",
        low=0,
        high=100,
        hint=f"{OFFERED_SUS:g} is the average of products.",
    ),
    BenchmarkField(name="umux_lite", label="UMUX-Lite", unit="of 100", low=0, high=100),
    BenchmarkField(name="nps", label="Would recommend", unit="from −100 to +100", low=-100, high=100),
    BenchmarkField(name="csat", label="Satisfied", unit="% of people", low=0, high=100, scale=100),
    BenchmarkField(name="ces", label="Made it easy", unit="of 7", low=1, high=7),
)


def _times(spec: StudySpec) -> Iterator[BenchmarkField]:
    for task in spec.tasks:
        yield BenchmarkField(name=f"{_TIME}{task.key}", label=task.title, unit="seconds", low=0.1, high=_LONGEST_S)


def _written(value: float | None, field: BenchmarkField) -> str:
    return "" if value is None else f"{value * field.scale:g}"


def _number(text: str) -> float | None:
    """Read a number as people type it, a minus as they see it.

    >>> _number("7.5"), _number("−20"), _number("1,5"), _number("many"), _number("nan")
    (7.5, -20.0, 1.5, None, None)
    """
    try:
        value = float(text.replace("−", "-").replace(",", "."))
    except ValueError:
        return None
    return value if isfinite(value) else None
