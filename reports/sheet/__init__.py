"""Provincial sheets: one page per province."""
