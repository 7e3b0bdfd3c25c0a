"""What the citizen's window costs its reader: bytes, time on a slow phone, shifts, memory."""
