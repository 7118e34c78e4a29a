"""Studies and input files made from a seed, and a place to try them in."""
