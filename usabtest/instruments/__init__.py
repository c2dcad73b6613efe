"""The standard questionnaires as data: wording, scale, source, and which metric scores them."""

from usabtest.instruments.catalogue import INSTRUMENTS, instrument
from usabtest.instruments.types import Instrument, Item

__all__ = ["INSTRUMENTS", "Instrument", "Item", "instrument"]
