"""Participants, their sessions and attempts: who took part, in which order of tasks, and how each attempt ended."""
