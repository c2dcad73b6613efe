"""How often the default intervals hold the truth, by simulation; writes the table of docs/metrics.md.

python benchmarks/metrics/coverage.py [--draws 10000] [--seed 1]
"""

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from usabtest.metrics import (
    Interval,
    compare_means,
    completion_rate,
    errors_per_attempt,
    geometric_mean,
    median,
    nps,
    paired_proportion_difference,
    proportion_difference,
    seq_summary,
    sus_summary,
)

REFERENCE = Path(__file__).parents[2] / "docs" / "metrics.md"
SIZES = (5, 10, 20)
BEGIN, END = "<!-- coverage: begin -->", "<!-- coverage: end -->"

Draw = Callable[[np.random.Generator, int], Interval | None]


def of_completion(p: float) -> Draw:
    return lambda random, n: completion_rate(int(random.binomial(n, p)), n).interval


def of_times(random: np.random.Generator, n: int) -> Interval | None:
    return geometric_mean(random.lognormal(4, 0.6, n)).interval


def of_median(random: np.random.Generator, n: int) -> Interval | None:
    return median(random.lognormal(4, 0.6, n)).interval


def sus_scores(random: np.random.Generator, n: int) -> NDArray[np.float64]:
    """Skewed and bounded, in steps of 2.5, with a mean of 70 and an SD of about 18."""
    return np.round(random.beta(3.9, 1.67, n) * 40) * 2.5


def of_sus(random: np.random.Generator, n: int) -> Interval | None:
    return sus_summary(sus_scores(random, n)).interval


SEQ_SHARES = (0.02, 0.04, 0.06, 0.10, 0.20, 0.30, 0.28)


def of_seq(random: np.random.Generator, n: int) -> Interval | None:
    return seq_summary(random.choice(7, n, p=SEQ_SHARES) + 1).interval


def of_errors(random: np.random.Generator, n: int) -> Interval | None:
    return errors_per_attempt(random.poisson(0.7, n)).interval


def of_clustered_errors(random: np.random.Generator, n: int) -> Interval | None:
    """A variance of twice the mean."""
    return errors_per_attempt(random.negative_binomial(0.7, 0.5, n)).interval


def of_recommendation(random: np.random.Generator, n: int) -> Interval | None:
    return nps(random.choice([10, 8, 3], n, p=(0.45, 0.30, 0.25))).interval


def of_difference(random: np.random.Generator, n: int) -> Interval | None:
    return proportion_difference(int(random.binomial(n, 0.8)), n, int(random.binomial(n, 0.5)), n).interval


def of_paired_difference(random: np.random.Generator, n: int) -> Interval | None:
    cells = random.multinomial(n, (0.45, 0.30, 0.10, 0.15))
    return paired_proportion_difference(*(int(cell) for cell in cells)).interval


def of_ratio(random: np.random.Generator, n: int) -> Interval | None:
    return compare_means(random.lognormal(4, 0.6, n), random.lognormal(3.8, 0.5, n), scale="log").interval


ROWS: tuple[tuple[str, str, float, Draw], ...] = (
    ("completion rate", "adjusted_wald, p = 0.50", 0.50, of_completion(0.50)),
    ("completion rate", "adjusted_wald, p = 0.78", 0.78, of_completion(0.78)),
    ("completion rate", "adjusted_wald, p = 0.90", 0.90, of_completion(0.90)),
    ("completion rate", "adjusted_wald, p = 0.97", 0.97, of_completion(0.97)),
    ("time on task", "log_t, log-normal times", float(np.exp(4)), of_times),
    ("median time", "order_statistics, log-normal times", float(np.exp(4)), of_median),
    ("SUS", "t, skewed scores, mean 70, SD 18", float("nan"), of_sus),
    ("SEQ", "t, skewed ratings, mean 5.4", float(np.dot(SEQ_SHARES, range(1, 8))), of_seq),
    ("errors per attempt", "exact_poisson or t, by chance, mean 0.7", 0.7, of_errors),
    ("errors per attempt", "exact_poisson or t, variance twice the mean", 0.7, of_clustered_errors),
    ("likelihood to recommend", "adjusted_wald, 45/30/25 %", 20.0, of_recommendation),
    ("difference of two groups", "adjusted_wald, 0.8 and 0.5", 0.3, of_difference),
    ("difference of the same people", "adjusted_wald_paired, 0.75 and 0.55", 0.2, of_paired_difference),
    ("ratio of times of two groups", "Welch on logarithms", float(np.exp(0.2)), of_ratio),
)


def coverage(draw: Draw, truth: float, n: int, draws: int, random: np.random.Generator) -> tuple[float | None, float]:
    """Share of intervals that hold the truth, and share of draws that had an interval."""
    intervals = [interval for _ in range(draws) if (interval := draw(random, n)) is not None]
    held = sum(interval.low <= truth <= interval.high for interval in intervals)
    return (held / len(intervals) if intervals else None), len(intervals) / draws


def table(draws: int, seed: int) -> str:
    random = np.random.default_rng(seed)
    true_sus = float(sus_scores(random, 4_000_000).mean())
    lines = [
        f"Share of {draws} simulated studies whose 95 % interval held the truth (seed {seed}); the standard error of a",
        f"figure near 95 % is {100 * (0.95 * 0.05 / draws) ** 0.5:.1f} points. Made by benchmarks/metrics/coverage.py.",
        "",
        "| figure | interval and truth | n = 5 | n = 10 | n = 20 |",
        "|---|---|---|---|---|",
    ]
    for figure, setting, truth, draw in ROWS:
        cells = []
        for n in SIZES:
            held, defined = coverage(draw, true_sus if figure == "SUS" else truth, n, draws, random)
            cells.append("no interval" if held is None else f"{100 * held:.1f} %" + ("" if defined > 0.999 else "*"))
        lines.append(f"| {figure} | {setting} | {' | '.join(cells)} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = table(options.draws, options.seed)
    text = REFERENCE.read_text(encoding="utf-8")
    block = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    REFERENCE.write_text(block.sub(lambda _: f"{BEGIN}\n{found}\n{END}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
