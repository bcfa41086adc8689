"""Reports are followed while others are read, with the same outcome."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sayso.ledger import Ledger
from sayso.trace.embedding import PACKED, embed, remember, unpacked
from sayso.trace.following import Untraced, follow, keeping_up
from sayso.trace.following.keeping_up import vectors
from tests.ledger.stories import both
from tests.trace.following.archive import derived, fill, texts


def test_what_is_followed_on_the_way_is_what_is_followed_at_the_end(make: Callable[[], Ledger]) -> None:
    on_the_way, at_the_end = make(), make()
    for ledger in (on_the_way, at_the_end):
        fill(ledger, texts()[:4])
    problems: list[Untraced] = []
    with keeping_up(on_the_way, problems.append) as added:
        for n, report in enumerate(texts()[4:], start=1):
            fill(on_the_way, [report])
            added(16 * n)
        on_the_way.add_readings(both())
    for report in texts()[4:]:
        fill(at_the_end, [report])
    at_the_end.add_readings(both())
    follow(on_the_way)
    follow(at_the_end)
    assert problems == []
    assert derived(on_the_way) == derived(at_the_end)


def test_what_is_followed_on_the_way_is_done_when_the_block_ends(ledger: Ledger) -> None:
    fill(ledger, texts())
    with keeping_up(ledger, print) as added:
        added(len(texts()) + 16)
    assert follow(ledger).reports == 0


def test_an_embedding_that_was_worked_out_elsewhere_is_not_worked_out_again() -> None:
    given = bytes(range(PACKED))
    remember({"the weir at Tarn that nobody embedded": given})
    assert np.array_equal(embed(["the weir at Tarn that nobody embedded"]), unpacked(given))


def test_what_is_said_in_a_report_is_embedded_for_those_who_follow() -> None:
    [reading, *_] = both()
    made = vectors(reading)
    assert made
    assert all(text in reading.report.text for text in made)
    assert np.array_equal(embed([*made]), unpacked(b"".join(made.values())))
