"""From open corpora to the shipped weights."""
