"""The numbers that R prints in the examples of its own documentation."""

import pytest

from usabtest.metrics import (
    compare_means,
    completion_benchmark,
    holm,
    poisson_rate,
    proportion_interval,
    two_proportions_test,
)

# The data set `sleep`: hours of extra sleep with two drugs, ten patients.
DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_t_test_of_sleep():
    compared = compare_means(DRUG_1, DRUG_2)

    assert compared.t == pytest.approx(-1.8608, abs=5e-5)
    assert compared.df == pytest.approx(17.776, abs=5e-4)
    assert compared.p_value == pytest.approx(0.07939, abs=5e-6)
    assert compared.interval.limits == pytest.approx((-3.3654832, 0.2054832), abs=5e-8)


def test_paired_t_test_of_sleep():
    compared = compare_means(DRUG_1, DRUG_2, design="within")

    assert compared.t == pytest.approx(-4.0621, abs=5e-5)
    assert compared.df == 9
    assert compared.p_value == pytest.approx(0.002833, abs=5e-7)
    assert compared.interval.limits == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)


def test_binom_test_of_mendels_peas():
    test = completion_benchmark(682, 925, 0.75, alternative="two_sided", method="exact")

    assert test.p_value == pytest.approx(0.3825, abs=5e-5)
    assert proportion_interval(682, 925, method="clopper_pearson").limits == pytest.approx(
        (0.7076683, 0.7654066), abs=5e-8
    )


def test_poisson_test_of_air_quality():
    assert poisson_rate(137, 24.19893).interval.limits == pytest.approx((4.753125, 6.692709), abs=5e-7)


def test_fisher_test_of_convicts():
    # Twins of convicts: dizygotic 2 of 17 convicted, monozygotic 10 of 13.
    assert two_proportions_test(2, 17, 10, 13, method="fisher").p_value == pytest.approx(0.0005367, abs=5e-8)


def test_p_adjust_with_holm():
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx((0.05, 0.08, 0.09, 0.09, 0.09))
