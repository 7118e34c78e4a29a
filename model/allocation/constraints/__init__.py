"""The constraints of the allocation LP, one family per file: formula, both builders, price, names."""
