"""Web archives: WARC (ISO 28500) and WACZ to captures, with every length, digest and checksum checked."""
