"""The contact form: what is personal goes here, not into the conversation."""
