"""Two designs, two rounds, two segments, or one result against a benchmark; and corrections for many tests."""

from usabtest.metrics.comparison.benchmarks import completion_benchmark, score_benchmark, time_benchmark
from usabtest.metrics.comparison.effects import cohen_d, cohen_h
from usabtest.metrics.comparison.means import compare_means, compare_means_summary, compare_values
from usabtest.metrics.comparison.net_scores import compare_nps
from usabtest.metrics.comparison.rates import (
    compare_rates,
    mcnemar,
    paired_proportion_difference,
    proportion_difference,
    two_proportions_test,
)
from usabtest.metrics.comparison.results import (
    EffectSize,
    MeanComparison,
    ProportionDifference,
    RateComparison,
    Significance,
)
from usabtest.metrics.comparison.several import SEGMENT_MINIMUM, holm

__all__ = [
    "SEGMENT_MINIMUM",
    "EffectSize",
    "MeanComparison",
    "ProportionDifference",
    "RateComparison",
    "Significance",
    "cohen_d",
    "cohen_h",
    "compare_means",
    "compare_means_summary",
    "compare_nps",
    "compare_rates",
    "compare_values",
    "completion_benchmark",
    "holm",
    "mcnemar",
    "paired_proportion_difference",
    "proportion_difference",
    "score_benchmark",
    "time_benchmark",
    "two_proportions_test",
]
