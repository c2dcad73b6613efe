"""Changes in words: amounts, intervals, and the verdict's sentence; the one place that words a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from usabtest.reports.comparison.measures import KINDS, Measure, Unit
from usabtest.reports.comparison.values import Compared
from usabtest.reports.comparison.verdict import Verdict
from usabtest.reports.words import COUNTS_ONLY_BELOW, TIED, number, reason
from usabtest.studyfile.comparability import Aspect

_TIMES_FROM = 10
_LEAST_PERCENT_LEFT = 0.01


@dataclass(frozen=True, slots=True)
class Said:
    """A change in words: "+14 points", "+5 to +23", "A real rise", and all of it as one sentence.

    Amount and interval are empty where so few people carry no numbers, or where there is nothing to say.
    """

    amount: str
    interval: str
    verdict: str
    sentence: str


def said(one: Compared, *, family: int) -> Said:
    """Say what a change is worth; `family` is how many comparisons were made at once."""
    change = one.change
    if change is None:
        told = f"Not compared: {one.not_compared}"
        return Said("", "", told, told)
    if change.value is None or change.ci is None or change.verdict is Verdict.UNTESTED:
        told = _untested(one)
        amount = "" if change.value is None or _counts_only(one) else signed_amount(one.measure, change.value)
        return Said(amount, "", told, told)
    numbers = not _counts_only(one)
    return Said(
        amount=signed_amount(one.measure, change.value) if numbers else "",
        interval=signed_interval(one.measure, change.ci) if numbers else "",
        verdict=_short(one, change.value, change.verdict, family),
        sentence=_sentence(one, change.value, change.ci, change.verdict, family, numbers=numbers),
    )


def _short(one: Compared, value: float, verdict: Verdict, family: int) -> str:
    match verdict:
        case Verdict.REAL:
            return f"A real {_noun(one, value)}"
        case Verdict.PERHAPS:
            together = f"with {family} comparisons at once, " if family > 1 else ""
            return f"Perhaps {_side_said(one, value)}; {together}chance alone could do this"
        case Verdict.ALIKE:
            return _alike(one)
        case _:
            return "Too few people to tell"


def _sentence(
    one: Compared, value: float, ci: tuple[float, float], verdict: Verdict, family: int, *, numbers: bool
) -> str:
    short = _short(one, value, verdict, family)
    if not numbers:
        return short
    if verdict is Verdict.REAL:
        what = f"{amount(one.measure, value)} {_side_said(one, value)}"
        return f"{what}, a real {_noun(one, value)} ({_range(one.measure, ci)})"
    return f"{short} ({_from_to(one, ci)})" if verdict is Verdict.TOO_FEW else short


def amount(measure: Measure, value: float) -> str:
    """How large a change is, whatever its direction.

    >>> amount(Measure.SUCCESS, -0.137), amount(Measure.SUS, 1.2), amount(Measure.EASE, 0.84)
    ('14 points', '1 point', '0.8 points')
    >>> amount(Measure.LOSTNESS, 0.124)
    '0.12'
    >>> amount(Measure.TIME, 0.71), amount(Measure.TIME, 1.254), amount(Measure.TIME, 12.2)
    ('29\\xa0%', '25\\xa0%', '12 times')
    """
    text = _magnitude(measure, value)
    if KINDS[measure].unit is Unit.RATIO:
        return f"{text} times" if value >= _TIMES_FROM else f"{text}{TIED}%"
    each = KINDS[measure].each
    return f"{text} {each if text == '1' else each + 's'}" if each else text


def signed_amount(measure: Measure, value: float) -> str:
    """How large a change is, with its sign.

    >>> signed_amount(Measure.SUCCESS, 0.13), signed_amount(Measure.TIME, 0.92), signed_amount(Measure.TIME, 12.2)
    ('+13 points', '−8\\xa0%', '12 times')
    """
    return _signed(measure, value, amount(measure, value))


def signed_interval(measure: Measure, ci: tuple[float, float]) -> str:
    """The interval of a change.

    >>> signed_interval(Measure.SUCCESS, (-0.231, 0.462)), signed_interval(Measure.TIME, (0.49, 1.72))
    ('−23 to +46', '−51 to +72\\xa0%')
    """
    low, high = (_signed(measure, limit, _magnitude(measure, limit)) for limit in ci)
    return _joined(measure, ci, low, high)


def unlike_words(unlike: Sequence[Aspect]) -> str:
    """Name what is not the same, with its verb.

    >>> unlike_words([Aspect.LIMIT]), unlike_words([Aspect.WORDS, Aspect.LIMIT])
    ('its time limit is', 'its words and its time limit are')
    """
    plural = len(unlike) > 1 or unlike[0] in _PLURAL
    return f"{listed([str(one) for one in unlike])} {'are' if plural else 'is'}"


_PLURAL = frozenset({Aspect.WORDS, Aspect.QUESTIONS, Aspect.AFTER, Aspect.THRESHOLDS})


def listed(parts: Sequence[str]) -> str:
    """Write several as people say them.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def smallest_n(one: Compared) -> int:
    """Of how few people the smaller side is."""
    return min(figure.n for figure in (one.before, one.after) if figure is not None)


def _counts_only(one: Compared) -> bool:
    """Whether so few people tried that a share would say more than they carry."""
    return KINDS[one.measure].unit is Unit.SHARE and smallest_n(one) < COUNTS_ONLY_BELOW


def _magnitude(measure: Measure, value: float) -> str:
    kind = KINDS[measure]
    if kind.unit is Unit.RATIO:
        if value >= _TIMES_FROM:
            return number(value, 0)
        return number(abs(100 * (max(value, _LEAST_PERCENT_LEFT) - 1)), 0)
    size = abs(100 * value if kind.unit is Unit.SHARE else value)
    return number(size, kind.digits)


def _signed(measure: Measure, value: float, text: str) -> str:
    kind = KINDS[measure]
    if kind.unit is Unit.RATIO and value >= _TIMES_FROM:
        return text
    if text.split()[0].rstrip("%").strip(TIED) in {"0", "0.0", "0.00"}:
        return text
    return f"{'+' if value > kind.same else '−'}{text}"


def _joined(measure: Measure, ci: tuple[float, float], low: str, high: str) -> str:
    """Both limits with the unit behind them; behind each, where they have not the same."""
    units = [_tail(measure, limit) for limit in ci]
    return f"{low}{units[0] if units[0] != units[1] else ''} to {high}{units[1]}"


def _tail(measure: Measure, last: float) -> str:
    """The unit behind an interval, where a bare number would not say it."""
    if KINDS[measure].unit is not Unit.RATIO:
        return ""
    return " times" if last >= _TIMES_FROM else f"{TIED}%"


def _range(measure: Measure, ci: tuple[float, float]) -> str:
    """An interval that is on one side of none, from small to large."""
    low, high = sorted(ci, key=lambda limit: abs(_distance(measure, limit)))
    return _joined(measure, (low, high), _magnitude(measure, low), _magnitude(measure, high))


def _distance(measure: Measure, value: float) -> float:
    return value - KINDS[measure].same


def _from_to(one: Compared, ci: tuple[float, float]) -> str:
    """An interval that holds none: how much worse it may be, and how much better."""
    low, high = ci
    if round(_distance(one.measure, low), 9) == 0:
        return f"the same to {amount(one.measure, high)} {_judged(one, high)}"
    if round(_distance(one.measure, high), 9) == 0:
        return f"{amount(one.measure, low)} {_judged(one, low)} to the same"
    upper = _magnitude(one.measure, high) + _tail(one.measure, high)
    return f"{amount(one.measure, low)} {_judged(one, low)} to {upper} {_judged(one, high)}"


def _judged(one: Compared, value: float) -> str:
    """In which direction, as people judge it: worse, better; quicker, slower; below, above a benchmark."""
    if one.benchmark is not None or KINDS[one.measure].unit is Unit.RATIO:
        return _side(one, value)
    better = (_distance(one.measure, value) > 0) == KINDS[one.measure].more_is_better
    return "better" if better else "worse"


_SIDES = {
    Measure.TIME: ("quicker", "slower"),
    Measure.ERRORS: ("fewer", "more"),
    Measure.ABANDONMENT: ("fewer", "more"),
    Measure.CLICKS: ("fewer", "more"),
}


def _side(one: Compared, value: float) -> str:
    up = _distance(one.measure, value) > 0
    low, high = ("below", "above") if one.benchmark is not None else _SIDES.get(one.measure, ("lower", "higher"))
    return high if up else low


def _side_said(one: Compared, value: float) -> str:
    return f"{_side(one, value)} the benchmark" if one.benchmark is not None else _side(one, value)


def _noun(one: Compared, value: float) -> str:
    up = _distance(one.measure, value) > 0
    if one.benchmark is not None:
        return "lead" if up == KINDS[one.measure].more_is_better else "gap"
    if one.measure is Measure.TIME:
        return "slowdown" if up else "speed-up"
    return "rise" if up else "fall"


def _alike(one: Compared) -> str:
    low, high = KINDS[one.measure].limits
    where = " from the benchmark" if one.benchmark is not None else ""
    if KINDS[one.measure].unit is Unit.RATIO:
        sides = f"{amount(one.measure, low)} {_side(one, low)} or {amount(one.measure, high)} {_side(one, high)}"
        return f"No difference of more than {sides}" if not where else f"Not more than {sides} the benchmark"
    return f"No difference of more than {amount(one.measure, high)}{where}"


_WHY_UNTESTED = {
    "no attempts in a group": "Nobody tried it on one side, so there is nothing to compare",
    "no answers in a group": "Nobody answered on one side, so there is nothing to compare",
    "no values in a group": "Nobody on one side, so there is nothing to compare",
    "no participants": "Nobody has taken part, so there is nothing to compare",
    "no pairs": "Nobody did it on both sides, so there are no pairs to compare",
    "one value, no spread in a group": "One person on a side: no interval from one",
    "one value, no spread": "One person: no interval from one",
    "no spread, t is undefined": "All alike on a side, so a test says nothing of other people",
}


def _untested(one: Compared) -> str:
    change = one.change
    why = change.reason if change else None
    if one.measure is Measure.TIME and why in {"no values in a group", "no pairs"}:
        return "Nobody finished it on one side, so there is no time to compare"
    if one.task_key is None and why in {"no attempts in a group", "no values in a group"}:
        return _WHY_UNTESTED["no answers in a group"]
    if change is not None and change.ci is not None and change.ci[0] == change.ci[1]:
        return _WHY_UNTESTED["no spread, t is undefined"]
    return _WHY_UNTESTED.get(why or "", reason(why).removesuffix("."))
