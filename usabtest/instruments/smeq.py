"""Subjective Mental Effort Question."""

from usabtest.instruments.types import Instrument, Item

SMEQ = Instrument(
    key="smeq",
    name="Subjective Mental Effort Question",
    items=(
        Item(
            "smeq",
            "How much effort did it take you to do the task?",
            0,
            150,
            ("Not at all hard to do", "Tremendously hard to do"),
        ),
    ),
    scoring="smeq_summary",
    source=(
        "Zijlstra, F. R. H. and van Doorn, L. (1985). The construction of a scale to measure subjective effort. Delft."
    ),
)
