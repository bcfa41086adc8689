"""ClaimReview in JSON-LD, as pages and feeds carry it (schema.org/ClaimReview).

Read as plain JSON: objects of the type are found wherever they stand (lists, `@graph`, the items of a DataFeed, JSON
within a string), `@id` is looked up in the same document, and a context is never fetched. Author and date of the
claim are kept where they are given and never needed; a rating's numbers are kept as written, no scale assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sayso.errors import NotAFinding
from sayso.record.findings import finding
from sayso.record.json_text import parse
from sayso.vocabulary import Finding, FindingKind

Node = dict[str, Any]
MOST_VALUES: Final = 5_000_000  # values of one document that are looked at
_TYPE: Final = "claimreview"
_DRAFT: Final = "Draft"  # what schema.org calls it, and our own exports call themselves
_NESTED: Final = 2  # JSON within a string within JSON


def claim_reviews(text: str, origin: str) -> Iterator[Finding | NotAFinding]:
    """The findings of a JSON-LD text, in order; an object that lacks the claim gives an error in its place.

    Raises NotAFinding where the text is no JSON or holds no ClaimReview at all.
    """
    yield from reviews_within(parse(text, origin), origin)


def reviews_within(document: object, origin: str) -> Iterator[Finding | NotAFinding]:
    """The findings within a JSON value. Raises NotAFinding where there is none."""
    nodes = list(_objects(document, origin))
    named = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    reviews = [node for node in nodes if _TYPE in _types(node)]
    if not reviews:
        raise NotAFinding(origin, "it holds no ClaimReview", "Give JSON-LD with objects of the type ClaimReview")
    for number, node in enumerate(reviews, start=1):
        place = f"{origin}#{number}" if len(reviews) > 1 else origin
        try:
            yield _finding(node, named, place)
        except NotAFinding as error:
            yield error


def _objects(document: object, origin: str) -> Iterator[Node]:
    """Every object of a document, in order of reading."""
    stack: list[tuple[object, int]] = [(document, 0)]
    seen = 0
    while stack:
        value, depth = stack.pop()
        seen += 1
        if seen > MOST_VALUES:
            raise NotAFinding(origin, f"it holds over {MOST_VALUES:,} values", "Split it")
        if isinstance(value, dict):
            yield value
            stack.extend((inner, depth) for inner in reversed(value.values()))
        elif isinstance(value, list):
            stack.extend((inner, depth) for inner in reversed(value))
        elif isinstance(value, str) and depth < _NESTED and _is_json(value):
            try:
                stack.append((parse(value, origin), depth + 1))
            except NotAFinding:
                continue  # a string that only begins like JSON is a string


def _is_json(value: str) -> bool:
    return value.lstrip()[:1] in ("{", "[") and _TYPE in value.lower()


def _finding(review: Node, named: dict[str, Node], origin: str) -> Finding:
    reviewed = [_looked_up(item, named) for item in _each(review.get("itemReviewed"))]
    claims = [item for item in reviewed if isinstance(item, dict)]
    rating = next((item for item in _resolved(review.get("reviewRating"), named) if isinstance(item, dict)), {})
    given = {
        "claim": _word(review.get("claimReviewed")) or _first(claims, ("claimReviewed", "name", "text", "description")),
        "verdict": _first([rating], ("alternateName", "ratingExplanation", "description", "name")),
        "published": _word(review.get("datePublished")) or _word(review.get("dateCreated")),
        "publisher": _name(review.get("author"), named) or _name(review.get("publisher"), named),
        "url": _address(review.get("url")) or _address(review.get("mainEntityOfPage")) or _address(review.get("@id")),
        "title": _word(review.get("headline")) or _word(review.get("name")),
        "claimant": next((name for item in claims if (name := _name(item.get("author"), named))), None),
        "claimed": _first(claims, ("datePublished", "dateCreated")),
        "language": _word(review.get("inLanguage")),
    }
    if given["verdict"] is None and not rating and _word(review.get("creativeWorkStatus")) == _DRAFT:
        raise NotAFinding(
            origin, "it is a draft that nobody has rated yet", "Import it when its reviewRating says what was found"
        )
    return finding(
        FindingKind.CHECK,
        given,
        rating=(_word(rating.get("ratingValue")), _word(rating.get("bestRating")), _word(rating.get("worstRating"))),
        appearances=tuple(dict.fromkeys(_appearances(claims, named))),
        origin=origin,
    )


def _appearances(claims: Iterable[Node], named: dict[str, Node]) -> Iterator[str]:
    """Addresses at which the publisher says the claim appeared, the first it knows of first."""
    for claim in claims:
        for key in ("firstAppearance", "appearance", "sameAs", "url"):
            for item in _resolved(claim.get(key), named):
                found = _address(item.get("url") or item.get("@id")) if isinstance(item, dict) else _address(item)
                if found:
                    yield found


def _types(node: Node) -> set[str]:
    """The types of an object without their namespace, in lower case."""
    named = (item for item in _each(node.get("@type", node.get("type"))) if isinstance(item, str))
    return {item.rstrip("/").replace(":", "/").rsplit("/", 1)[-1].lower() for item in named}


def _each(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _resolved(value: object, named: dict[str, Node]) -> list[object]:
    return [_looked_up(item, named) for item in _each(value)]


def _looked_up(value: object, named: dict[str, Node]) -> object:
    """What a bare reference `{"@id": …}` names in the same document; anything else is itself."""
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) == 1:
        return named.get(value["@id"], value)
    return value


def _first(nodes: Iterable[Node], keys: Iterable[str]) -> str | None:
    return next((word for key in keys for node in nodes if (word := _word(node.get(key)))), None)


def _name(value: object, named: dict[str, Node]) -> str | None:
    for item in _resolved(value, named):
        found = _first([item], ("name", "alternateName")) if isinstance(item, dict) else _word(item)
        if found:
            return found
    return None


def _word(value: object) -> str | None:
    """The first string or number of a value; a language-tagged one (`{"@value": …}`) is its words."""
    for item in _each(value):
        inner = item.get("@value") if isinstance(item, dict) else item
        if isinstance(inner, str) and inner.strip():
            return inner
        if isinstance(inner, int | float) and not isinstance(inner, bool):
            return str(inner)
    return None


def _address(value: object) -> str | None:
    """The first address of a page in a value, if it is one a person could open."""
    for item in _each(value):
        inner = item.get("@id") or item.get("url") if isinstance(item, dict) else item
        if isinstance(inner, str) and inner.strip().lower().startswith(("https://", "http://")):
            return inner.strip()
    return None
