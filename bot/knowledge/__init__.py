"""The content: what the address states of each initiative, read from `data/knowledge/`."""
