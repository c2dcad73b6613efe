"""A study in figures; reads only."""
