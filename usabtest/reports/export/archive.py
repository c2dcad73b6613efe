"""Tables in one ZIP that is sent while they are read, and in it a text that says where they come from."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def archive(tables: Mapping[str, Iterable[str]], about: Mapping[str, str]) -> Iterator[bytes]:
    """Yield a ZIP of `tables`, read piece by piece, and of `about.txt`: `about`, and the lines and SHA-256 of each."""
    sink = _Sink()
    told = [f"{name}: {' '.join(text.split())}" for name, text in about.items()]
    with ZipFile(sink, "w", ZIP_DEFLATED) as file:
        for name, pieces in tables.items():
            digest, lines = hashlib.sha256(), 0
            # How large it gets is not known before.
            with file.open(_member(name), "w", force_zip64=True) as member:
                for piece in pieces:
                    data = piece.encode()
                    digest.update(data)
                    lines += data.count(b"\n")
                    member.write(data)
                    yield sink.taken()
            told.append(f"{name}: {lines} lines, SHA-256 {digest.hexdigest()}")
        file.writestr("about.txt", "\n".join(told) + "\n")
    yield sink.taken()


def _member(name: str) -> ZipInfo:
    made = ZipInfo(name, time.localtime()[:6])
    made.compress_type = ZIP_DEFLATED
    return made


class _Sink(io.RawIOBase):
    """What was written and not yet taken; it has no place to go back to."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self._written)
        self._written.clear()
        return data
