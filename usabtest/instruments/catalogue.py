"""Every instrument by its key."""

from collections.abc import Mapping
from types import MappingProxyType

from usabtest.instruments.asq import ASQ
from usabtest.instruments.ces import CES
from usabtest.instruments.csat import CSAT
from usabtest.instruments.nasa_tlx import NASA_TLX
from usabtest.instruments.nps import NPS
from usabtest.instruments.seq import SEQ
from usabtest.instruments.smeq import SMEQ
from usabtest.instruments.sus import SUS
from usabtest.instruments.types import Instrument
from usabtest.instruments.umux import UMUX
from usabtest.instruments.umux_lite import UMUX_LITE
from usabtest.instruments.ux_lite import UX_LITE

INSTRUMENTS: Mapping[str, Instrument] = MappingProxyType(
    {
        instrument.key: instrument
        for instrument in (SUS, UMUX_LITE, NPS, CSAT, CES, SEQ, ASQ, SMEQ, UMUX, UX_LITE, NASA_TLX)
    }
)


def instrument(key: str) -> Instrument:
    """The instrument of that key.

    Raises
    ------
    ValueError
        If there is none.

    Examples
    --------
    >>> instrument("seq").items[0].text
    'Overall, how difficult or easy was the task to complete?'
    """
    if key not in INSTRUMENTS:
        raise ValueError(f"key must be one of {', '.join(INSTRUMENTS)}, got {key!r}")
    return INSTRUMENTS[key]
