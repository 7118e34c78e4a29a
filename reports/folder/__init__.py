"""The folder a run leaves behind: written whole, read back, verified."""
