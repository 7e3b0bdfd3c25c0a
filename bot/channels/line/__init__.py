"""LINE: the same conversation where citizens already are."""
