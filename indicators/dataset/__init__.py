"""Datasets: every reader, from files with units and sources to labelled frames."""
