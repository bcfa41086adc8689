"""Report -> Reading: the whole of part 5 of the design, one step after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sayso.gazetteer import gazetteer
from sayso.read import actors, apposed, chains, hearsay, nesting, voice
from sayso.read import attribution as tagging
from sayso.read.aliases import joined
from sayso.read.attribution import Attribution
from sayso.read.coreference import resolve
from sayso.read.encoder import Encoder, Scores, shipped
from sayso.read.incidents.fillers import fillers
from sayso.read.incidents.violence import violent
from sayso.read.mentions import Mention, mentions
from sayso.read.names import Name, names, phrases, repeated, spoken
from sayso.read.parts import Part, read_in_parts
from sayso.read.pieces import Pieces, split
from sayso.read.places import places
from sayso.read.quotations import quotations
from sayso.read.repair import corrected
from sayso.read.sentences import sentences
from sayso.read.windows import windows
from sayso.read.words import Words, join
from sayso.read.world import with_world
from sayso.vocabulary import ReaderVersion, Reading, Report, Span

NAME: Final = "sayso-minilm"
VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text with what the network says of it."""

    sentences: list[Span]
    pieces: Pieces
    words: Words
    scores: list[Scores]


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a text holds, before it is settled who is who."""

    names: list[Name]
    attributions: list[Attribution]
    loose: list[Span]  # contents whose speaker nothing tells
    body: list[Span]
    boilerplate: tuple[Span, ...]


def read_report(report: Report, encoder: Encoder | None = None) -> Reading:
    """Everything the shipped reader finds in a report. A report in another language is left unread."""
    network = encoder or shipped()
    if report.language not in (None, "en"):
        flag = f"not read: this reader reads English, and the text is in another language ({report.language})"
        unread = replace(report, flags=(*report.flags, flag))
        return Reading(unread, _made_by(network), sentences=tuple(sentences(report.text)))
    whole = read_in_parts(report, lambda part: _read_part(part, network))
    return with_world(whole)


def _read_part(report: Report, network: Encoder) -> Part:
    encoded = encode(report.text, network)
    return interpret(report, encoded, decode(encoded, network), network)


def _made_by(network: Encoder) -> ReaderVersion:
    return ReaderVersion(NAME, VERSION, network.fingerprint)


def encode(text: str, encoder: Encoder) -> Encoded:
    """Tokenise a text and run the network over it."""
    spans = sentences(text)
    pieces = split(text)
    cut = windows(pieces, spans)
    scores = encoder.run_all(pieces, cut, violent(text, spans, pieces, cut))
    return Encoded(spans, pieces, join(text, pieces), scores)


def decode(encoded: Encoded, encoder: Encoder) -> Decoded:
    """The names and attributions of a text."""
    words = encoded.words
    body = [s for s in encoded.sentences if not voice.is_boilerplate(s.of(words.text))]
    boilerplate = tuple(s for s in encoded.sentences if s not in set(body))
    known = names(words, encoded.scores)
    found = attributions(encoded, encoder, known, boilerplate)
    known = repeated(words, spoken(words, [span for item in found for span in item.source], known))
    loose = tagging.loose_contents(words, encoded.scores, found)
    return Decoded(known, found, [s for s in loose if not nesting.overlap([s], boilerplate)], body, boilerplate)


def interpret(report: Report, encoded: Encoded, decoded: Decoded, encoder: Encoder) -> Part:
    """Settle who is who, who speaks, on whose word, and where the places are."""
    text, words = report.text, encoded.words
    found, body = decoded.attributions, decoded.body
    sources = [span for item in found for span in item.source]
    sources += [span for s in body for span in (*hearsay.cited(text, s), *hearsay.carried_by(text, s))]
    nouns = phrases(words, encoded.scores)
    pointing = mentions(words, decoded.names, nouns, sources, encoded.sentences)
    link = link_scores(words, encoded.scores, pointing)
    entity, unsure = resolve(pointing, joined(text, pointing), words_before(words, pointing), link)
    drafts = chains.statements(text, found, decoded.loose, body, pointing, entity, unsure)
    people, statements = actors.named(text, pointing, entity, drafts)
    where = places(words, encoded.scores, decoded.names, encoded.sentences, outlet=report.outlet, gazetteer=gazetteer())
    reading = Reading(
        report, _made_by(encoder), people, statements, tuple(encoded.sentences), decoded.boilerplate, places=where
    )
    acting = {n.span for n in (*decoded.names, *nouns) if n.kind != "place"}
    spots = {n.span for n in nouns} - acting
    who = sorted({n.span for n in decoded.names if n.kind in ("PER", "ORG")})
    return Part(reading, tuple(sorted(acting)), tuple(sorted(spots)), tuple(fillers(words, encoded.scores)), tuple(who))


def attributions(
    encoded: Encoded, encoder: Encoder, known: Sequence[Name] = (), boilerplate: Sequence[Span] = ()
) -> list[Attribution]:
    """The attributions of a text, without duplicates and without those in boilerplate."""
    text = encoded.words.text
    raw = tagging.attributions(encoded.words, encoded.scores, encoder)
    raw = [a for a in raw if not nesting.overlap(a.cue, boilerplate)]
    raw = apposed.with_apposed(
        corrected(raw, text, encoded.sentences, quotations(text), known), text, encoded.sentences
    )
    heard = {a.cue: a for item in raw for span in item.content for a in hearsay.inside(text, span)}
    raw = [a for a in raw if not any(nesting.overlap(a.cue, cue) for cue in heard)] + list(heard.values())
    return nesting.supported(nesting.distinct(raw))


def words_before(words: Words, pointing: Sequence[Mention]) -> list[str]:
    """For each mention the word before it, in lower case, without marks: where a title may stand."""
    out = []
    for mention in pointing:
        first = words.within(mention.span).start
        back = [w for w in words.lower[max(0, first - 2) : first] if w != "."]
        out.append(back[-1] if back else "")
    return out


def link_scores(
    words: Words, scores: Sequence[Scores], pointing: Sequence[Mention]
) -> Callable[[int, int], float | None]:
    """The network's score that mention i points to mention j, where one window shows both."""
    firsts = [int(words.first[words.within(m.span).start]) for m in pointing]
    owners = np.searchsorted([s.window.own for s in scores], firsts, "right") - 1

    def link(i: int, j: int) -> float | None:
        owner = scores[int(owners[i])]
        if not owner.window.start <= firsts[j] < owner.window.end:
            return None
        query = owner.link_query[firsts[i] - owner.window.start]
        return float(query @ owner.link_key[firsts[j] - owner.window.start]) / 8.0

    return link
