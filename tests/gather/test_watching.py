"""Watching feeds: politely, nothing twice, and on from where a kill stopped it."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from threading import Event

import pytest

from sayso.errors import BrokenFeed, FetchFailed, GatherError, PassedOver, Refused, SaysoError
from sayso.gather.limits import Limits
from sayso.gather.watching import Round, Wanted, Watch, watch
from sayso.vocabulary import Capture

from .archives import OPML, RSS
from .samples import PARAGRAPHS, page
from .sites import QUICK, Site, answer, site, visitor


def rounds(made: Site, state: Path, count: int, *feeds: str, every: float = 0.05) -> tuple[list[Round], list[Capture]]:
    """So many rounds over the feeds of a site, with what was delivered."""
    got: list[Capture] = []
    watched = watch(feeds or [made.url("/feed")], got.append, state, Watch(every, Wanted.ITEMS), visitor=visitor(made))
    done = [next(watched) for _ in range(count)]
    watched.close()
    return done, got


def test_what_is_new_is_delivered_once(tmp_path: Path) -> None:
    with site({"/feed": answer(RSS)}) as made:
        first, got = rounds(made, tmp_path / "state", 2)
        assert first == [Round(asked=1, delivered=3), Round(asked=1)]
        assert [one.report.title for one in got] == ["Pier & ferries", "Strike", "The ferries follow in autumn"]
        made.pages["/feed"] = answer(RSS.replace("<item><title>The", "<item><title>New</title></item><item><title>The"))
        time.sleep(0.06)
        _, got = rounds(made, tmp_path / "state", 1)
        assert [one.report.title for one in got] == ["New"]


def test_an_item_whose_words_change_is_delivered_again(tmp_path: Path) -> None:
    with site({"/feed": answer(RSS)}) as made:
        rounds(made, tmp_path / "state", 1)
        made.pages["/feed"] = answer(RSS.replace("would open in spring", "may open in spring"))
        time.sleep(0.06)
        _, got = rounds(made, tmp_path / "state", 1)
        assert [one.report.id for one in got] == ["tag:norrvik.example,2022:pier"]


def test_a_feed_that_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    with site({"/feed": answer(RSS, ETag='"1"')}) as made:
        rounds(made, tmp_path / "state", 1)
        made.pages["/feed"] = answer(status="304 Not Modified", Content_Length="0")
        time.sleep(0.06)
        done, got = rounds(made, tmp_path / "state", 1)
        assert (done, got) == ([Round(asked=1, unchanged=1)], [])
        assert 'If-None-Match: "1"' in made.requests[-1]


def test_the_page_is_delivered_where_it_can_be_had_and_else_the_item(tmp_path: Path) -> None:
    told: list[GatherError] = []
    got: list[Capture] = []
    with site() as made:
        feed = RSS.replace("https://norrvik.example/pier", made.url("/pier"))
        made.pages = {"/feed": answer(feed), "/pier": answer(page(), Content_Type="text/html")}
        watched = watch(
            [made.url("/feed")], got.append, tmp_path / "state", Watch(tell=told.append), visitor=visitor(made)
        )
        assert next(watched) == Round(asked=1, delivered=3)
        watched.close()
    assert got[0].report.text.endswith(PARAGRAPHS[-1])
    assert got[0].data == page().encode()
    assert got[0].report.published is not None
    assert got[0].report.published.zone == "+0300"
    assert got[0].report.author == "Ada Lindqvar"
    assert got[1].report.flags[0].startswith("feed item only")
    assert [type(error) for error in told] == [PassedOver]


def test_a_feed_that_fails_is_asked_less_and_less_often(tmp_path: Path) -> None:
    with site({"/feed": answer(status="500 Broken")}) as made:
        told: list[GatherError] = []
        watched = watch(
            [made.url("/feed")], lambda _: None, tmp_path / "state", Watch(0.1, tell=told.append), visitor=visitor(made)
        )
        moments = []
        for _ in range(4):
            next(watched)
            moments.append(time.monotonic())
        watched.close()
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert gaps[0] >= 0.09
    assert gaps[1] >= 0.19
    assert gaps[2] >= 0.39
    assert {type(error) for error in told} == {FetchFailed}


def test_a_server_that_asks_for_time_gets_it(tmp_path: Path) -> None:
    with site({"/feed": answer(status="429 Too Many Requests", Retry_After="3600")}) as made:
        rounds(made, tmp_path / "state", 1)
        time.sleep(0.06)
        done, _ = rounds(made, tmp_path / "state", 1)
        assert done == [Round()]
        assert made.asked() == ["/feed"]


def test_one_bad_feed_costs_no_other(tmp_path: Path) -> None:
    told: list[GatherError] = []
    with site({"/feed": answer(RSS), "/page": answer(page(), Content_Type="text/html")}) as made:
        opml = tmp_path / "feeds.opml"
        opml.write_text(OPML.format(first=made.url("/page"), second=made.url("/feed")))
        feeds = ["http://10.0.0.1/feed", str(opml), str(tmp_path / "none.opml")]
        terms = Watch(60, Wanted.ITEMS, told.append)
        watched = watch(feeds, lambda _: None, tmp_path / "state", terms, visitor=visitor(made))
        assert next(watched) == Round(asked=3, delivered=3, errors=2)
        watched.close()
    assert {type(error).__name__ for error in told} == {"NotFound", "Refused", "BrokenFeed"}
    assert {Refused, BrokenFeed} <= {type(error) for error in told}


def test_a_watch_ends_when_it_is_told_to(tmp_path: Path) -> None:
    ended = Event()
    with site({"/feed": answer(RSS)}) as made:
        terms = Watch(3600, Wanted.ITEMS, ended=ended)
        watched = watch([made.url("/feed")], lambda _: None, tmp_path / "state", terms, visitor=visitor(made))
        next(watched)
        threading.Timer(0.1, ended.set).start()
        assert list(watched) == []


WATCH = """
import sys
from pathlib import Path
from ipaddress import ip_network
from sayso.gather.fetch.network import Reach
from sayso.gather.fetch.visitor import Visitor
from sayso.gather.limits import Limits
from sayso.gather.watching import Wanted, Watch, watch

port, folder = int(sys.argv[1]), Path(sys.argv[2])
reach = Reach(lambda host, _: ["127.0.0.1"], (ip_network("127.0.0.1/32"),), frozenset((port,)))
out = open(folder / "delivered", "a", buffering=1)
visitor = Visitor(Limits(host_seconds=0.0), reach)
deliver = lambda capture: out.write(f"{capture.report.id}\\n")
address = f"http://norrvik.example:{port}/feed"
for done in watch([address], deliver, folder / "state", Watch(0.05, Wanted.ITEMS), visitor=visitor):
    if done.asked:
        print("round", flush=True)
        break
"""


def test_a_killed_watch_goes_on_where_it_stopped(tmp_path: Path) -> None:
    count = 120
    entries = "".join(f"<item><guid>urn:{n}</guid><title>Pier {n}</title></item>" for n in range(count))
    feed = f"<rss><channel><title>Norrvik</title>{entries}</channel></rss>"
    kills = int(os.environ.get("SAYSO_KILLS", "3"))
    delivered = tmp_path / "delivered"
    with site({"/feed": answer(feed)}) as made:
        command = [sys.executable, "-c", WATCH, str(made.port), str(tmp_path)]
        for kill in range(kills):
            with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
                wanted = count * (kill + 1) // (kills + 1)
                while running.poll() is None and _lines(delivered) < wanted:
                    time.sleep(0.002)
                running.send_signal(signal.SIGKILL)
        subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL)
    ids = delivered.read_text().split()
    assert set(ids) == {f"urn:{n}" for n in range(count)}
    assert len(ids) - count <= kills  # at most the item that was under way


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_a_state_that_is_none_or_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("This is no state of a watch, and long enough to be told from one. " * 20)
    with site({"/feed": answer(RSS)}) as made:
        with pytest.raises(SaysoError, match="cannot use this"):
            rounds(made, tmp_path / "text", 1)
        with pytest.raises(SaysoError):
            rounds(made, tmp_path / "text" / "state", 1)
        watched = watch([made.url("/feed")], lambda _: None, tmp_path / "state", visitor=visitor(made))
        next(watched)
        started = time.monotonic()
        with pytest.raises(SaysoError, match="End the other watch"):
            rounds(made, tmp_path / "state", 1)
        assert time.monotonic() - started < 10
        watched.close()


def test_limits_reach_the_watch(tmp_path: Path) -> None:
    told: list[GatherError] = []
    with site({"/feed": answer(RSS)}) as made:
        limits = Limits(feed_items=1, host_seconds=QUICK.host_seconds)
        got: list[Capture] = []
        terms = Watch(60, Wanted.ITEMS, told.append)
        watched = watch([made.url("/feed")], got.append, tmp_path / "s", terms, limits=limits, visitor=visitor(made))
        assert next(watched) == Round(asked=1, delivered=1, errors=1)
        watched.close()
