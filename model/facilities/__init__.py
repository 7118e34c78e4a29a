"""Quotas of facilities by benchmark: the national market's rules, from below."""
