"""System Usability Scale."""

from usabtest.instruments.types import Instrument, Item

_TEXTS = (
    "I think that I would like to use this system frequently.",
    "I found the system unnecessarily complex.",
    "I thought the system was easy to use.",
    "I think that I would need the support of a technical person to be able to use this system.",
    "I found the various functions in this system were well integrated.",
    "I thought there was too much inconsistency in this system.",
    "I would imagine that most people would learn to use this system very quickly.",
    "I found the system very cumbersome to use.",
    "I felt very confident using the system.",
    "I needed to learn a lot of things before I could get going with this system.",
)

SUS = Instrument(
    key="sus",
    name="System Usability Scale",
    items=tuple(
        Item(f"sus_{number}", text, 1, 5, ("Strongly disagree", "Strongly agree"))
        for number, text in enumerate(_TEXTS, start=1)
    ),
    scoring="sus_score",
    source=(
        'Brooke, J. (1996). SUS: a "quick and dirty" usability scale. In Jordan, Thomas, Weerdmeester and McClelland '
        "(eds.), Usability Evaluation in Industry. Taylor and Francis. Copyright Digital Equipment Corporation, 1986."
    ),
)
