"""Where citizens are: the web, and LINE."""
