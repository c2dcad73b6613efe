"""What every file says of itself: which study, of whom, when, by which version, from which data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from usabtest.reports.export.parts import EVERYTHING, Parts
from usabtest.reports.figures import StudyReport
from usabtest.reports.origin import filters_in_words, origin
from usabtest.reports.words import people, plural


@dataclass(frozen=True, slots=True)
class Imprint:
    study: str
    generated: str
    day: str
    people: str
    filters: str
    version: str
    checksum: str
    method: str
    left_out: str

    @property
    def rows(self) -> Mapping[str, str]:
        """All of it, each with its name."""
        return {
            "Study": self.study,
            "Generated": self.generated,
            "People": self.people,
            "Showing": self.filters,
            "Left out": self.left_out,
            "Method": self.method,
            "Made by": self.version,
            "Checksum of the data": self.checksum,
        }

    @property
    def line(self) -> str:
        """All that tells one file from another, short enough for the foot of a page."""
        return " · ".join((self.people, self.filters, self.version, f"data {self.checksum}"))


def imprint(report: StudyReport, parts: Parts = EVERYTHING) -> Imprint:
    """Say where the figures of a file come from; who was left out and why only to those who see people and words."""
    made = origin(report)
    at = report.generated_at
    named = parts.people and parts.words
    return Imprint(
        study=report.study.title,
        generated=made.generated,
        day=f"{at.day} {at:%B %Y}",
        people=people(len(report.people)),
        filters=", ".join(one.words for one in filters_in_words(report.filters)),
        version=f"usabtest {made.version}",
        checksum=made.checksum,
        method=made.method,
        left_out=made.left_out if named or not report.left_out else _counted(report),
    )


def _counted(report: StudyReport) -> str:
    said = f"{plural(len(report.left_out), 'participant')} left out."
    pilot = report.participants.pilot
    return f"{said} {plural(pilot, 'pilot run')} not counted." if pilot else said
