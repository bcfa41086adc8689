"""Feeds (RSS, Atom, JSON Feed) to captures, and lists of addresses (OPML, sitemaps) to addresses."""
