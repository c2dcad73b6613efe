"""The figures of a whole study as groups of lines: each a name, what it says, and what that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from usabtest.reports.export.tables import Cell, Kind
from usabtest.reports.figures import (
    CesFigures,
    CompletenessFigures,
    CsatFigures,
    Limits,
    NpsFigures,
    ParticipantFigures,
    StudyReport,
    SusFigures,
    UmuxLiteFigures,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure; None where it could not be computed."""

    name: str
    value: Cell
    kind: Kind = Kind.COUNT


Group = tuple[str, tuple[Line, ...]]


def headline(report: StudyReport) -> Iterator[Group]:
    """Who took part, how complete the recording is, and each questionnaire that was asked after the test."""
    yield "Who took part", tuple(_people(report.participants))
    yield "How complete the recording is", tuple(_complete(report.completeness))
    if report.sus is not None:
        yield "SUS", tuple(_sus(report.sus))
    if report.nps is not None:
        yield "Likelihood to recommend (NPS)", tuple(_nps(report.nps))
    if report.csat is not None:
        yield "Satisfied (CSAT)", tuple(_csat(report.csat))
    if report.ces is not None:
        yield "Made it easy (CES)", tuple(_ces(report.ces))
    if report.umux_lite is not None:
        yield "Useful and easy to use (UMUX-Lite)", tuple(_umux_lite(report.umux_lite))


def _people(it: ParticipantFigures) -> Iterator[Line]:
    """Under a filter those who have no name are not known, and are left out."""
    if it.invited is not None:
        yield Line("Invited", it.invited)
    yield Line("Screened out", it.screened_out)
    if it.declined is not None:
        yield Line("Did not agree", it.declined)
    if it.withdrawn is not None:
        yield Line("Withdrew", it.withdrawn)
    yield Line("Sent to the site", it.sent)
    yield Line("Arrived", it.arrived)
    yield Line("Started", it.started)
    yield Line("At it now", it.in_progress)
    yield Line("Reached the end", it.completed)
    yield Line("Left before the end", it.abandoned)
    yield Line("Left out", it.excluded)
    yield Line("Pilot runs, not counted", it.pilot)


def _complete(it: CompletenessFigures) -> Iterator[Line]:
    yield Line("Events received", it.events_received)
    yield Line("Events missing", it.events_missing)
    yield Line("Lost in the browser", it.dropped_in_browser)
    yield Line("Sessions with gaps", it.sessions_with_gaps)
    yield Line("Streams without end", it.streams_without_end)


def _sus(it: SusFigures) -> Iterator[Line]:
    yield Line("Answers", it.n)
    yield Line("Mean", it.mean, Kind.SCORE)
    yield from _likely(it.ci, Kind.SCORE)
    yield Line("Median", it.median, Kind.SCORE)
    yield Line("Standard deviation", it.sd, Kind.SCORE)
    yield Line("Grade", it.grade, Kind.WORDS)
    yield Line("Percentile", it.percentile, Kind.SCORE)
    yield Line("In a word", it.adjective, Kind.WORDS)


def _nps(it: NpsFigures) -> Iterator[Line]:
    yield Line("Answers", it.n)
    yield Line("Score", it.score, Kind.SCORE)
    yield from _likely(it.ci, Kind.SCORE)
    yield Line("Promoters", it.promoters)
    yield Line("In between", it.passives)
    yield Line("Detractors", it.detractors)


def _csat(it: CsatFigures) -> Iterator[Line]:
    yield Line("Answers", it.n)
    yield Line("Satisfied", it.satisfied)
    yield Line("Share", it.rate, Kind.SHARE)
    yield from _likely(it.ci, Kind.SHARE)


def _ces(it: CesFigures) -> Iterator[Line]:
    yield Line("Answers", it.n)
    yield Line("Mean", it.mean, Kind.SCORE)
    yield from _likely(it.ci, Kind.SCORE)
    yield Line("Agreed", it.agreement.count)


def _umux_lite(it: UmuxLiteFigures) -> Iterator[Line]:
    yield Line("Answers", it.n)
    yield Line("Mean", it.mean, Kind.SCORE)
    yield from _likely(it.ci, Kind.SCORE)
    yield Line("SUS expected from it", it.sus_estimate, Kind.SCORE)


def _likely(ci: Limits, kind: Kind) -> Iterator[Line]:
    low, high = ci or (None, None)
    yield Line("Likely from", low, kind)
    yield Line("Likely to", high, kind)
