"""Readings made by hand over invented texts, for the tests of how a reading is shown."""

from __future__ import annotations

from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Certainty,
    Confidence,
    Form,
    Label,
    Link,
    Passage,
    Published,
    ReaderVersion,
    Reading,
    Report,
    ReportId,
    Role,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    StatementId,
    passage,
    report_id,
)

READER = ReaderVersion("hand", "1", "none")
OUTLET = Speaker(SpeakerKind.OUTLET, "outlet")

HARBOUR = (
    "The so-called Reed Guard is reportedly preparing to flood the lower harbour of Vell.\n"
    "\u201cThe Salt Watch centre has received information that Reed Guard crews are going to open the "
    "sluices and blame the harbour office for it,\u201d Captain Orla Brandt, deputy head of the has warned "
    "harbour office, said on Tuesday.\n"
    "She added that two boats had been sunk in the past day.\n"
    "The Guard denied having any part in it. \u201cWe keep the reeds,\u201d spokesman Ivo Lenz said, "
    "\u201cand nothing else.\u201d Others in the town believe the captain accuses the Guard to hide "
    "an unpaid bill.\n"
    "Vell has had three floods since 1911.\n"
    "Share this story with your friends"
)


def span(text: str, words: str, nth: int = 0) -> Span:
    """Where the words stand in the text, the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def at(text: str, *words: str) -> Passage:
    """The passage of these words, each at its first place."""
    return passage(text, tuple(span(text, piece) for piece in words))


def said_by(actor: str, text: str) -> Speaker:
    return Speaker(SpeakerKind.ACTOR, text, ActorId(actor))


def harbour() -> Reading:
    """One report with nested, split and hedged statements, labels, a chain without a named end, and more."""
    text = HARBOUR
    report = Report(
        id=ReportId("r-harbour"),
        text=text,
        title="Captain warns of a plan to flood the harbour of Vell",
        outlet="The Vell Lantern",
        author="Mika Thorn",
        published=Published("2021-03-09T18:30", "metadata", "+02:00"),
        url="https://lantern.example/harbour",
        language="en",
        flags=("text repaired: two broken quotation marks",),
        origin="harbour.html",
    )
    return Reading(
        report,
        READER,
        _harbour_actors(text),
        _harbour_statements(text),
        sentences=(Span(0, text.index("\n")),),
        boilerplate=(span(text, "Share this story with your friends"),),
    )


def _harbour_actors(text: str) -> tuple[Actor, ...]:
    return (
        Actor(
            ActorId("a1"),
            "Orla Brandt",
            ActorKind.PERSON,
            ("Orla Brandt", "Brandt"),
            (
                Role("Captain", span(text, "Captain")),
                Role(
                    "deputy head of the has warned harbour office",
                    span(text, "deputy head of the has warned harbour office"),
                ),
            ),
            (span(text, "Orla Brandt"), span(text, "She"), span(text, "the captain")),
        ),
        Actor(ActorId("a2"), "Salt Watch centre", ActorKind.ORGANISATION, ("Salt Watch centre",)),
        Actor(
            ActorId("a3"),
            "Reed Guard",
            ActorKind.GROUP,
            ("Reed Guard", "The Guard"),
            mentions=(span(text, "Reed Guard"),),
            labels=(Label("so-called", span(text, "so-called"), "outlet"),),
        ),
        Actor(
            ActorId("a4"),
            "Ivo Lenz",
            ActorKind.PERSON,
            ("Ivo Lenz",),
            (Role("spokesman", span(text, "spokesman")),),
        ),
        Actor(
            ActorId("a5"),
            "Vell",
            ActorKind.PLACE,
            ("Vell",),
            labels=(Label("lower", span(text, "lower"), "s1"),),
        ),
    )


def _harbour_statements(text: str) -> tuple[Statement, ...]:
    heard = Link("received information", None, span(text, "received information"))
    brandt = Link("Orla Brandt", ActorId("a1"), span(text, "Orla Brandt"))
    centre = Link("Salt Watch centre", ActorId("a2"), span(text, "The Salt Watch centre"))
    crews = "Reed Guard crews are going to open the sluices and blame the harbour office for it"
    return (
        Statement(
            StatementId("s0"),
            OUTLET,
            at(text, text[: text.index("\n")]),
            form=Form.VOICE,
            stance=Stance.ASSERTS,
            certainty=Certainty(Confidence.HEDGED, (span(text, "reportedly"),)),
            about_future=True,
            chain=(Link("reportedly", None, span(text, "reportedly")),),
            score=0.98765,
        ),
        Statement(
            StatementId("s1"),
            said_by("a1", "Orla Brandt"),
            at(text, f"The Salt Watch centre has received information that {crews}"),
            at(text, "Captain Orla Brandt, deputy head of the has warned harbour office"),
            at(text, "has warned", "said"),
            form=Form.DIRECT,
            stance=Stance.WARNS,
            about_future=True,
            chain=(brandt, centre, heard),
            score=0.91,
        ),
        Statement(
            StatementId("s2"),
            said_by("a2", "The Salt Watch centre"),
            at(text, crews),
            at(text, "The Salt Watch centre"),
            at(text, "has received information that"),
            parent=StatementId("s1"),
            stance=Stance.SAYS,
            about_future=True,
            chain=(brandt, centre, heard),
            score=0.77,
        ),
        Statement(
            StatementId("s3"),
            said_by("a3", "Reed Guard crews"),
            at(text, "the harbour office for it"),
            at(text, "Reed Guard crews"),
            at(text, "blame"),
            parent=StatementId("s2"),
            stance=Stance.ACCUSES,
            about_future=True,
            score=0.5,
        ),
        Statement(
            StatementId("s4"),
            said_by("a1", "She"),
            at(text, "two boats had been sunk in the past day"),
            at(text, "She"),
            at(text, "added that"),
            chain=(Link("Orla Brandt", ActorId("a1"), span(text, "She"), "pronoun"),),
        ),
        Statement(
            StatementId("s5"),
            said_by("a3", "The Guard"),
            at(text, "having any part in it"),
            at(text, "The Guard"),
            at(text, "denied"),
            stance=Stance.DENIES,
            certainty=Certainty(Confidence.NEGATED, (span(text, "denied"),)),
        ),
        Statement(
            StatementId("s6"),
            said_by("a4", "Ivo Lenz"),
            at(text, "We keep the reeds,", "and nothing else."),
            at(text, "spokesman Ivo Lenz"),
            passage(text, (span(text, "said", 1),)),
            form=Form.DIRECT,
        ),
        Statement(
            StatementId("s7"),
            Speaker(SpeakerKind.UNKNOWN, "Others in the town", None, (ActorId("a4"), ActorId("a2"))),
            at(text, "the captain accuses the Guard to hide an unpaid bill"),
            at(text, "Others in the town"),
            at(text, "believe"),
            stance=Stance.BELIEVES,
            score=0.64,
        ),
        Statement(
            StatementId("s8"),
            said_by("a1", "the captain"),
            at(text, "the Guard to hide an unpaid bill"),
            at(text, "the captain"),
            at(text, "accuses"),
            parent=StatementId("s7"),
            stance=Stance.ACCUSES,
        ),
        Statement(
            StatementId("s9"),
            OUTLET,
            at(text, "Vell has had three floods since 1911."),
            form=Form.VOICE,
            stance=Stance.ASSERTS,
        ),
    )


def one_statement(text: str, *, speaker: str = "Ada Quill", title: str | None = None) -> Reading:
    """A reading whose whole text is one statement by one actor, with the same words everywhere else."""
    whole = Span(0, len(text))
    actor = Actor(
        ActorId("a1"),
        speaker,
        ActorKind.PERSON,
        (speaker, f"{speaker}, again"),
        (Role(speaker, whole),),
        (whole,),
        (Label(text, whole, "s1"), Label(speaker, whole, "outlet")),
    )
    statement = Statement(
        StatementId("s1"),
        said_by("a1", speaker),
        passage(text, (whole,)) if text else Passage(),
        chain=(Link(speaker, ActorId("a1"), whole), Link(text, None, whole, text)),
        certainty=Certainty(Confidence.HEDGED, (whole,)),
    )
    report = Report(
        report_id(text),
        text,
        title=title if title is not None else text,
        outlet=speaker,
        author=text,
        published=Published(text, text, text),
        url=text,
        language=text,
        flags=(text,),
        origin=text,
    )
    return Reading(report, READER, (actor,), (statement,), (whole,))
