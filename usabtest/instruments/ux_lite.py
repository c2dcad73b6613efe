"""UX-Lite."""

from usabtest.instruments.types import Instrument, Item

UX_LITE = Instrument(
    key="ux_lite",
    name="UX-Lite",
    items=(
        Item("ux_lite_1", "The system's features meet my needs.", 1, 5, ("Strongly disagree", "Strongly agree")),
        Item("ux_lite_2", "The system is easy to use.", 1, 5, ("Strongly disagree", "Strongly agree")),
    ),
    scoring="ux_lite_score",
    source="Lewis, J. R. and Sauro, J. (2021). Measuring UX: from the UMUX-Lite to the UX-Lite. MeasuringU.",
    note="Its relation to SUS is another one than UMUX-Lite's.",
)
