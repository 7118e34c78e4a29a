"""Marginal abatement costs: what one more tonne cut costs each province, and how firmly the data say so."""
