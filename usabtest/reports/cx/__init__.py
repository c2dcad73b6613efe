"""A report in plain words, on one page, for those who look after customers."""

from usabtest.reports.cx.cost import COST_CHANGES, CostShown
from usabtest.reports.cx.felt import Felt
from usabtest.reports.cx.suggestions import Suggestion, suggest
from usabtest.reports.cx.summary import AskedTask, Changed, CxFinding, CxSummary, cx_summary

__all__ = [
    "COST_CHANGES",
    "AskedTask",
    "Changed",
    "CostShown",
    "CxFinding",
    "CxSummary",
    "Felt",
    "Suggestion",
    "cx_summary",
    "suggest",
]
