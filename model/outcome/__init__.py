"""What an allocation means: balance, potential, fairness, intensity, distance to published tables."""
