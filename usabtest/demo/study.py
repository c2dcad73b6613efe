"""The study that is ready when the demo starts."""

from __future__ import annotations

from importlib import resources

from usabtest.studyfile.read import read_text
from usabtest.studyfile.types import StudySpec


def demo_study(shop: str) -> StudySpec:
    """Return the demo's study for the shop at this address (without a slash at the end).

    >>> [task.key for task in demo_study("http://127.0.0.1:8001").tasks]
    ['find-present', 'delivery-costs', 'order-two', 'pay-voucher', 'send-back']
    """
    text = resources.files("usabtest.demo").joinpath("study.yaml").read_text(encoding="utf-8")
    return read_text(text.replace("{shop}", shop))
