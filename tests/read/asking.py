"""Questions put to a reading, in the words of the tests."""

from sayso.vocabulary import Actor, Reading, Statement


def about(reading: Reading, words: str) -> Statement:
    """The innermost statement (not the outlet's) whose content holds these words."""
    found = [s for s in reading.statements if words in s.content.text and s.speaker.kind != "outlet"]
    assert found, f"no statement holds {words!r}: {[s.content.text for s in reading.statements]}"
    return min(found, key=lambda s: len(s.content.text))


def speaker(reading: Reading, words: str) -> str:
    """The name of whoever says these words; "?" where unknown."""
    actor = reading.actor(about(reading, words).speaker.actor)
    return actor.name if actor else "?"


def actor(reading: Reading, name: str) -> Actor:
    """The actor with this name among its names."""
    found = [a for a in reading.actors if name in (a.name, *a.names)]
    assert found, f"no actor {name!r}: {[a.names or a.name for a in reading.actors]}"
    return found[0]


def voice(reading: Reading) -> list[str]:
    """What the outlet says in its own voice."""
    return [s.content.text for s in reading.statements if s.form == "voice"]
