"""A million attempts: every measure of every task, against a bare numpy pass over the same columns in the same run.

    python benchmarks/metrics/million.py [--attempts 1000000] [--tasks 20]

The bare pass takes count, mean, SD and median of each column, task by task. Both start from columns in the order of
tasks; the promise is a ratio of at most 5, and that twice the attempts take about twice the time.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from usabtest.metrics import (
    Outcome,
    abandonment_rate,
    attempts_with_errors,
    click_summary,
    completion_by_outcome,
    completion_estimate,
    error_free_rate,
    error_rate,
    errors_per_attempt,
    first_click_success,
    kaplan_meier_median,
    mean_lostness,
    median_path_deviation,
    page_speed,
    search_to_navigation,
    seq_summary,
    success_levels_score,
    sum_task,
    task_efficiency,
    time_on_task,
)

Column = NDArray[np.float64]
WORDS = tuple(Outcome)
SHARES = (0.70, 0.02, 0.03, 0.08, 0.06, 0.06, 0.03, 0.01, 0.01)
SUCCESS, TIMED_OUT = WORDS.index(Outcome.SUCCESS), WORDS.index(Outcome.TIMED_OUT)
LIMIT_S, OPTIMAL_CLICKS, OPPORTUNITIES, EXPERT_S = 300.0, 5, 4, 40.0


@dataclass(frozen=True, slots=True)
class Columns:
    """One number an attempt in each; NaN is missing."""

    outcome: Column
    time_s: Column
    user_errors: Column
    system_errors: Column
    clicks: Column
    page_views: Column
    load_s: Column
    lostness: Column
    first_click: Column
    searched: Column
    ease: Column

    def all(self) -> Iterator[Column]:
        return (getattr(self, name) for name in self.__slots__)


def made_up(attempts: int, tasks: int, seed: int = 1) -> list[Columns]:
    random = np.random.default_rng(seed)
    return [_task(random, len(part)) for part in np.array_split(np.arange(attempts), tasks)]


def _task(random: np.random.Generator, n: int) -> Columns:
    outcome = random.choice(len(WORDS), n, p=SHARES).astype(float)
    time_s = np.where(outcome == TIMED_OUT, LIMIT_S, np.minimum(random.lognormal(4, 0.6, n), LIMIT_S))
    first_click = np.where(random.random(n) < 0.05, np.nan, random.random(n) < 0.8)
    return Columns(
        outcome=outcome,
        time_s=time_s,
        user_errors=random.negative_binomial(1, 0.6, n).astype(float),
        system_errors=random.poisson(0.1, n).astype(float),
        clicks=random.poisson(7, n).astype(float),
        page_views=1 + random.poisson(3, n).astype(float),
        load_s=random.gamma(2, 0.2, n),
        lostness=random.beta(1.2, 4, n),
        first_click=first_click,
        searched=np.where(np.isnan(first_click), np.nan, random.random(n) < 0.25),
        ease=np.where(random.random(n) < 0.03, np.nan, random.integers(1, 8, n)),
    )


def bare_pass(tasks: list[Columns]) -> None:
    for task in tasks:
        for column in task.all():
            np.count_nonzero(~np.isnan(column))
            np.nanmean(column)
            np.nanstd(column, ddof=1)
            np.nanmedian(column)


def all_measures(tasks: list[Columns]) -> None:
    for task in tasks:
        _measure(task)


def _measure(task: Columns) -> None:
    counts = dict(zip(WORDS, np.bincount(task.outcome.astype(np.int8), minlength=len(WORDS)).tolist(), strict=True))
    success = task.outcome == SUCCESS
    decided = success | (task.outcome == TIMED_OUT)
    completion = completion_by_outcome(counts)
    n, successes = completion.n, completion.count
    completion_estimate(successes, n)
    success_levels_score(successes, counts[Outcome.PARTIAL], n)
    abandonment_rate(counts[Outcome.GAVE_UP], counts[Outcome.ABANDONED], n)
    time_on_task(task.time_s[success], expert_time_s=EXPERT_S)
    kaplan_meier_median(task.time_s[decided], success[decided])
    errors = errors_per_attempt(task.user_errors)
    errors_per_attempt(task.system_errors)
    attempts_with_errors(task.user_errors + task.system_errors)
    error_free_rate(task.user_errors)
    error_rate(errors.total, OPPORTUNITIES, n)
    click_summary(task.clicks)
    click_summary(task.clicks[success])
    click_summary(task.page_views)
    page_speed("loadEventEnd", task.load_s)
    mean_lostness(task.lostness[success])
    median_path_deviation(task.clicks[success], OPTIMAL_CLICKS)
    task_efficiency(success, task.time_s, expert_time_s=EXPERT_S)
    search_to_navigation(task.searched)
    first_click_success(task.first_click)
    seq_summary(task.ease)
    sum_task(
        successes,
        n,
        task.time_s[success],
        task.ease,
        time_spec_s=120,
        errors=errors.total,
        error_opportunities=OPPORTUNITIES,
    )


def best_of(runs: int, work: Callable[[list[Columns]], None], tasks: list[Columns]) -> float:
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        work(tasks)
        spent.append(time.perf_counter() - start)
    return min(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--tasks", type=int, default=20)
    options = parser.parse_args()
    print(f"{'attempts':>10}  {'bare pass':>10}  {'all measures':>12}  {'ratio':>6}")
    for attempts in (options.attempts // 4, options.attempts // 2, options.attempts):
        tasks = made_up(attempts, options.tasks)
        bare, measured = best_of(3, bare_pass, tasks), best_of(3, all_measures, tasks)
        print(f"{attempts:>10}  {bare:>8.2f} s  {measured:>10.2f} s  {measured / bare:>6.2f}")


if __name__ == "__main__":
    main()
