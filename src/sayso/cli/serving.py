"""`sayso serve`: the desk, a ledger in a browser."""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from sayso.cli.adding import follow_with_progress, ledger_argument
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.web import Settings
    from sayso.web.accounts.store import Store

PORT: Final = 8480
_WAITING: Final = 128  # who may stand in line for a connection
_INSTALL: Final = "Install it: pip install 'sayso[desk]'"
_EVERY: Final = ("0.0.0.0", "::")  # noqa: S104 - what we listen at is the caller's to say
_IN_CLEAR: Final = (
    "sayso: passwords and pages go through this network in the clear: put a proxy with TLS before it, and say --secure"
)
_EXAMPLE: Final = "An example: the loss of the USS Maine. What you keep here is gone when the desk closes."


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what `sayso serve` takes."""
    ledger_argument(command)
    command.add_argument("--port", type=int, default=PORT, metavar="N", help=f"where it listens (default: {PORT})")
    command.add_argument(
        "--host", default="127.0.0.1", help="the address it listens at (default: 127.0.0.1); others take accounts"
    )
    command.add_argument("--name", action="append", default=[], help="a name it goes by, such as desk.example.org")
    command.add_argument(
        "--secure", action="store_true", help="people reach it by https alone, through a proxy: cookies go no other way"
    )
    command.add_argument(
        "--proxy", action="append", default=[], metavar="ADDRESS",
        help="with --secure: the proxy, which is believed whom it asks for (default: this machine)",
    )  # fmt: skip
    command.add_argument("--reviewer", default="", metavar="NAME", help="who decides, where there are no accounts")
    command.add_argument("--log", choices=("text", "json"), default="text", help="json: every request, a line each")
    command.add_argument("--open", action="store_true", help="open it in the browser")
    command.add_argument("--example", action="store_true", help="show the shipped ledger instead of one of yours")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    _check(options)
    try:
        import uvicorn

        from sayso.web import application
    except ImportError as error:
        raise SaysoError(f"The desk needs a library that is not installed ({error.name})", _INSTALL) from error
    with (
        _accounts(options) as accounts,
        _shown(options) as ledger,
        _listening(options.host, options.port) as listener,
    ):
        app = application(ledger, _settings(options), accounts)
        how: dict[str, Any] = {"log_level": "warning", "access_log": False, "server_header": False}
        server = uvicorn.Server(uvicorn.Config(app, **how, **_forwarded(options)))
        if options.log == "json":
            from sayso.web.logs import log_json

            log_json()
        address = f"http://{_named(listener)}/"
        print(f"sayso: {ledger.name} is open at {address}  (Ctrl-C closes it)", file=sys.stderr)
        if not _is_own(options.host) and not options.secure:
            print(_IN_CLEAR, file=sys.stderr)
        if options.open:
            _open(address)
        with suppress(KeyboardInterrupt):  # it has closed in good order, and then tells us why
            server.run(sockets=[listener])
    print("sayso: closed", file=sys.stderr)
    return 0


def _check(options: argparse.Namespace) -> None:
    if not 0 <= options.port <= 65535:
        raise SaysoError(
            f"--port {options.port} is no port", "Choose one from 1024 to 65535, or 0 for any that is free"
        )
    if options.example and options.ledger:
        raise SaysoError("--example shows the shipped ledger, and --ledger one of yours", "Leave one of them out")
    if options.proxy and not options.secure:
        raise SaysoError("--proxy names the proxy through which people come by https", "Say --secure too")


@contextmanager
def _accounts(options: argparse.Namespace) -> Iterator[Store | None]:
    """The accounts of the ledger, if it has some. Raises SaysoError where others would be let in without."""
    from sayso.ledger import default_place
    from sayso.web.accounts.store import found

    with ExitStack() as open_:
        store = None if options.example else found(options.ledger or default_place())
        if store is not None:
            open_.enter_context(closing(store))
        if store is None and not _is_own(options.host):
            raise SaysoError(
                f"--host {options.host} would let others in, and there are no accounts yet",
                "Make some: sayso users add NAME --role admin. Or leave --host out, and reach it from elsewhere "
                "through a tunnel: ssh -L 8480:127.0.0.1:8480 THIS-MACHINE",
            )
        if options.host.strip("[]") in _EVERY and not options.name:
            problem = f"--host {options.host} is every address of this machine"
            raise SaysoError(problem, "Say by which names it is asked for: --name NAME")
        yield store


def _is_own(host: str) -> bool:
    """Whether an address is this machine's alone."""
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _settings(options: argparse.Namespace) -> Settings:
    from sayso.web import Settings
    from sayso.web.settings import LOOPBACK

    bare = options.host.strip("[]").lower()
    own = f"[{bare}]" if ":" in bare else bare
    hosts = tuple(dict.fromkeys((*LOOPBACK, own, *(it.lower() for it in options.name))))
    banner = _EXAMPLE if options.example else ""
    return Settings(hosts=hosts, banner=banner, secure=options.secure, reviewer=options.reviewer)


def _forwarded(options: argparse.Namespace) -> dict[str, Any]:
    """Whether a proxy is believed for whom it asks, and which."""
    if not options.secure:
        return {"proxy_headers": False}
    return {"proxy_headers": True, "forwarded_allow_ips": options.proxy or ["127.0.0.1", "::1"]}


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
