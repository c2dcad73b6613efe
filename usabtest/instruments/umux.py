"""Usability Metric for User Experience."""

from usabtest.instruments.types import Instrument, Item

_TEXTS = (
    "This system's capabilities meet my requirements.",
    "Using this system is a frustrating experience.",
    "This system is easy to use.",
    "I have to spend too much time correcting things with this system.",
)

UMUX = Instrument(
    key="umux",
    name="Usability Metric for User Experience",
    items=tuple(
        Item(f"umux_{number}", text, 1, 7, ("Strongly disagree", "Strongly agree"))
        for number, text in enumerate(_TEXTS, start=1)
    ),
    scoring="umux_score",
    source="Finstad, K. (2010). The Usability Metric for User Experience. Interacting with Computers 22(5).",
)
