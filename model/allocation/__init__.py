"""The allocation LP: data, constraints, prices, both stages, and several years."""
