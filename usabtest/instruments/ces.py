"""Customer Effort Score 2.0."""

from usabtest.instruments.types import Instrument, Item

CES = Instrument(
    key="ces",
    name="Customer Effort Score",
    items=(
        Item(
            "ces",
            "This site made it easy for me to do what I wanted to do.",
            1,
            7,
            ("Strongly disagree", "Strongly agree"),
        ),
    ),
    scoring="ces",
    source="Dixon, M., Toman, N. and DeLisi, R. (2013). The Effortless Experience. Portfolio. Version 2.0 of the item.",
)
