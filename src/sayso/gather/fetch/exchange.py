"""One request and its answer (HTTP/1.1, RFC 9112) with an address that was checked, within limits of time and size.

By http.client over a socket of our own: it bounds lines and headers, follows nothing, and knows neither proxies,
cookies nor passwords.
"""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from threading import Event, Timer

from sayso.errors import FetchFailed, GatherError, TooLarge
from sayso.gather.fetch.addresses import Address
from sayso.gather.fetch.network import Reach
from sayso.gather.fetch.target import Target
from sayso.gather.limits import Limits
from sayso.gather.unpack import BadCoding, Room, unpacked

Headers = tuple[tuple[str, str], ...]

_PIECE = 65_536
_CURE = "Try again later, or save the document and give the file"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. `body` is empty where the status is no success."""

    status: int
    headers: Headers
    body: bytes = b""
    flags: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of this name, which has no case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def ask(target: Target, addresses: Sequence[Address], headers: Headers, reach: Reach, limits: Limits) -> Answer:
    """The answer to GET, from the first of these addresses that takes a connection.

    Raises FetchFailed or TooLarge; it never takes longer than `fetch_seconds`.
    """
    deadline = time.monotonic() + limits.fetch_seconds
    with _connected(target, addresses, deadline, limits) as (plain, expired):
        try:
            answer = _asked(plain, target, headers, reach, limits)
        except GatherError:
            if expired.is_set():
                raise _late(target, limits) from None
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            if expired.is_set():
                raise _late(target, limits) from error
            problem = f"the server broke off or answered nonsense ({type(error).__name__}: {str(error)[:100]})"
            raise FetchFailed(str(target), problem, _CURE) from error
        if expired.is_set():  # http.client takes the end of a connection for the end of a header or a body
            raise _late(target, limits)
        return answer


def _late(target: Target, limits: Limits) -> FetchFailed:
    return FetchFailed(str(target), f"the answer took more than {limits.fetch_seconds:g} s", _CURE)


@contextmanager
def _connected(
    target: Target, addresses: Sequence[Address], deadline: float, limits: Limits
) -> Iterator[tuple[socket.socket, Event]]:
    """A connection, and whether its time is up: then it is shut, so that whoever reads from it comes to an end."""
    plain = _first_connection(target, addresses, deadline, limits)
    expired = Event()
    # A handle of its own: the socket itself is taken over by TLS, which must not be touched from another thread.
    handle = socket.fromfd(plain.fileno(), plain.family, plain.type)
    timer = Timer(max(deadline - time.monotonic(), 0), _shut, (handle, expired))
    timer.daemon = True
    timer.start()
    try:
        with plain:
            yield plain, expired
    finally:
        timer.cancel()
        timer.join()
        handle.close()


def _first_connection(target: Target, addresses: Sequence[Address], deadline: float, limits: Limits) -> socket.socket:
    broken: OSError | None = None
    for address in addresses:
        patience = min(limits.fetch_idle_seconds, deadline - time.monotonic())
        if patience <= 0:
            break
        try:
            return socket.create_connection((str(address), target.port), timeout=patience)
        except OSError as error:
            broken = error
    raise FetchFailed(str(target), f"no connection could be made ({broken})", _CURE) from broken


def _shut(handle: socket.socket, expired: Event) -> None:
    expired.set()
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:  # the other side was faster
        return


def _asked(plain: socket.socket, target: Target, headers: Headers, reach: Reach, limits: Limits) -> Answer:
    plain.settimeout(limits.fetch_idle_seconds)
    connection = http.client.HTTPConnection(target.host, target.port)
    with closing(connection):
        connection.sock = plain
        if target.scheme == "https":
            connection.sock = reach.trust().wrap_socket(plain, server_hostname=target.host)
        connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in (("Host", target.authority), *headers):
            connection.putheader(name, value)
        connection.endheaders()
        with connection.getresponse() as response:
            return _answer(response, target, limits)


def _answer(response: http.client.HTTPResponse, target: Target, limits: Limits) -> Answer:
    headers = tuple(response.getheaders())
    if len(headers) > limits.fetch_headers:
        raise TooLarge(str(target), f"the answer has more than {limits.fetch_headers} headers", _CURE)
    answer = Answer(response.status, headers)
    if response.status != HTTPStatus.OK:
        return answer
    length = _length(answer, target)
    if length is not None and length > limits.fetch_bytes:
        raise TooLarge(str(target), f"it is over the limit of {limits.fetch_bytes:,} bytes", "Raise the limit")
    room = Room(limits.fetch_bytes, limits.unpack_free, limits.unpack_ratio)
    coding = answer.header("content-encoding") or ""
    try:
        body = unpacked(_pieces(response, target, length, limits), coding, room)
    except BadCoding as error:
        kind = TooLarge if "over the limit" in str(error) or "times its size" in str(error) else FetchFailed
        raise kind(str(target), f"the answer is refused: {error}", _CURE) from error
    open_ended = length is None and not response.chunked and not coding
    flags = ("the server did not say how long this is: a cut would go unseen",) if open_ended else ()
    return Answer(response.status, headers, body, flags)


def _length(answer: Answer, target: Target) -> int | None:
    """The length the server states; None if it states none, or sends chunks."""
    stated = {value.strip() for name, value in answer.headers if name.lower() == "content-length"}
    if "chunked" in (answer.header("transfer-encoding") or "").lower() or not stated:
        return None
    value = stated.pop()
    if stated or not value.isdecimal():
        raise FetchFailed(str(target), "the server states no possible length", _CURE)
    return int(value)


def _pieces(response: http.client.HTTPResponse, target: Target, length: int | None, limits: Limits) -> Iterator[bytes]:
    came = 0
    while piece := response.read1(_PIECE):
        came += len(piece)
        if came > limits.fetch_bytes:
            raise TooLarge(str(target), f"it is over the limit of {limits.fetch_bytes:,} bytes", "Raise the limit")
        yield piece
    if length is not None and came < length:
        raise FetchFailed(str(target), f"the answer broke off after {came:,} of {length:,} bytes", _CURE)
