"""Real servers on this machine, and the reach that lets the guard at them and nowhere else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network

from sayso.gather.fetch.network import Reach
from sayso.gather.fetch.visitor import Visitor
from sayso.gather.limits import Limits

QUICK = Limits(fetch_seconds=2.0, fetch_idle_seconds=1.0, host_seconds=0.0)
Reply = bytes | Callable[[socket.socket], None]


@dataclass
class Site:
    """A server that answers each path with fixed bytes, and keeps every request it got."""

    port: int
    pages: dict[str, Reply] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def asked(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        paths = [request.split(" ")[1] for request in self.requests]
        return [path for path in paths if path != "/robots.txt"]

    def url(self, path: str, host: str = "norrvik.example") -> str:
        return f"http://{host}:{self.port}{path}"


def answer(body: bytes | str = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP answer; a header's name is written with "_" for "-"."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if "Transfer_Encoding" not in headers and "Content_Length" not in headers:
        lines.append(f"Content-Length: {len(data)}")
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1") + data


@contextmanager
def site(pages: Mapping[str, Reply] | None = None, address: str = "127.0.0.1") -> Iterator[Site]:
    with socket.create_server((address, 0), backlog=64) as server:
        made = Site(server.getsockname()[1], dict(pages or {}))
        thread = threading.Thread(target=_serve, args=(server, made), daemon=True)
        thread.start()
        yield made
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _serve(server: socket.socket, made: Site) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_reply, args=(connection, made), daemon=True).start()


def _reply(connection: socket.socket, made: Site) -> None:
    with connection:
        connection.settimeout(5)
        try:
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(65_536)
                if not piece:
                    return
                request += piece
            text = request.decode("latin-1")
            made.requests.append(text)
            reply = made.pages.get(text.split(" ")[1], answer(status="404 Not Found"))
            if callable(reply):
                reply(connection)
            else:
                connection.sendall(reply)
        except OSError:
            return


def reach(*sites: Site, names: Mapping[str, str] | None = None, allowed: str = "127.0.0.1/32") -> Reach:
    """The reach that lets at these sites. Every name leads to 127.0.0.1, but for those in `names`."""
    known = dict(names or {})
    return Reach(
        resolve=lambda host, port: [known.get(host, "127.0.0.1")],
        allowed=(ip_network(allowed),),
        ports=frozenset(made.port for made in sites) | {80, 443},
    )


def visitor(*sites: Site, limits: Limits = QUICK, names: Mapping[str, str] | None = None) -> Visitor:
    return Visitor(limits, reach(*sites, names=names))
