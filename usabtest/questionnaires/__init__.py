"""Asking, and keeping answers."""
