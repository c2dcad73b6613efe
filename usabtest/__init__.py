"""usabtest: the open, self-hosted usability lab for live websites."""

__version__ = "0.1.0"
