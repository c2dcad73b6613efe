"""Reading a great many small values at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no cycles while values are made that have none.

    The collector walks over all that is there each time a quarter more has been made: with the attempts of ten thousand
    people in memory that took a third of the time of a file.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
