"""Customer satisfaction."""

from usabtest.instruments.types import Instrument, Item

CSAT = Instrument(
    key="csat",
    name="Customer satisfaction",
    items=(
        Item("csat", "Overall, how satisfied are you with this site?", 1, 5, ("Very dissatisfied", "Very satisfied")),
    ),
    scoring="csat",
    source="Common practice in customer research; share of the two top boxes.",
)
