"""The vocabulary: what can happen in a participant's browser, and how it is said on the wire."""
