"""How long to wait after wrong passwords: pure arithmetic, for a person's account and for an address of the network."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import math

FREE_TRIES = 5
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 15 * 60
FORGOTTEN_AFTER = dt.timedelta(days=1)


def wait_s(count: int, last_at: dt.datetime, now: dt.datetime) -> int:
    """Return the whole seconds until the next try, 0 if it may be now.

    `count` wrong passwords in a row, the last one at `last_at`: after five it is 30 s, then twice as long each time.
    """
    if count < FREE_TRIES:
        return 0
    wait = min(LONGEST_WAIT_S, FIRST_WAIT_S << min(count - FREE_TRIES, 10))
    return max(0, math.ceil(wait - (now - last_at).total_seconds()))


def subjects(email: str, address: str | None) -> tuple[bytes, ...]:
    """Return under what tries are counted: the e-mail address and where they come from, hashed, in a fixed order."""
    names = [f"email:{email}"]
    if network := _network(address):
        names.append(f"address:{network}")
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
