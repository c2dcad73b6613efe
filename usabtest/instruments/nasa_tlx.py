"""Raw NASA Task Load Index."""

from usabtest.instruments.types import Instrument, Item

_LOW_TO_HIGH = ("Very low", "Very high")

NASA_TLX = Instrument(
    key="nasa_tlx",
    name="NASA Task Load Index",
    items=(
        Item("mental", "How mentally demanding was the task?", 0, 100, _LOW_TO_HIGH, 5),
        Item("physical", "How physically demanding was the task?", 0, 100, _LOW_TO_HIGH, 5),
        Item("temporal", "How hurried or rushed was the pace of the task?", 0, 100, _LOW_TO_HIGH, 5),
        Item(
            "performance",
            "How successful were you in accomplishing what you were asked to do?",
            0,
            100,
            ("Perfect", "Failure"),
            5,
        ),
        Item(
            "effort", "How hard did you have to work to accomplish your level of performance?", 0, 100, _LOW_TO_HIGH, 5
        ),
        Item(
            "frustration",
            "How insecure, discouraged, irritated, stressed, and annoyed were you?",
            0,
            100,
            _LOW_TO_HIGH,
            5,
        ),
    ),
    scoring="nasa_tlx",
    source="Hart, S. G. (2006). NASA-Task Load Index (NASA-TLX); 20 years later. Proceedings of the HFES 50.",
)
