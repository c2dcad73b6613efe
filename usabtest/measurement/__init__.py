"""Ended attempts, measured: counts and times folded from their events, kept, and recomputable at any time."""
