"""The allocation LP: data, constraints, prices, its stages, and several years."""
