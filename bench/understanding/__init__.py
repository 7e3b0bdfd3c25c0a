"""How well the bot understands, on sets that nobody wrote with the training data in view."""
