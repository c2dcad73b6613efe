"""The change of one measure between two sides: which test is the right one, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

from usabtest import metrics
from usabtest.metrics import MeanComparison
from usabtest.reports.comparison.measures import KINDS, Measure, Unit
from usabtest.reports.comparison.people import Values
from usabtest.reports.comparison.values import Change, Effect, Evidence
from usabtest.reports.comparison.verdict import Verdict
from usabtest.reports.figures import Limits
from usabtest.reports.why import limits

SATISFIED_FROM = 4
_PROMOTER_FROM, _DETRACTOR_TO = 9, 6


def change_between(measure: Measure, before: Values, after: Values, confidence: float) -> Change:
    """The change from one side to the other: paired if they are the same people, else of two groups.

    The values are those of everybody who took part, None where there is none; the verdict comes later, when all
    tests of the comparison are known.
    """
    return _CHANGES.get(measure, _means)(measure, before, after, confidence)


def as_shares(values: Values) -> dict[Hashable, bool | None]:
    return {person: None if value is None else bool(value) for person, value in values.items()}


def satisfied(values: Values) -> dict[Hashable, float | None]:
    """Answers of CSAT as one of the two best points (1), or not (0)."""
    return {person: None if value is None else float(value >= SATISFIED_FROM) for person, value in values.items()}


def net_points(values: Values) -> dict[Hashable, float | None]:
    """Likelihood to recommend as what it adds to the net score: 100, 0 or -100."""
    return {person: None if value is None else _net(value) for person, value in values.items()}


def _net(value: float) -> float:
    return 100.0 if value >= _PROMOTER_FROM else -100.0 if value <= _DETRACTOR_TO else 0.0


def _rates(measure: Measure, before: Values, after: Values, confidence: float) -> Change:
    if measure is Measure.CSAT:
        before, after = satisfied(before), satisfied(after)
    compared = metrics.compare_rates(as_shares(after), as_shares(before), confidence=confidence)
    paired = compared.design == "within"
    return Change(
        value=compared.difference.value,
        ci=limits(compared.difference.interval),
        test=Evidence(method=compared.test.method, statistic=compared.test.statistic, df=None, p=compared.test.p_value),
        effects=() if compared.cohen_h is None else (Effect(name="Cohen’s h", value=compared.cohen_h),),
        pairs_lost=compared.left_out if paired else 0,
        verdict=Verdict.UNTESTED,
        reason=compared.difference.reason or compared.test.reason,
    )


def _means(measure: Measure, before: Values, after: Values, confidence: float) -> Change:
    log = KINDS[measure].unit is Unit.RATIO
    compared = metrics.compare_values(after, before, scale="log" if log else "raw", confidence=confidence)
    return _mean_change(measure, compared, _effects(compared, before, after))


def _net_scores(measure: Measure, before: Values, after: Values, confidence: float) -> Change:
    if before.keys() == after.keys():
        compared = metrics.compare_values(net_points(after), net_points(before), confidence=confidence)
        return _mean_change(measure, compared, ())
    groups = (metrics.nps([value for value in side.values() if value is not None]) for side in (after, before))
    return _mean_change(measure, metrics.compare_nps(*groups, confidence=confidence), ())


def _mean_change(measure: Measure, compared: MeanComparison, effects: tuple[Effect, ...]) -> Change:
    method = f"{compared.method}_log" if compared.scale == "log" else compared.method
    return Change(
        value=compared.value,
        ci=_within(limits(compared.interval), KINDS[measure].widest),
        test=Evidence(method=method, statistic=compared.t, df=compared.df, p=compared.p_value),
        effects=effects,
        pairs_lost=compared.left_out if compared.design == "within" else 0,
        verdict=Verdict.UNTESTED,
        reason=compared.reason,
    )


def _effects(compared: MeanComparison, before: Values, after: Values) -> tuple[Effect, ...]:
    if compared.effect_size is None:
        return ()
    on = " of logarithms" if compared.scale == "log" else ""
    if compared.effect_sd == "differences":
        return (Effect(name=f"Cohen’s d{on}, in standard deviations of the differences", value=compared.effect_size),)
    effects = (Effect(name=f"Cohen’s d{on}", value=compared.effect_size),)
    if compared.scale == "log":
        return effects
    g = metrics.cohen_d(list(after.values()), list(before.values())).g
    return effects if g is None else (*effects, Effect(name="Hedges’ g", value=g))


def _within(ci: Limits, widest: float) -> Limits:
    return None if ci is None else (max(-widest, ci[0]), min(widest, ci[1]))


_CHANGES: Mapping[Measure, Callable[[Measure, Values, Values, float], Change]] = {
    Measure.SUCCESS: _rates,
    Measure.ERRORS: _rates,
    Measure.FIRST_CLICK: _rates,
    Measure.ABANDONMENT: _rates,
    Measure.CSAT: _rates,
    Measure.NPS: _net_scores,
}
