"""Rules that split a cap by one principle each, one file per rule, registered by name."""
