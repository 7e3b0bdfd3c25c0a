"""The LINE channel: the same conversation, spoken in LINE's messages."""
