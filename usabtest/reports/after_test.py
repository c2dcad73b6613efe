"""The standard questionnaires after the test."""

from __future__ import annotations

import numpy as np

from usabtest import metrics
from usabtest.instruments.catalogue import INSTRUMENTS
from usabtest.measurement.packed import Floats, Ints
from usabtest.reports.answers import Answered
from usabtest.reports.figures import CesFigures, CsatFigures, NpsFigures, ShareFigures, SusFigures, UmuxLiteFigures
from usabtest.reports.why import limits, why


def sus_figures(answers: Answered, confidence: float) -> SusFigures:
    _, scores = _scores("sus", answers)
    sus = metrics.sus_summary(scores, confidence=confidence)
    ci = limits(sus.interval)
    return SusFigures(
        n=sus.n,
        mean=sus.value,
        sd=sus.sd,
        ci=ci,
        median=sus.median,
        scores=tuple(sus.scores),
        grade=sus.grade,
        grade_ci=sus.grade_interval,
        percentile=sus.percentile,
        adjective=sus.adjective,
        acceptability=sus.acceptability,
        scales=sus.scales,
        reasons=why(
            mean=(sus.value, sus.reason),
            sd=(sus.sd, sus.reason),
            ci=(ci, sus.reason),
            median=(sus.median, sus.reason),
            grade=(sus.grade, sus.reason),
            grade_ci=(sus.grade_interval, sus.reason),
            percentile=(sus.percentile, sus.reason),
            adjective=(sus.adjective, sus.reason),
            acceptability=(sus.acceptability, sus.reason),
        ),
    )


def nps_figures(answers: Answered, confidence: float) -> NpsFigures:
    nps = metrics.nps(_ratings("nps", answers), confidence=confidence)
    ci = limits(nps.interval)
    return NpsFigures(
        n=nps.n,
        score=nps.value,
        ci=ci,
        promoters=nps.promoters,
        passives=nps.passives,
        detractors=nps.detractors,
        reasons=why(score=(nps.value, nps.reason), ci=(ci, nps.reason)),
    )


def csat_figures(answers: Answered, confidence: float) -> CsatFigures:
    csat = metrics.csat(_ratings("csat", answers), confidence=confidence)
    ci = limits(csat.interval)
    return CsatFigures(
        n=csat.n,
        satisfied=csat.count,
        rate=csat.value,
        ci=ci,
        reasons=why(rate=(csat.value, csat.reason), ci=(ci, csat.reason)),
    )


def ces_figures(answers: Answered, confidence: float) -> CesFigures:
    ces = metrics.ces(_ratings("ces", answers), confidence=confidence)
    ci, agreement_ci = limits(ces.score.interval), limits(ces.agreement.interval)
    return CesFigures(
        n=ces.score.n,
        mean=ces.score.value,
        ci=ci,
        agreement=ShareFigures(
            count=ces.agreement.count,
            n=ces.agreement.n,
            rate=ces.agreement.value,
            ci=agreement_ci,
            reasons=why(rate=(ces.agreement.value, ces.agreement.reason), ci=(agreement_ci, ces.agreement.reason)),
        ),
        reasons=why(mean=(ces.score.value, ces.score.reason), ci=(ci, ces.score.reason)),
    )


def umux_lite_figures(answers: Answered, confidence: float) -> UmuxLiteFigures:
    _, scores = _scores("umux_lite", answers)
    summary = metrics.umux_lite_summary(scores, confidence=confidence)
    ci = limits(summary.score.interval)
    estimate = summary.sus_estimate
    return UmuxLiteFigures(
        n=summary.score.n,
        mean=summary.score.value,
        ci=ci,
        sus_estimate=estimate,
        reasons=why(
            mean=(summary.score.value, summary.score.reason),
            ci=(ci, summary.score.reason),
            sus_estimate=(estimate, summary.score.reason),
        ),
    )


def scores_of_people(answers: Answered, key: str) -> dict[int, float]:
    """What a questionnaire comes to for each who answered it; who left too much of it empty is left out."""
    people, scores = _scores(key, answers)
    there = ~np.isnan(scores)
    return dict(zip(people[there].tolist(), scores[there].tolist(), strict=True))


def _scores(key: str, answers: Answered) -> tuple[Ints, Floats]:
    """Who filled a questionnaire, by id, and what it comes to for each; NaN where too much of it was left empty."""
    people, forms = answers.forms(INSTRUMENTS[key].items)
    match key:
        case "sus":
            return people, metrics.sus_scores(forms)
        case "umux_lite":
            different, which = np.unique(forms, axis=0, return_inverse=True)
            scores = [metrics.umux_lite_score(*form).value for form in different.tolist()]
            return people, np.array(scores, np.float64)[which]
        case _:
            return people, forms[:, 0]


def _ratings(key: str, answers: Answered) -> Floats:
    return answers.points(INSTRUMENTS[key].items[0])
