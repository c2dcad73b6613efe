"""The addresses of shared reports."""

from __future__ import annotations

from usabtest.web.links import public_address


def share_link(token: str) -> str:
    return public_address("sharing.shared", token=token)
