"""UMUX-Lite."""

from usabtest.instruments.types import Instrument, Item

UMUX_LITE = Instrument(
    key="umux_lite",
    name="UMUX-Lite",
    items=(
        Item(
            "umux_lite_1",
            "This system's capabilities meet my requirements.",
            1,
            7,
            ("Strongly disagree", "Strongly agree"),
        ),
        Item("umux_lite_2", "This system is easy to use.", 1, 7, ("Strongly disagree", "Strongly agree")),
    ),
    scoring="umux_lite_score",
    source="Lewis, J. R., Utesch, B. S. and Maher, D. E. (2013). UMUX-LITE: when there's no time for the SUS. CHI.",
)
