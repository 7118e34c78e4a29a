"""The sections of a study file, one module per topic."""
