"""From what a browser says of itself to words: which kind of device, which browser."""

from __future__ import annotations

from dataclasses import dataclass

from ua_parser import parse

_TABLET_AT_LEAST_PX = 600
# The header is matched with a thousand patterns, and anybody can send any.
_LONGEST_HEADER = 500
_LONGEST_BROWSER = 100


@dataclass(frozen=True, slots=True)
class DeviceWords:
    """`kind` is desktop, tablet or phone; `browser` is like "Chrome 131", None if it does not say."""

    kind: str
    browser: str | None


def described(user_agent: str, *, touch: bool = False, width_px: int | None = None) -> DeviceWords:
    """Read a User-Agent header; an iPad that calls itself a Mac is told by its touch screen."""
    user_agent = user_agent[:_LONGEST_HEADER]
    agent = parse(user_agent).user_agent
    browser = f"{agent.family} {agent.major or ''}".strip()[:_LONGEST_BROWSER] if agent else None
    return DeviceWords(kind=_kind(user_agent, touch=touch, width_px=width_px), browser=browser)


def _kind(user_agent: str, *, touch: bool, width_px: int | None) -> str:
    if "iPad" in user_agent or ("Macintosh" in user_agent and touch):
        return "tablet"
    if "Android" in user_agent and "Mobile" not in user_agent:
        return "tablet"
    if "Mobi" in user_agent or "iPhone" in user_agent:
        return "tablet" if (width_px or 0) >= _TABLET_AT_LEAST_PX and "iPhone" not in user_agent else "phone"
    return "desktop"
