"""The market after allocation."""
