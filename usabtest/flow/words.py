"""What we say to participants where the study says nothing of its own."""

from __future__ import annotations

from collections.abc import Mapping

STANDARD_WELCOME = "Thank you for your time."
# That one can stop at any time stands below it, whatever the consent says.
STANDARD_CONSENT = "We record your clicks, the pages you visit and errors, never what you type."

RECORDS = ("pages you open and what you click", "how long each task takes", "your answers to our questions")
NEVER = ("anything you type on the site", "your camera or microphone", "other tabs or sites")

# What stands behind each door, and at the end: heading, text.
DOORS: Mapping[str, tuple[str, str]] = {
    "not_ready": ("This study is still being written", "It has no task yet that could be tried out."),
    "taken": ("Already taken", "This test was taken with this link or in this browser. Each person takes part once."),
    "screened_out": (
        "Thank you for your interest",
        "This time we are looking for people with other experience. Nothing you answered was kept.",
    ),
    "too_late": (
        "This test has ended",
        "It was left more than a day ago, so it cannot go on. Thank you for your time.",
    ),
    "closed": ("This study has ended", "Thank you for your interest. No more participants are needed."),
    "paused": ("This study is paused", "Nobody can begin at the moment. Try this link again later."),
    "full": ("This study is complete", "Enough people have taken part. Thank you for your interest."),
    "invited_only": (
        "A personal invitation is needed",
        "This study is open only to people who were sent a link of their own.",
    ),
    "used": ("This invitation was used", "Each invitation is for one person and works once."),
    "wrong_device": (
        "This study needs another device",
        "It cannot be taken on this kind of device. Open the same link on another one.",
    ),
    "declined": ("That is fine", "Nothing was recorded and nothing is kept. You can close this page."),
    "withdrawn": ("Deleted", "Everything that was recorded of you is deleted. You can close this page."),
    "not_withdrawn": (
        "Not deleted",
        "What was recorded of you is still here. Whoever invited you can delete it.",
    ),
    "left": ("You have left the test", "What was recorded until then is kept. Thank you for your time."),
    "thanks": ("Thank you", "Your answers have arrived. You can close this page."),
}
