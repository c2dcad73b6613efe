"""A report in plain words, on one page, for those who look after customers."""

from usabtest.reports.cx.changed import Changed, changed_since, not_of_a_part
from usabtest.reports.cx.cost import COST_CHANGES, CostShown
from usabtest.reports.cx.felt import Felt
from usabtest.reports.cx.suggestions import Suggestion, suggest
from usabtest.reports.cx.summary import AskedTask, CxFinding, CxSummary, cx_summary

__all__ = [
    "COST_CHANGES",
    "AskedTask",
    "Changed",
    "CostShown",
    "CxFinding",
    "CxSummary",
    "Felt",
    "Suggestion",
    "changed_since",
    "cx_summary",
    "not_of_a_part",
    "suggest",
]
