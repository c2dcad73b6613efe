"""The summary of a study with all that belongs to it: what was written, and what changed since the round before."""

from __future__ import annotations

from collections.abc import Mapping

from usabtest.accounts.models import User
from usabtest.conclusions.queries import concluded_of
from usabtest.reports.assemble import assemble
from usabtest.reports.cx import Changed, CxSummary, changed_since, cx_summary, not_of_a_part
from usabtest.reports.figures import StudyReport
from usabtest.reports.filters import Filters
from usabtest.reports.queries import study_rows
from usabtest.studies.access import Right, may
from usabtest.studies.models import Study


def summary_of(
    study: Study, report: StudyReport, *, reader: User | None, cost_changes: Mapping[str, str] | None = None
) -> CxSummary:
    """Sum a report up. The round before is looked at only if `reader` may read its report, too."""
    return cx_summary(
        report, concluded_of(study), changed=changed_of(study, report, reader), cost_changes=cost_changes or {}
    )


def changed_of(study: Study, report: StudyReport, reader: User | None) -> Changed | None:
    """What changed since the round before, if `reader` may read that one."""
    before = study.previous
    if before is None or reader is None or not may(reader, before, Right.REPORT):
        return None
    if report.filters:
        return not_of_a_part(before.title)
    return changed_since(assemble(study_rows(before, Filters(), now=report.generated_at)), report)
