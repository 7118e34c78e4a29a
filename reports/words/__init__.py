"""Every text and column title that people read, in each language."""
