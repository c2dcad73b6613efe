"""The only reader of the snippet's format: bytes become a :class:`Batch`, or a :class:`WireError`.

The envelope is read strictly, for without it nothing could be told apart or acknowledged. Of the events each is read
by itself: one that is malformed is passed over and counted, and the batch is good all the same.
"""

from __future__ import annotations

import re
import zlib

from usabtest.events import version1, version2
from usabtest.events.batch import BATCH_BYTES, Batch, WireError

__all__ = ["BATCH_BYTES", "Batch", "WireError", "decode", "is_deflated", "token_in"]

# A text that the browser cut inside an emoji ends in half a character. JSON.stringify writes it as an escape that no
# UTF-8 text can hold, and for it alone a participant's answer must not be lost. Nor for a character 0, which
# PostgreSQL keeps in no text.
_SUSPECT = (b"\\ud", b"\\uD", b"\\u0000")
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<bad>u[dD][89a-fA-F][0-9a-fA-F]{2}|u0000)|.)",
    re.DOTALL,
)
_DEFLATED = b"x"  # a zlib stream begins with it, and no batch as text


def decode(body: bytes) -> Batch:
    """The batch in the body of a request, or in a stored row: both hold the very bytes that the browser froze."""
    text = _mended(_text_of(body))
    return version2.read(text) if version2.is_meant(text) else version1.read(text)


def is_deflated(body: bytes) -> bool:
    """Whether the browser has compressed this body."""
    return body.startswith(_DEFLATED)


def token_in(body: bytes) -> str | None:
    """The token that a body names, whatever else is wrong with it."""
    try:
        text = _mended(_text_of(body))
    except WireError:
        return None
    return version2.token_in(text) if version2.is_meant(text) else version1.token_in(text)


def _text_of(body: bytes) -> bytes:
    """A body as it was before the browser compressed it; not more of it than a batch may have."""
    if not is_deflated(body):
        return body
    inflating = zlib.decompressobj()
    try:
        text = inflating.decompress(body, BATCH_BYTES + 1)
    except zlib.error as error:
        raise WireError("This is no batch: it cannot be decompressed.") from error
    if not inflating.eof or inflating.unused_data or len(text) > BATCH_BYTES:
        raise WireError(f"This is no batch of at most {BATCH_BYTES} bytes, compressed.")
    return text


def _mended(body: bytes) -> bytes:
    """The body without what no database keeps in a text: half characters, and the character 0."""
    if not any(escape in body for escape in _SUSPECT):
        return body
    return _ESCAPE.sub(lambda escape: rb"\ufffd" if escape["bad"] else escape[0], body)
