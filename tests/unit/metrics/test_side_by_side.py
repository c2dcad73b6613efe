"""The same random inputs through statsmodels and scipy's own tests: agreement to 1e-9."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportion_effectsize
from statsmodels.stats.rates import confint_poisson
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW, ttest_ind

from usabtest.metrics import (
    cohen_d,
    cohen_h,
    compare_means,
    compare_means_summary,
    completion_benchmark,
    geometric_mean,
    holm,
    kaplan_meier_median,
    mcnemar,
    mean,
    median,
    poisson_rate,
    proportion_difference,
    proportion_interval,
    score_benchmark,
    sus_alpha,
    time_benchmark,
    two_means_sample_size,
    two_proportions_test,
)

CLOSE = {"rel": 1e-9, "abs": 1e-9}
DRAWS = range(40)


def draw(seed):
    return np.random.default_rng(seed)


def times(random, low=3, high=60):
    return random.lognormal(4, 0.6, random.integers(low, high))


@pytest.mark.parametrize(
    ("method", "theirs"),
    [("adjusted_wald", "agresti_coull"), ("clopper_pearson", "beta"), ("wilson", "wilson"), ("jeffreys", "jeffreys")],
)
@pytest.mark.parametrize("seed", DRAWS)
def test_proportion_intervals_are_those_of_statsmodels(seed, method, theirs):
    random = draw(seed)
    n = int(random.integers(2, 300))
    successes = int(random.integers(1, n))
    confidence = float(random.uniform(0.5, 0.999))

    found = proportion_interval(successes, n, confidence=confidence, method=method)
    low, high = proportion_confint(successes, n, alpha=1 - confidence, method=theirs)

    assert found.limits == pytest.approx((max(low, 0), min(high, 1)), **CLOSE)


@pytest.mark.parametrize("method", ["wilson", "clopper_pearson"])
@pytest.mark.parametrize("seed", DRAWS)
def test_proportion_intervals_are_those_of_scipy(seed, method):
    random = draw(seed)
    n = int(random.integers(1, 60))
    successes = int(random.integers(0, n + 1))

    theirs = stats.binomtest(successes, n).proportion_ci(0.9, "exact" if method == "clopper_pearson" else method)

    assert proportion_interval(successes, n, confidence=0.9, method=method).limits == pytest.approx(
        (theirs.low, theirs.high), **CLOSE
    )


@pytest.mark.parametrize("seed", DRAWS)
def test_the_exact_poisson_interval_is_that_of_statsmodels(seed):
    random = draw(seed)
    events, exposure = int(random.integers(0, 500)), float(random.uniform(0.1, 900))

    theirs = confint_poisson(events, exposure, method="exact-c", alpha=0.1)
    found = poisson_rate(events, exposure, confidence=0.9).interval

    assert found.low == pytest.approx(0 if events == 0 else theirs[0], **CLOSE)
    assert found.high == pytest.approx(theirs[1], **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_the_t_interval_is_that_of_statsmodels(seed):
    values = times(draw(seed))

    assert mean(values, confidence=0.9).interval.limits == pytest.approx(
        DescrStatsW(values).tconfint_mean(alpha=0.1), **CLOSE
    )
    assert geometric_mean(values).interval.limits == pytest.approx(
        np.exp(DescrStatsW(np.log(values)).tconfint_mean()), **CLOSE
    )


@pytest.mark.parametrize("seed", DRAWS)
def test_the_median_interval_is_that_of_scipy(seed):
    values = times(draw(seed), low=6, high=200)

    theirs = stats.quantile_test(values, p=0.5).confidence_interval(0.95)

    assert median(values).interval.limits == pytest.approx((theirs.low, theirs.high), **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_the_kaplan_meier_median_is_that_of_statsmodels(seed):
    random = draw(seed)
    values = np.round(times(random, low=5), 1)
    completed = random.random(values.size) < 0.7

    survival = SurvfuncRight(values, completed.astype(int))
    reached = survival.surv_times[survival.surv_prob <= 0.5 + 1e-12]

    assert kaplan_meier_median(values, completed).value == (reached[0] if reached.size else None)


@pytest.mark.parametrize("alternative", ["greater", "two_sided"])
@pytest.mark.parametrize("seed", DRAWS)
def test_the_exact_benchmark_is_that_of_scipy(seed, alternative):
    random = draw(seed)
    n = int(random.integers(1, 60))
    successes, benchmark = int(random.integers(0, n + 1)), float(random.uniform(0.05, 0.95))

    theirs = stats.binomtest(successes, n, benchmark, alternative=alternative.replace("_", "-")).pvalue

    found = completion_benchmark(successes, n, benchmark, alternative=alternative, method="exact").p_value
    assert found == pytest.approx(theirs, **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_exact_mcnemar_is_that_of_statsmodels(seed):
    cells = [int(cell) for cell in draw(seed).integers(0, 25, 4)]

    theirs = statsmodels_mcnemar(np.reshape(cells, (2, 2)), exact=True).pvalue

    assert mcnemar(*cells, method="exact").p_value == pytest.approx(theirs, **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_the_n_minus_1_test_is_pearsons_times_n_minus_1_over_n(seed):
    n_a, n_b, a, b = _groups(seed)
    n = n_a + n_b

    pearson = stats.chi2_contingency([[a, n_a - a], [b, n_b - b]], correction=False).statistic
    found = two_proportions_test(a, n_a, b, n_b)

    assert found.statistic**2 == pytest.approx(pearson * (n - 1) / n, **CLOSE)
    assert found.p_value == pytest.approx(stats.chi2.sf(pearson * (n - 1) / n, 1), **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_fisher_is_that_of_scipy(seed):
    n_a, n_b, a, b = _groups(seed)

    theirs = stats.fisher_exact([[a, n_a - a], [b, n_b - b]]).pvalue

    assert two_proportions_test(a, n_a, b, n_b, method="fisher").p_value == pytest.approx(theirs, **CLOSE)


@pytest.mark.parametrize(("method", "theirs"), [("agresti_caffo", "agresti-caffo"), ("newcombe", "newcomb")])
@pytest.mark.parametrize("seed", DRAWS)
def test_difference_intervals_are_those_of_statsmodels(seed, method, theirs):
    n_a, n_b, a, b = _groups(seed)

    limits = confint_proportions_2indep(a, n_a, b, n_b, method=theirs, compare="diff")

    assert proportion_difference(a, n_a, b, n_b, method=method).interval.limits == pytest.approx(limits, **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_welch_is_that_of_statsmodels(seed):
    random = draw(seed)
    a, b = times(random), times(random)

    t, p, df = ttest_ind(a, b, usevar="unequal")
    limits = CompareMeans(DescrStatsW(a), DescrStatsW(b)).tconfint_diff(usevar="unequal")
    found = compare_means(a, b)

    assert (found.t, found.p_value, found.df) == pytest.approx((t, p, df), **CLOSE)
    assert found.interval.limits == pytest.approx(limits, **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_welch_on_logarithms_is_that_of_scipy(seed):
    random = draw(seed)
    a, b = times(random), times(random)

    theirs = stats.ttest_ind(np.log(a), np.log(b), equal_var=False)
    limits = theirs.confidence_interval(0.9)
    found = compare_means(a, b, scale="log", confidence=0.9)

    assert (found.t, found.p_value, found.df) == pytest.approx((theirs.statistic, theirs.pvalue, theirs.df), **CLOSE)
    assert found.interval.limits == pytest.approx((np.exp(limits.low), np.exp(limits.high)), **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_the_paired_t_is_that_of_scipy(seed):
    random = draw(seed)
    a = times(random)
    b = a * random.lognormal(0, 0.3, a.size)

    theirs = stats.ttest_rel(a, b)
    found = compare_means(a, b, design="within")

    assert (found.t, found.p_value, found.df) == pytest.approx((theirs.statistic, theirs.pvalue, theirs.df), **CLOSE)
    assert found.interval.limits == pytest.approx(tuple(theirs.confidence_interval(0.95)), **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_welch_from_summaries_is_that_of_scipy(seed):
    random = draw(seed)
    a, b = random.normal(70, 12, 9), random.normal(60, 18, 14)
    summary = (a.mean(), a.std(ddof=1), a.size, b.mean(), b.std(ddof=1), b.size)

    theirs = stats.ttest_ind_from_stats(*summary, equal_var=False)

    found = compare_means_summary(*summary)
    assert (found.t, found.p_value) == pytest.approx(tuple(theirs), **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_benchmarks_of_means_are_those_of_scipy(seed):
    values = times(draw(seed))
    logs = np.log(values)

    one_sided = stats.ttest_1samp(logs, np.log(50), alternative="less")
    two_sided = stats.ttest_1samp(values, 50)
    of_time = time_benchmark(values, 50)
    of_score = score_benchmark(values.mean(), values.std(ddof=1), values.size, 50)

    assert (-of_time.statistic, of_time.p_value) == pytest.approx((one_sided.statistic, one_sided.pvalue), **CLOSE)
    assert (of_score.statistic, of_score.p_value) == pytest.approx((two_sided.statistic, two_sided.pvalue), **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_holm_is_that_of_statsmodels(seed):
    values = draw(seed).random(12) ** 3

    assert holm(values.tolist()) == pytest.approx(multipletests(values, method="holm")[1], **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_effect_sizes_are_those_of_statsmodels(seed):
    random = draw(seed)
    p_a, p_b = random.random(2)
    a, b = times(random), times(random)

    # With equal variances t is d over sqrt(1/n + 1/m).
    t = ttest_ind(a, b, usevar="pooled")[0]

    assert cohen_h(p_a, p_b) == pytest.approx(proportion_effectsize(p_a, p_b), **CLOSE)
    assert cohen_d(a, b).value == pytest.approx(t * np.sqrt(1 / a.size + 1 / b.size), **CLOSE)


@pytest.mark.parametrize("seed", DRAWS)
def test_alpha_is_that_of_the_covariance_form(seed):
    random = draw(seed)
    attitude = random.normal(0, 1, (30, 1))
    agreement = np.clip(np.round(3 + attitude + random.normal(0, 0.8, (30, 10))), 1, 5)
    forms = np.where(np.arange(10) % 2 == 0, agreement, 6 - agreement)

    covariance = np.cov(agreement - 1, rowvar=False)
    theirs = 10 / 9 * (1 - np.trace(covariance) / covariance.sum())

    assert sus_alpha(forms.tolist()).value == pytest.approx(theirs, **CLOSE)


@pytest.mark.parametrize("effect", [0.2, 0.5, 0.8])
def test_the_sample_size_for_two_means_is_that_of_statsmodels(effect):
    theirs = NormalIndPower().solve_power(effect_size=effect, alpha=0.05, power=0.8)

    assert two_means_sample_size(effect, 1) == np.ceil(theirs)


def _groups(seed):
    random = draw(seed)
    n_a, n_b = (int(n) for n in random.integers(8, 80, 2))
    return n_a, n_b, int(random.integers(3, n_a - 3)), int(random.integers(3, n_b - 3))
