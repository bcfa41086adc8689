"""`sayso serve`: the desk, a ledger in a browser."""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from sayso.cli.adding import follow_with_progress, ledger_argument
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.ledger import Ledger

PORT: Final = 8480
_WAITING: Final = 128  # who may stand in line for a connection
_INSTALL: Final = "Install it: pip install 'sayso[desk]'"
_EXAMPLE: Final = "An example: the loss of the USS Maine. What you keep here is gone when the desk closes."


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what `sayso serve` takes."""
    ledger_argument(command)
    command.add_argument("--port", type=int, default=PORT, metavar="N", help=f"where it listens (default: {PORT})")
    command.add_argument("--host", default="127.0.0.1", help="an address of this machine alone (default: 127.0.0.1)")
    command.add_argument("--open", action="store_true", help="open it in the browser")
    command.add_argument("--example", action="store_true", help="show the shipped ledger instead of one of yours")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    _check(options)
    try:
        import uvicorn

        from sayso.web import Settings, application
    except ImportError as error:
        raise SaysoError(f"The desk needs a library that is not installed ({error.name})", _INSTALL) from error
    with _shown(options) as ledger, _listening(options.host, options.port) as listener:
        app = application(ledger, Settings(banner=_EXAMPLE if options.example else ""))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False))
        address = f"http://{_named(listener)}/"
        print(f"sayso: {ledger.name} is open at {address}  (Ctrl-C closes it)", file=sys.stderr)
        if options.open:
            _open(address)
        with suppress(KeyboardInterrupt):  # it has closed in good order, and then tells us why
            server.run(sockets=[listener])
    print("sayso: closed", file=sys.stderr)
    return 0


def _check(options: argparse.Namespace) -> None:
    from ipaddress import ip_address

    try:
        is_own = options.host == "localhost" or ip_address(options.host.strip("[]")).is_loopback
    except ValueError:
        is_own = False
    if not is_own:
        raise SaysoError(
            f"--host {options.host} would let others in, and the desk has no accounts yet",
            "Leave --host out, and reach it from elsewhere through a tunnel: ssh -L 8480:127.0.0.1:8480 THIS-MACHINE",
        )
    if not 0 <= options.port <= 65535:
        raise SaysoError(
            f"--port {options.port} is no port", "Choose one from 1024 to 65535, or 0 for any that is free"
        )
    if options.example and options.ledger:
        raise SaysoError("--example shows the shipped ledger, and --ledger one of yours", "Leave one of them out")


@contextmanager
def _shown(options: argparse.Namespace) -> Iterator[Ledger]:
    """The ledger that is shown, with what is derived brought up to date."""
    from sayso.cli.demonstrating import example
    from sayso.ledger import Ledger, default_place

    with ExitStack() as open_:
        if options.example:
            yield open_.enter_context(example(None))
            return
        ledger = open_.enter_context(Ledger(options.ledger or default_place(), files=options.files, create=False))
        follow_with_progress(ledger)
        yield ledger


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens there. Raises SaysoError where another program does."""
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((bare, port))
            listener.listen(_WAITING)  # now, so that who reads our line and comes at once has to wait at most
        except OSError as error:
            problem = f"Nothing can listen at {host}, port {port}: {error.strerror}"
            raise SaysoError(problem, "Choose another with --port, or --port 0 for any that is free") from error
        yield listener


def _named(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _open(address: str) -> None:
    import webbrowser
    from threading import Timer

    Timer(0.5, webbrowser.open, [address]).start()
