"""How large a thing the snippet may send."""

BATCH_BYTES = 16_384
QUARANTINE_BYTES = 65_536
HELLO_BYTES = 8_192
