"""Backtests: published splits predicted from what was known in their base year, and how far off that is."""
