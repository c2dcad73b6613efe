"""Single Ease Question."""

from usabtest.instruments.types import Instrument, Item

SEQ = Instrument(
    key="seq",
    name="Single Ease Question",
    items=(
        Item("seq", "Overall, how difficult or easy was the task to complete?", 1, 7, ("Very difficult", "Very easy")),
    ),
    scoring="seq_summary",
    source=(
        "Sauro, J. and Dumas, J. S. (2009). Comparison of three one-question, post-task usability questionnaires. CHI."
    ),
)
