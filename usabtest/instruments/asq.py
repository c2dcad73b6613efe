"""After-Scenario Questionnaire."""

from usabtest.instruments.types import Instrument, Item

_AGREEMENT = ("Strongly agree", "Strongly disagree")

ASQ = Instrument(
    key="asq",
    name="After-Scenario Questionnaire",
    items=(
        Item(
            "asq_1", "Overall, I am satisfied with the ease of completing the tasks in this scenario.", 1, 7, _AGREEMENT
        ),
        Item(
            "asq_2",
            "Overall, I am satisfied with the amount of time it took to complete the tasks in this scenario.",
            1,
            7,
            _AGREEMENT,
        ),
        Item(
            "asq_3",
            "Overall, I am satisfied with the support information (on-line help, messages, documentation) when "
            "completing the tasks.",
            1,
            7,
            _AGREEMENT,
        ),
    ),
    scoring="asq_score",
    source=(
        "Lewis, J. R. (1991). Psychometric evaluation of an after-scenario questionnaire for computer usability "
        "studies. SIGCHI Bulletin 23(1)."
    ),
    note="1 is strongly agree, as in the original: low is good.",
)
