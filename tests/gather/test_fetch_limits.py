"""Slow, large, broken and crowded servers: reliability.md 3.1, 4 and 5."""

import gzip
import itertools
import socket
import threading
import time
import zlib
from collections.abc import Callable

import brotli
import pytest

from sayso.errors import FetchFailed, GatherError, TooLarge
from sayso.gather.fetch.visitor import Visitor
from sayso.gather.limits import Limits

from .sites import answer, reach, site, visitor

TIGHT = Limits(fetch_seconds=1.0, fetch_idle_seconds=0.6, fetch_bytes=2_000_000, unpack_free=100_000, host_seconds=0.0)


def dripping(head: bytes, drop: bytes, pause: float) -> Callable[[socket.socket], None]:
    def reply(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(2_000_000):
            connection.sendall(drop)
            time.sleep(pause)

    return reply


BOMB = zlib.compressobj(9, zlib.DEFLATED, 31)
PACKED = BOMB.compress(bytes(50_000_000)) + BOMB.flush()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
HOSTILE: dict[str, bytes | Callable[[socket.socket], None]] = {
    "/drip": dripping(HEAD + b"Content-Length: 100000\r\n\r\n", b"a", 0.05),
    "/silence": dripping(HEAD + b"Content-Length: 100\r\n\r\n", b"a", 3.0),
    "/header-drip": dripping(HEAD, b"X: y\r\n", 0.02),
    "/headers": answer("text", **{f"X{n}": "y" for n in range(10_000)}),
    "/long-header": HEAD + b"X: " + b"y" * 10_000_000 + b"\r\n\r\n",
    "/endless": dripping(HEAD + b"\r\n", b"a" * 65_536, 0.0),
    "/ten-gigabytes": dripping(HEAD + b"Content-Length: 10000000000\r\n\r\n", b"a" * 65_536, 0.0),
    "/gzip-bomb": answer(PACKED, Content_Encoding="gzip"),
    "/brotli-bomb": answer(brotli.compress(bytes(50_000_000)), Content_Encoding="br"),
    "/gzip-cut": answer(gzip.compress(b"The pier opens. " * 500)[:-9], Content_Encoding="gzip"),
    "/gzip-flipped": answer(gzip.compress(b"The pier opens.")[:-6] + b"flips!", Content_Encoding="gzip"),
    "/short": HEAD + b"Content-Length: 100\r\n\r\nThe pier",
    "/two-lengths": HEAD + b"Content-Length: 8\r\nContent-Length: 4\r\n\r\nThe pier",
    "/no-length": HEAD + b"Content-Length: many\r\n\r\nThe pier",
    "/chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nThe pier\r\n0\r\n\r\n",
    "/chunk-cut": HEAD + b"Transfer-Encoding: chunked\r\n\r\n8\r\nThe pi",
    "/chunk-unended": HEAD + b"Transfer-Encoding: chunked\r\n\r\n8\r\nThe pier\r\n",
    "/chunk-line": dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1" * 65_536, 0.0),
    "/continue": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.0),
    "/nonsense": b"\x00\x01\x02 pier\r\n\r\n",
    "/coding": answer("text", Content_Encoding="compress"),
    "/hangs-up": lambda connection: connection.close(),
}


@pytest.mark.parametrize("path", sorted(HOSTILE))
def test_a_hostile_answer_ends_in_time_and_size_with_an_error(path: str) -> None:
    with site({path: HOSTILE[path]}) as made:
        start = time.monotonic()
        with pytest.raises((FetchFailed, TooLarge)) as caught:
            visitor(made, limits=TIGHT).fetch(made.url(path))
        assert time.monotonic() - start < 4
    assert caught.value.origin == made.url(path)
    assert caught.value.cure


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content_Encoding": "gzip"}, gzip.compress(b"The pier opens.", mtime=0)),
        ({"Content_Encoding": "deflate"}, zlib.compress(b"The pier opens.")),
        ({"Content_Encoding": "deflate"}, zlib.compress(b"The pier opens.")[2:-4]),
        ({"Content_Encoding": "br"}, brotli.compress(b"The pier opens.")),
        ({"Transfer_Encoding": "chunked"}, b"4\r\nThe \r\nb;a=b\r\npier opens.\r\n0\r\n\r\n"),
    ],
)
def test_codings_are_undone(headers: dict[str, str], body: bytes) -> None:
    with site({"/a": answer(body, **headers)}) as made:
        fetched = visitor(made).fetch(made.url("/a"))
    assert fetched is not None
    assert fetched.data == b"The pier opens."
    assert fetched.received.flags == ()


def test_an_answer_of_unstated_length_is_flagged() -> None:
    with site({"/a": b"HTTP/1.0 200 OK\r\n\r\nThe pier opens."}) as made:
        fetched = visitor(made).fetch(made.url("/a"))
    assert fetched is not None
    assert fetched.received.flags == ("the server did not say how long this is: a cut would go unseen",)


def test_a_host_is_never_asked_faster_than_set() -> None:
    """1,000 addresses on two hosts, asked for by four threads."""
    gaps = Limits(host_seconds=0.004, fetch_idle_seconds=5.0)
    with site({f"/{n}": answer("text") for n in range(1_000)}) as made:
        visit = Visitor(gaps, reach(made))
        numbers = itertools.count()

        def work() -> None:
            while (number := next(numbers)) < 1_000:
                visit.fetch(made.url(f"/{number}", ("one.example", "two.example")[number % 2]))

        start = time.monotonic()
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - start
        assert len(made.asked()) == 1_000
    assert took >= 500 * gaps.host_seconds


def test_each_request_waits_its_turn_robots_txt_included() -> None:
    waits: list[float] = []
    with site({"/": answer("text")}) as made:
        visit = Visitor(Limits(host_seconds=7.0, fetch_idle_seconds=5.0), reach(made), sleep=waits.append)
        for _ in range(100):
            visit.fetch(made.url("/"))
    # robots.txt is a request too; nobody really waited, so each turn lies seven seconds behind the one before.
    assert len(waits) == 100
    assert all(later - earlier > 6.5 for earlier, later in itertools.pairwise(waits))


def test_an_unreachable_host_is_an_error() -> None:
    with site() as made:
        port = made.port
    with pytest.raises(GatherError, match="no connection could be made"):
        Visitor(TIGHT, reach(made)).fetch(f"http://norrvik.example:{port}/")
