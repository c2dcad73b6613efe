"""Words that not every reader has learned, each with what it means: pages explain it at the press of a button."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word as pages show it, and what it means; nothing where the word says it itself."""

    word: str
    about: str = ""


Told = tuple[str | Term, ...]
"""A sentence of which some words are explained."""

SUS = Term(
    "SUS",
    "The System Usability Scale: ten statements after the test, scored 0 to 100. It is no percentage: 68 is average. "
    "Letters are grades among other products.",
)
UMUX_LITE = Term(
    "UMUX-Lite",
    "Two statements after the test, that it does what people need and that it is easy to use, scored 0 to 100. It is "
    "no percentage. What the System Usability Scale (SUS) asks in ten statements, where 68 is average, it asks in two.",
)
NPS = Term(
    "likelihood to recommend",
    "How likely people would be to recommend it, 0 to 10. 9 and 10 count as promoters, 0 to 6 as detractors; the score "
    "is the difference of their shares, from −100 to +100. Known as Net Promoter Score, a mark of its owners.",
)
CSAT = Term(
    "CSAT",
    "Customer satisfaction: how satisfied people were, 1 to 5, asked after the test. Who gave one of the two best "
    "points counts as satisfied.",
)
CES = Term(
    "CES",
    "Customer effort score: how far people agree, 1 to 7, that it was made easy for them, asked after the test. It is "
    "the mean; 5 to 7 count as agreed.",
)
EASE = Term(
    "Felt easy",
    "The Single Ease Question after the task: 1 is very difficult, 7 very easy. An average task gets about 5.5.",
)
FIRST_CLICK = Term(
    "First click in the right place",
    "Whose first click lay in an area that leads to the goal, of those who clicked. Who begins right mostly gets "
    "there.",
)
CLICKS = Term(
    "Clicks to finish",
    "How many clicks it took those who finished without help. The median is the number in the middle: half of them "
    "needed no more.",
)
LOSTNESS = Term(
    "Lostness",
    "How far the pages that people saw are from the shortest way: 0 is straight there. Below 0.4 is not lost, above "
    "0.5 is lost. Of those who finished only.",
)
