"""Across reports: copies, claims, events, voices."""
