"""How it felt: what people said afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from usabtest.reports.figures import StudyReport, SusFigures
from usabtest.reports.terms import Term
from usabtest.reports.words import (
    AVERAGE_SUS,
    Sentence,
    nps_interval,
    nps_limits,
    number,
    of,
    plural,
    share_beside,
    signed,
)


@dataclass(frozen=True, slots=True)
class Felt:
    """What people said afterwards: the sentence with its figure marked, the doubt, and what the measure is."""

    said: Sentence
    doubt: str
    measure: Term


# Each measure as those know it who care for customers.
_USABILITY = Term(
    "Usability (SUS)",
    "Ten statements about using the site, from 0 to 100; it is no percentage. Close to satisfaction (CSAT), but about "
    "the handling, not about the offer. Letters are grades among other products, F to A.",
)
_USEFUL = Term(
    "Useful and easy to use (UMUX-Lite)",
    "Two statements, that it does what people need and that it is easy to use, from 0 to 100; it is no percentage.",
)
_SATISFACTION = Term(
    "Satisfaction (CSAT)",
    "How satisfied people were, 1 to 5. Whoever gave 4 or 5 counts as satisfied, as in surveys after a contact.",
)
_EFFORT = Term(
    "Effort (CES)",
    "Whether it was made easy for people, 1 to 7. Whoever gave 5 to 7 agrees. Effort goes with repeated contacts and "
    "with people who leave.",
)
_RECOMMENDING = Term(
    "Likelihood to recommend (NPS)",
    "Of 100 people, those who would warmly recommend it (9 or 10 of 10) less those who would not (0 to 6): from −100 "
    "to +100.",
)


def felt(report: StudyReport) -> Iterator[Felt]:
    """Each questionnaire that was answered, in the words of people who care for customers."""
    if report.sus is not None and report.sus.mean is not None:
        yield _sus(report.sus)
    if (umux := report.umux_lite) is not None and umux.mean is not None:
        likely = f"Likely {number(umux.ci[0], 0)} to {number(umux.ci[1], 0)}." if umux.ci else ""
        yield Felt(
            Sentence("People rated it ", f"{number(umux.mean, 0)} of 100 points", " for being useful and easy to use."),
            likely,
            _USEFUL,
        )
    if (csat := report.csat) is not None and csat.n:
        beside = _sentence(share_beside(csat.rate, csat.ci, csat.n))
        yield Felt(Sentence("", of(csat.satisfied, csat.n), " were satisfied."), beside, _SATISFACTION)
    if (ces := report.ces) is not None and ces.agreement.n:
        share = ces.agreement
        beside = _sentence(share_beside(share.rate, share.ci, share.n))
        yield Felt(Sentence("", of(share.count, share.n), " said that it was made easy for them."), beside, _EFFORT)
    if (nps := report.nps) is not None and nps.score is not None:
        groups = f" would recommend it warmly, {nps.detractors} would not, {nps.passives} in between."
        likely = f"A score of {signed(nps.score)}, {nps_interval(nps)}."
        if nps_limits(nps) is None:
            likely = f"With {plural(nps.n, 'answer')} that says little of others."
        yield Felt(Sentence("", of(nps.promoters, nps.n), groups), likely, _RECOMMENDING)


def _sus(sus: SusFigures) -> Felt:
    mean = sus.mean or 0
    points = f"{number(mean, 0)} of 100 points"
    if sus.ci is None or sus.percentile is None:
        return Felt(
            Sentence("One person rated it ", points, " for ease of use."), "One answer says little.", _USABILITY
        )
    grade = f"That is {_adjective(sus.adjective or '')}: better than about {number(sus.percentile, 0)} in 100 products."
    said = f" for ease of use. {grade} An average product gets {AVERAGE_SUS}."
    likely = (
        f"With {sus.n:,} answers the true value likely lies between {number(sus.ci[0], 0)} and {number(sus.ci[1], 0)}."
    )
    return Felt(Sentence("People rated it ", points, said), likely, _USABILITY)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _adjective(words: str) -> str:
    return words if words == "OK" else words.lower()
