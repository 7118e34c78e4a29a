"""The national market's rules applied to a table of facilities, and set beside a run of provinces."""
