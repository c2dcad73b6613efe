"""Capability tokens: whoever has one may; we keep only its hash."""

from __future__ import annotations

import hashlib
import secrets


def make_token(prefix: str = "") -> str:
    """Return 128 random bits that go into an address; a prefix tells people and scanners what they found."""
    return prefix + secrets.token_urlsafe(16)


def token_digest(token: str) -> bytes:
    """Return what is kept of a token. A plain hash will do: nobody can guess 128 bits."""
    return hashlib.sha256(token.encode()).digest()
