"""Charts of a run: one file per chart, one look, pure functions from a result to a chart."""
