"""Indicators: datasets, regions, emissions, normalisation, weights and scores."""
