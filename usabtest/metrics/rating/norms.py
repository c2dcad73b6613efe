"""Where a value stands among others."""

from dataclasses import dataclass

from scipy import special

from usabtest.metrics.intervals import as_number


@dataclass(frozen=True, slots=True, kw_only=True)
class ZScore:
    """A value as standard deviations from a mean, and the percentage of a normal distribution below it."""

    z: float | None
    percent: float | None
    reason: str | None = None


def z_to_percent(value: float, mean: float, sd: float) -> ZScore:
    """Where a value stands among others that are spread normally.

    Parameters
    ----------
    value, mean, sd : float
        The value, and the mean and standard deviation of the others.

    Returns
    -------
    ZScore
        None without spread.

    Raises
    ------
    ValueError
        If `sd` is negative.

    Notes
    -----
    z = (value - mean)/sd; percent = 100·Phi(z).

    Examples
    --------
    >>> place = z_to_percent(630, 469, 119)
    >>> round(place.z, 2), round(place.percent)
    (1.35, 91)
    """
    value, mean = as_number("value", value), as_number("mean", mean)
    sd = as_number("sd", sd, at_least=0)
    if sd == 0:
        return ZScore(z=None, percent=None, reason="no spread")
    z = (value - mean) / sd
    return ZScore(z=z, percent=100 * float(special.ndtr(z)))
