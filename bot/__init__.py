"""The gateway: all that faces people."""
