"""Findings of invented publishers about invented matters, in the forms that others publish them in."""

import json
from typing import Any

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/lake",
    "claimReviewed": "The lake at Tarn froze over in July.",
    "datePublished": "2021-08-03",
    "author": {"@type": "Organization", "name": "Example Checks"},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": "5", "alternateName": "Not so: it was August"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ida Holm"},
        "datePublished": "July 30, 2021",
        "appearance": [{"@type": "CreativeWork", "url": "https://posts.example/1"}],
        "firstAppearance": {"url": "https://posts.example/0"},
    },
}


def review(**changed: Any) -> dict[str, Any]:
    return {**REVIEW, **changed}


def page(*scripts: object) -> str:
    tags = "".join(f'<script type="application/ld+json">{json.dumps(script)}</script>' for script in scripts)
    return f"<!DOCTYPE html><html><head><title>A check</title>{tags}</head><body><p>Words.</p></body></html>"


TOML = """
[[findings]]
body = "Harbour Court of Inquiry"
claim = "The ferry Aurora was sunk by a mine."
finding = "The loss of the Aurora is not to be laid to a mine."
grade = "on the balance of probabilities"
status = "interim"
date = 1931-04-02
document = "Report of the Court, part II"
passage = "We find no trace of a mine."

[[findings]]
body = "Second Commission"
claim = "The ferry Aurora was sunk by a mine."
finding = "A mine cannot be ruled out."
status = "final"
date = "1934"
"""
