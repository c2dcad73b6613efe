"""Likelihood to recommend."""

from usabtest.instruments.types import Instrument, Item

NPS = Instrument(
    key="nps",
    name="Likelihood to recommend",
    items=(
        Item(
            "nps",
            "How likely are you to recommend this site to a friend or colleague?",
            0,
            10,
            ("Not at all likely", "Extremely likely"),
        ),
    ),
    scoring="nps",
    source="Reichheld, F. F. (2003). The one number you need to grow. Harvard Business Review 81(12).",
    note=(
        "Net Promoter, Net Promoter Score and NPS are registered trademarks of Bain & Company, Inc., "
        "NICE Systems, Inc. and Fred Reichheld."
    ),
)
