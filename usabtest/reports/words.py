"""Figures in words: the one place that rounds, and that knows what may be said of how few people.

Counts lead. With fewer than 5 there is no percentage, from 25 on it may lead; an interval is always "likely".
"""

from __future__ import annotations

from dataclasses import dataclass

from usabtest.reports.direction import isolated
from usabtest.reports.figures import Limits, NpsFigures, SusFigures, TaskReport, TimeFigures

COUNTS_ONLY_BELOW = 5
PERCENT_BESIDE_FROM = 8
PERCENT_LEADS_FROM = 25
MEDIAN_FROM = 25
CENSORED_WARNING_ABOVE = 0.2
AVERAGE_SUS = 68
SUS_DOTS_AT_MOST = 200
AVERAGE_EASE = 5.5
AVERAGE_SUCCESS = 0.78
NEARLY_ALL = 0.9
HOUR_S = 3600

MINUS = "−"
# A number and its unit stay on one line.
TIED = "\u00a0"
TOO_FEW = "With so few people we learn what goes wrong, not how often."
NOBODY_YET = "Nobody has taken part yet."


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of which one part is marked as the thing to read."""

    before: str
    marked: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.marked}{self.after}"


OUTCOME_NAMES = {
    "success": "Success",
    "assisted": "With help",
    "partial": "Partly",
    "failure": "Failed",
    "gave_up": "Gave up",
    "timed_out": "Out of time",
    "abandoned": "Left",
    "skipped": "Skipped",
    "invalid": "Not recorded",
}

_REASONS = {
    "no attempts": "Nobody has tried it yet.",
    "no success": "Nobody finished it, so there is nothing to show.",
    "no answers": "Nobody has answered yet.",
    "no values": "There are no values yet.",
    "no page loads": "No page load was measured.",
    "one value, no spread": "One value: no interval from it.",
    "not asked": "This was not asked.",
    "median not reached": "Fewer than half got there.",
}


def reason(why: str | None) -> str:
    """Say why there is no figure."""
    if not why:
        return ""
    return _REASONS.get(why, f"{why[0].upper()}{why[1:]}.")


def duration(seconds: float) -> str:
    """Write a time as people say it.

    >>> duration(4.25), duration(48.7), duration(59.6), duration(142.9), duration(3723)
    ('4.3\\xa0s', '49\\xa0s', '1:00', '2:23', '1:02:03')
    """
    if seconds < 9.95:
        return f"{_rounded(seconds, 1)}{TIED}s"
    whole = int(_rounded(seconds, 0))
    if whole < 60:
        return f"{whole}{TIED}s"
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def durations(low: float, high: float, link: str = "to") -> str:
    """An interval of times, both ends written alike; beyond an hour it says no more than that.

    >>> durations(4.25, 9.1), durations(3.9, 48.7)
    ('4.3\\xa0s to 9.1\\xa0s', '4\\xa0s to 49\\xa0s')
    >>> durations(48.7, 142.9), durations(0.01, 21691, "and"), durations(3723, 4000)
    ('0:49 to 2:23', '0:00 and more than an hour', '1:02:03 to 1:06:40')
    """
    if high < 9.95 or low >= HOUR_S:
        return f"{duration(low)} {link} {duration(high)}"
    if high < 59.5:
        return f"{_rounded(low, 0)}{TIED}s {link} {duration(high)}"
    return f"{clock(low + 0.5)} {link} {duration(high) if high < HOUR_S else 'more than an hour'}"


def clock(seconds: float) -> str:
    """Write a moment since the start.

    >>> clock(0), clock(71.9)
    ('0:00', '1:11')
    """
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def named(title: str) -> str:
    """A title in a sentence; one that is written from right to left keeps its own direction there.

    >>> named("Pay"), named("ادفع") == "“\u2068ادفع\u2069”"
    ('“Pay”', True)
    """
    return f"“{isolated(title)}”"


def of(count: int, n: int) -> str:
    """Counts are said as such: "5 of 12".

    >>> of(5, 12)
    '5 of 12'
    """
    return f"{count:,} of {n:,}"


def people(count: int) -> str:
    """Write a number of people.

    >>> people(1), people(12)
    ('1 person', '12 people')
    """
    return plural(count, "person", "people")


def plural(count: int, one: str, many: str = "") -> str:
    """Write a number of things.

    >>> plural(1, "answer"), plural(2, "answer"), plural(1204, "event")
    ('1 answer', '2 answers', '1,204 events')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def end_of(text: str, letters: int) -> str:
    """The end of a text that may be long: pages differ there.

    >>> end_of("/checkout/payment/voucher", 12), end_of("/basket", 12)
    ('…ent/voucher', '/basket')
    """
    return text if len(text) <= letters else f"…{text[len(text) - letters + 1 :]}"


def percent(rate: float) -> str:
    """Write a share in whole percent.

    >>> percent(0.4167), percent(0.755)
    ('42\\xa0%', '76\\xa0%')
    """
    return f"{_rounded(100 * rate, 0)}{TIED}%"


def number(value: float, digits: int = 1) -> str:
    """Write a number, a minus as one.

    >>> number(3.44), number(-34.2, 0), number(14, 0)
    ('3.4', '−34', '14')
    """
    return _rounded(value, digits).replace("-", MINUS)


def signed(value: float) -> str:
    """Write a net score.

    >>> signed(9.09), signed(-34.2), signed(0)
    ('+9', '−34', '0')
    """
    text = number(value, 0)
    return f"+{text}" if value > 0 and text != "0" else text


def short(value: float) -> str:
    """Write a number without needless zeros.

    >>> short(7.0), short(6.5), short(6.333)
    ('7', '6.5', '6.3')
    """
    return number(value, 1).removesuffix(".0")


def grade(letters: str) -> str:
    """Write a grade with a true minus.

    >>> grade("C-")
    'C−'
    """
    return letters.replace("-", MINUS)


def share_beside(rate: float | None, ci: Limits, n: int, why: str | None = None) -> str:
    """What stands beside a count: percent and interval, as far as so many people carry them.

    >>> share_beside(0.75, (0.46, 0.92), 12), share_beside(0.8, (0.36, 0.98), 5)
    ('75\\xa0%, likely 46 to 92\\xa0%', 'likely 36 to 98 of 100')
    >>> share_beside(2 / 3, (0.2, 0.94), 3)
    'too few people for a percentage'
    """
    if rate is None or ci is None:
        return reason(why)
    if n < COUNTS_ONLY_BELOW:
        return "too few people for a percentage"
    low, high = (_rounded(100 * limit, 0) for limit in ci)
    if n < PERCENT_BESIDE_FROM:
        return f"likely {low} to {high} of 100"
    return f"{percent(rate)}, likely {low} to {high}{TIED}%"


def managed(count: int, n: int, rate: float | None, ci: Limits) -> Sentence:
    """How many managed a task, and what that says of other people.

    >>> str(managed(2, 3, 2 / 3, (0.2, 0.94)))
    '2 of 3 managed it. With so few people we learn what goes wrong, not how often.'
    >>> str(managed(4, 5, 0.8, (0.36, 0.98)))
    '4 of 5 managed it. Of 100 other people, likely 36 to 98 would.'
    >>> str(managed(9, 12, 0.75, (0.46, 0.92)))
    '9 of 12 managed it (75\\xa0%). Of 100 other people, likely 46 to 92 would.'
    >>> str(managed(156, 200, 0.78, (0.72, 0.83)))
    '78\\xa0% managed it (156 of 200), likely 72 to 83\\xa0%.'
    """
    if rate is None or ci is None:
        return Sentence("", "Nobody has tried it yet", ".")
    low, high = (_rounded(100 * limit, 0) for limit in ci)
    if n < COUNTS_ONLY_BELOW:
        return Sentence("", of(count, n), f" managed it. {TOO_FEW}")
    if n >= PERCENT_LEADS_FROM:
        return Sentence("", percent(rate), f" managed it ({of(count, n)}), likely {low} to {high}{TIED}%.")
    beside = f" ({percent(rate)})" if n >= PERCENT_BESIDE_FROM else ""
    return Sentence("", of(count, n), f" managed it{beside}. Of 100 other people, likely {low} to {high} would.")


def lost_successes(task: TaskReport) -> int:
    """How many attempts did not succeed: what tasks are sorted by."""
    return task.n - task.success.successes


def by_need(tasks: tuple[TaskReport, ...]) -> list[TaskReport]:
    """The tasks, most in need of attention first: by lost successes, then by the share that failed."""
    return sorted(tasks, key=lambda task: (-lost_successes(task), task.success.rate if task.n else 2.0))


def study_lead(tasks: tuple[TaskReport, ...], *, filtered: bool = False) -> Sentence:
    """The one sentence that a report begins with: where to look first."""
    tried = [task for task in by_need(tasks) if task.n]
    if not tried:
        return Sentence("", "Nobody fits these filters" if filtered else NOBODY_YET.removesuffix("."), ".")
    worst, lost = tried[0], lost_successes(tried[0])
    most = max(task.n for task in tried)
    end = f" {TOO_FEW}" if most < COUNTS_ONLY_BELOW else ""
    if lost == 0:
        told = f"{most} of {most}" if len({task.n for task in tried}) == 1 else "everyone who tried"
        return Sentence("Nothing got in the way so far: ", told, f" managed {_all(len(tried))}.{end}")
    before = f"Start with {named(worst.title)}: "
    return Sentence(before, _managed_of(worst), f" managed it.{_best(tried, worst)}{end}")


def _managed_of(task: TaskReport) -> str:
    if task.n >= PERCENT_LEADS_FROM and task.success.rate is not None:
        return f"{percent(task.success.rate)} of {task.n:,} people"
    return f"{of(task.success.successes, task.n)} people" if task.n > 1 else of(task.success.successes, task.n)


def _best(tried: list[TaskReport], worst: TaskReport) -> str:
    best = max(tried, key=lambda task: task.success.rate or 0)
    if best is worst or best.n < COUNTS_ONLY_BELOW or (best.success.rate or 0) < NEARLY_ALL:
        return ""
    whom = "everyone" if best.success.successes == best.n else "nearly everyone"
    return f" {named(best.title)} worked for {whom} we watched."


def _all(count: int) -> str:
    return "the task" if count == 1 else f"all {count} tasks" if count > 2 else "both tasks"


def did_not_finish(task: TaskReport) -> str:
    """How many lost a task, small beneath its name."""
    lost = lost_successes(task)
    if not task.n:
        return "not tried yet"
    if not lost:
        return "everyone finished unaided"
    return f"{of(lost, task.n)} did not finish unaided"


def centre(time: TimeFigures) -> float | None:
    """The typical time: the geometric mean, from 25 on the median."""
    return time.median if time.n >= MEDIAN_FROM else time.geometric_mean


def centre_name(time: TimeFigures) -> str:
    return "median" if time.n >= MEDIAN_FROM else "geometric mean"


def likely_times(time: TimeFigures) -> str:
    """The interval of the typical time, or why there is none."""
    if time.ci is None:
        return "one time, no interval" if time.n == 1 else reason(time.reasons.get("ci"))
    return f"likely {durations(*time.ci)}"


def outcome_sentence(task: TaskReport) -> str:
    """How the attempts ended, and who was wrong about it."""
    if not task.n:
        return "No attempt counts: each was skipped or not recorded."
    said = [f"{of(task.success.successes, task.n)} succeeded without help"]
    if wrong := task.agreement.thinks_done_but_is_not:
        said.append(f"{wrong} thought they were done and were not")
    if unnoticed := task.agreement.done_without_noticing:
        said.append(f"{unnoticed} did not notice that they were done")
    return f"{'; '.join(said)}."


def time_sentence(task: TaskReport) -> str:
    """What a chart of times says."""
    time, n = task.time_on_task, task.n
    typical = centre(time)
    if typical is None:
        return "Nobody finished this task, so there is no time to show."
    if time.n == 1:
        said = f"The one who finished needed {duration(typical)}"
    else:
        said = f"Those who finished typically needed {duration(typical)} ({centre_name(time)} of {time.n:,})"
    if time.ci is not None and time.n > 1:
        said += f"; the true value likely lies between {durations(*time.ci, 'and')}"
    said += "."
    unfinished = n - time.n
    if unfinished > CENSORED_WARNING_ABOVE * n:
        said += f" {of(unfinished, n)} did not finish unaided, so this looks quicker than it is."
    if time.kaplan_meier_median is not None:
        said += f" Counting those who ran out of time, half would need more than {duration(time.kaplan_meier_median)}."
    return said


def ease_sentence(task: TaskReport) -> str:
    """What a chart of ease says, and how far that is from the average task."""
    if task.seq is None or task.seq.mean is None:
        return "Nobody has answered yet."
    said = f"Mean {number(task.seq.mean)} of 7"
    if task.seq.ci is not None:
        said += f", likely {number(task.seq.ci[0])} to {number(task.seq.ci[1])}"
    distance = task.seq.mean - AVERAGE_EASE
    side = "above" if distance > 0 else "below"
    beside = "about as easy as the average task" if abs(distance) < 0.05 else f"{number(abs(distance))} {side} it"
    return f"{said}. An average task gets about {AVERAGE_EASE}: this one is {beside}."


def errors_words(task: TaskReport) -> str:
    """User and system errors, never as one sum."""
    user, system = task.errors.user.total, task.errors.system.total
    said = [f"{user:,} user"] if user else []
    said += [f"{system:,} system"] if system else []
    if not said:
        return "no errors seen"
    if len(said) > 1:
        return ", ".join(said)
    return f"{said[0]} {'error' if user + system == 1 else 'errors'}"


def errors_sentence(task: TaskReport) -> str:
    """How many ran into errors; none seen does not prove that there are none."""
    share = task.errors.attempts_with_errors
    if not share.n:
        return "Nobody has tried it yet."
    if share.count == 0:
        seen = f"No errors were seen in {plural(share.n, 'attempt')}. That does not prove there are none"
        if share.ci is None or share.n < COUNTS_ONLY_BELOW:
            return f"{seen}."
        return f"{seen}: up to {_rounded(100 * share.ci[1], 0)} of 100 people may still meet one."
    return f"{of(share.count, share.n)} ran into errors."


def sus_interval(sus: SusFigures) -> str:
    """Grade and interval beside a SUS score."""
    if sus.mean is None:
        return reason(sus.reasons.get("mean"))
    if sus.ci is None or sus.grade is None:
        return "One answer, no interval"
    said = f"Grade {grade(sus.grade)}, likely {number(sus.ci[0])} to {number(sus.ci[1])}"
    if sus.grade_ci is not None and sus.grade_ci[0] != sus.grade_ci[1]:
        said += f" ({grade(sus.grade_ci[0])} to {grade(sus.grade_ci[1])})"
    return said


def sus_drawn(sus: SusFigures) -> str:
    """How people are drawn on the scale."""
    return "Each small dot is one person." if sus.n <= SUS_DOTS_AT_MOST else "Columns show how many had each score."


def sus_sentence(sus: SusFigures) -> str:
    """What a SUS score is worth among products, and how sure that is."""
    if sus.mean is None:
        return "Nobody has answered all of it yet."
    answers = plural(sus.n, "answer")
    drawn = sus_drawn(sus)
    if sus.ci is None or sus.percentile is None:
        return f"{answers}. {drawn}"
    said = f"{sus.adjective}, and better than about {_rounded(sus.percentile, 0)} % of products. {drawn} "
    low, high = sus.ci
    if low > AVERAGE_SUS:
        return f"{said}With {answers} it is likely above the average of {AVERAGE_SUS}."
    if high < AVERAGE_SUS:
        return f"{said}With {answers} it is likely below the average of {AVERAGE_SUS}."
    return f"{said}With {answers} it could be below or above the average of {AVERAGE_SUS}."


def nps_limits(nps: NpsFigures) -> Limits:
    """The interval of a net score, as far as so few answers carry one: where it is said, drawn or listed."""
    return nps.ci if nps.n >= COUNTS_ONLY_BELOW else None


def nps_interval(nps: NpsFigures) -> str:
    """The interval beside a net score, or why there is none."""
    limits = nps_limits(nps)
    if limits is None:
        return "too few answers for an interval"
    return f"likely {signed(limits[0])} to {signed(limits[1])}"


def nps_sentence(nps: NpsFigures) -> str:
    """The three groups, and whether the interval holds 0."""
    if nps.score is None:
        return "Nobody has answered yet."
    groups = f"{plural(nps.promoters, 'promoter')}, {nps.passives} in between, {plural(nps.detractors, 'detractor')}."
    low, high = nps_limits(nps) or (-100, 100)
    if low > 0:
        return f"{groups} Likely more people would recommend it than not."
    if high < 0:
        return f"{groups} Likely fewer people would recommend it than not."
    return f"{groups} Too few people to tell whether more would recommend it than not."


def _rounded(value: float, digits: int) -> str:
    """Round half up, as people do."""
    scale = 10**digits
    rounded = int(abs(value) * scale + 0.5 + 1e-9) / scale
    text = f"{rounded:.{digits}f}"
    return f"-{text}" if value < 0 and rounded else text
