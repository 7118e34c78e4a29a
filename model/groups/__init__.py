"""Groups of similar provinces, and how far to trust them."""
