"""Scores of the standard questionnaires: SUS with its interpretation, SEQ, NPS, CSAT, CES, UMUX and others."""

from usabtest.metrics.rating.after_task import (
    SEQ_AVERAGE_TASK,
    asq_score,
    nasa_tlx,
    rating_mean,
    seq_summary,
    smeq_summary,
)
from usabtest.metrics.rating.answers import Score
from usabtest.metrics.rating.norms import ZScore, z_to_percent
from usabtest.metrics.rating.recommendation import Nps, nps, nps_adjusted, nps_from_counts
from usabtest.metrics.rating.satisfaction import CustomerEffort, ces, csat
from usabtest.metrics.rating.sus import (
    SusSubscales,
    SusSummary,
    sus_alpha,
    sus_score,
    sus_scores,
    sus_subscales,
    sus_summary,
)
from usabtest.metrics.rating.sus_scales import (
    SusBand,
    sus_acceptability,
    sus_adjective,
    sus_band,
    sus_grade,
    sus_percentile,
    sus_to_ltr,
)
from usabtest.metrics.rating.umux import (
    UmuxLite,
    UmuxLiteSummary,
    umux_lite_score,
    umux_lite_summary,
    umux_score,
    ux_lite_score,
)

__all__ = [
    "SEQ_AVERAGE_TASK",
    "CustomerEffort",
    "Nps",
    "Score",
    "SusBand",
    "SusSubscales",
    "SusSummary",
    "UmuxLite",
    "UmuxLiteSummary",
    "ZScore",
    "asq_score",
    "ces",
    "csat",
    "nasa_tlx",
    "nps",
    "nps_adjusted",
    "nps_from_counts",
    "rating_mean",
    "seq_summary",
    "smeq_summary",
    "sus_acceptability",
    "sus_adjective",
    "sus_alpha",
    "sus_band",
    "sus_grade",
    "sus_percentile",
    "sus_score",
    "sus_scores",
    "sus_subscales",
    "sus_summary",
    "sus_to_ltr",
    "umux_lite_score",
    "umux_lite_summary",
    "umux_score",
    "ux_lite_score",
    "z_to_percent",
]
