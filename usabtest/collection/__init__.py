"""What the snippet on a target site talks to."""
