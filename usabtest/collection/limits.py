"""How large a thing the snippet may send."""

QUARANTINE_BYTES = 65_536
HELLO_BYTES = 8_192

# What one session may bring, many times what a long test does: each step is judged from all of its events.
SESSION_BATCHES = 5_000
SESSION_EVENTS = 50_000
# Refused bodies that are kept of one session, and as many of all that name none.
QUARANTINED_BODIES = 100
# Whose session nobody can tell: no deletion of a person reaches it.
NAMELESS_BODIES_KEPT_DAYS = 30
