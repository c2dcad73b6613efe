"""Which tests and intervals stand behind a comparison, by the names of statistics and in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from usabtest.reports.comparison.measures import KINDS
from usabtest.reports.comparison.values import Comparison
from usabtest.reports.terms import Term

METHODS: Mapping[str, Term] = {
    "n_minus_1": Term(
        "N−1 two-proportion test",
        "For shares among different people: how easily chance alone would set two shares so far apart. It holds for "
        "small groups, too.",
    ),
    "fisher": Term(
        "Fisher’s exact test",
        "For shares of so few people that other tests are too rough: it counts every way in which chance could have "
        "dealt the same counts to the two sides.",
    ),
    "mcnemar_mid_p": Term(
        "McNemar’s test, mid-p",
        "For shares of the same people on both sides: it looks at those alone for whom the two sides differ.",
    ),
    "welch_t": Term(
        "Welch t",
        "For means of different people: how large the difference is beside the spread of the answers, which may be "
        "wider on one side.",
    ),
    "welch_t_log": Term(
        "Welch t on logarithms",
        "For times of different people: how large the difference is beside the spread of the times, on a scale where "
        "twice as long and half as long are equally far.",
    ),
    "paired_t": Term(
        "paired t",
        "For means of the same people on both sides: how much each of them changed, beside the spread of that.",
    ),
    "paired_t_log": Term(
        "paired t on logarithms",
        "For times of the same people on both sides: how much quicker or slower each of them was, beside the spread of "
        "these changes.",
    ),
    "adjusted_wald": Term(
        "z of adjusted net scores",
        "For the net score of promoters and detractors: how easily chance alone would set two scores so far apart. A "
        "little is added to every count, so that it holds for few answers.",
    ),
    "binomial_mid_p": Term(
        "binomial test, mid-p, two-sided",
        "For a share beside a fixed value: how easily chance alone would bring a count so far from it, above or below.",
    ),
    "one_sample_t": Term(
        "one-sample t",
        "For a mean beside a fixed value: how far away it is, beside the spread of the answers.",
    ),
    "one_sample_t_log": Term(
        "one-sample t on logarithms",
        "For times beside a fixed time: how far away they are, beside their spread, on a scale where twice as long and "
        "half as long are equally far.",
    ),
}

_OF_SHARES = Term(
    "adjusted Wald for the difference",
    "An interval for the difference of two shares. A little is added to every count, so that it holds for few people.",
)
INTERVALS: Mapping[str, Term] = {
    "n_minus_1": _OF_SHARES,
    "fisher": _OF_SHARES,
    "mcnemar_mid_p": Term(
        "adjusted Wald for paired shares",
        "An interval for the difference of two shares of the same people. A little is added to every count, so that it "
        "holds for few people.",
    ),
    "adjusted_wald": Term(
        "adjusted Wald for net scores",
        "An interval for the difference of two net scores. A little is added to every count, so that it holds for few "
        "answers.",
    ),
}

P = Term(
    "p",
    "How often chance alone would show a change at least this large if there were none: 0.05 is once in twenty times. "
    "A small p says that chance hardly explains it, not how large or how important the change is.",
)
HOLM = Term(
    "after Holm",
    "The more is compared at once, the more likely chance alone makes one of the changes look real. Holm’s rule raises "
    "each p for that. A change is called real if p stays small enough even so.",
)


@dataclass(frozen=True, slots=True)
class Method:
    """The test of some measures, and the interval where it goes by a name of its own."""

    measures: str
    test: Term
    interval: Term | None


def methods(comparison: Comparison) -> tuple[Method, ...]:
    """Which test and which interval were used for what."""
    measures: dict[str, list[str]] = {}
    for one in comparison:
        if one.change is not None and one.change.test.p is not None:
            headings = measures.setdefault(one.change.test.method, [])
            if KINDS[one.measure].heading not in headings:
                headings.append(KINDS[one.measure].heading)
    return tuple(Method(", ".join(used), METHODS[key], INTERVALS.get(key)) for key, used in measures.items())
