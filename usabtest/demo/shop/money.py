"""Money, in pence until it is shown."""

from __future__ import annotations


def pounds(pence: int) -> str:
    """Write an amount as a price.

    >>> pounds(1250)
    '£12.50'
    >>> pounds(-90)
    '−£0.90'
    """
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100}.{abs(pence) % 100:02}"
