"""The national cap by year, and emissions before abatement."""
