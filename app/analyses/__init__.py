"""What capshare can be asked of a study or a run, one analysis per file."""
