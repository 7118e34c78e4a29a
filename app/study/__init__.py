"""A study: its sections, reading it, and checking it against its dataset."""
