"""Targets as provinces are given them: cuts of carbon intensity, entitled, allocated and rounded."""
