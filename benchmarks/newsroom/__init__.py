"""Synthetic news of known lineage: a seeded generator, and a score of what is traced across reports against it."""
