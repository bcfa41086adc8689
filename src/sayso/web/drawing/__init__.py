"""What the pages of the desk draw beside what `sayso.share` draws: lists, facets, edits, and a map of happenings."""
