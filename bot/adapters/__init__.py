"""The real services behind the conversation's ports."""
