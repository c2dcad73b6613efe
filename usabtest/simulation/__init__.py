"""Synthetic participants: they come through the front door and speak HTTP only, as a browser would."""
