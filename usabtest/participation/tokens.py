"""Recording tokens: what lets a browser write its own session and read its own state, and nothing else.

A token is the session's id and a signature over it, so that checking one needs no database.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

_ID_BYTES = 8
_MAC_BYTES = 16


def recording_token(session_id: int, *, secret_key: str) -> str:
    """Return the token of a session: 32 characters that are safe in addresses and JSON."""
    identity = session_id.to_bytes(_ID_BYTES, "big")
    return base64.urlsafe_b64encode(identity + _mac(identity, secret_key)).decode("ascii")


def session_id_of(token: str, *, secret_key: str) -> int | None:
    """Return the session that a token is good for, or None if it was not made here."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    if len(raw) != _ID_BYTES + _MAC_BYTES:
        return None
    identity, mac = raw[:_ID_BYTES], raw[_ID_BYTES:]
    if not hmac.compare_digest(mac, _mac(identity, secret_key)):
        return None
    return int.from_bytes(identity, "big")


def _mac(identity: bytes, secret_key: str) -> bytes:
    key = hashlib.sha256(b"usabtest recording token\0" + secret_key.encode()).digest()
    return hmac.new(key, identity, hashlib.sha256).digest()[:_MAC_BYTES]
