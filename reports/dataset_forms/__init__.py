"""Forms for data of one's own."""
