"""The citizen's window on the web: the API of a conversation, and the page."""
