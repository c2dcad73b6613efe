"""How long to wait after wrong passwords: pure arithmetic, for a person's account and for an address of the network."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import math

FREE_TRIES = 5
# A shared report's password is typed by many, each of whom may get it wrong.
FREE_TRIES_AT_A_SHARE = 10
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 15 * 60
FORGOTTEN_AFTER = dt.timedelta(days=1)


def wait_s(count: int, last_at: dt.datetime, now: dt.datetime, *, free_tries: int = FREE_TRIES) -> int:
    """Return the whole seconds until the next try, 0 if it may be now.

    `count` wrong passwords in a row, the last one at `last_at`: after the free ones it is 30 s, then twice as long each
    time.
    """
    if count < free_tries:
        return 0
    wait = min(LONGEST_WAIT_S, FIRST_WAIT_S << min(count - free_tries, 10))
    return max(0, math.ceil(wait - (now - last_at).total_seconds()))


def in_words(seconds: int) -> str:
    """Say how long to wait.

    >>> in_words(30), in_words(60), in_words(870)
    ('30 seconds', '1 minute', '15 minutes')
    """
    if seconds < 120 and seconds != 60:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'s' if minutes != 1 else ''}"


def subjects(email: str, address: str | None) -> tuple[bytes, ...]:
    """Return under what tries are counted: the e-mail address and where they come from, hashed, in a fixed order."""
    return _hashed("email", email, "address", address)


def subjects_of_share(share_id: int, address: str | None) -> tuple[bytes, ...]:
    """Return under what tries at a shared report are counted, apart from those at signing in."""
    return _hashed("share", str(share_id), "share-address", address)


def _hashed(kind: str, name: str, kind_of_address: str, address: str | None) -> tuple[bytes, ...]:
    names = [f"{kind}:{name}"]
    if network := _network(address):
        names.append(f"{kind_of_address}:{network}")
    return tuple(sorted(hashlib.sha256(name.encode()).digest() for name in names))


def _network(address: str | None) -> str | None:
    """Return whom an address stands for: with IPv6 one customer has a whole /64."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return None
    if parsed.version == 6 and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
