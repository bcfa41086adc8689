"""Where the guard lets nobody go: reliability.md 3.1, 1 to 3 and 6."""

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from sayso.errors import FetchFailed, GatherError, Refused
from sayso.gather import captures
from sayso.gather.fetch.addresses import why_not_public
from sayso.gather.fetch.network import Reach, Resolver
from sayso.gather.fetch.target import target
from sayso.gather.fetch.visitor import Visitor
from sayso.vocabulary import Capture

from .samples import PARAGRAPHS, page
from .sites import QUICK, answer, reach, site, visitor

# Each leads, or might lead, to where no page for the public is. {port} is that of a server that counts connections.
FORBIDDEN = """
http://127.0.0.1:{port}/
http://127.0.0.1.:{port}/
http://127.1:{port}/
http://2130706433:{port}/
http://0x7f000001:{port}/
http://0x7f.0.0.1:{port}/
http://0177.0.0.1:{port}/
http://017700000001:{port}/
http://0:{port}/
http://0.0.0.0:{port}/
http://localhost:{port}/
http://localhost.:{port}/
http://LOCALHOST:{port}/
http://127.0.0.1%2f@good.example:{port}/
http://good.example@127.0.0.1:{port}/
http://good.example:80@127.0.0.1:{port}/
http://good.example\\@127.0.0.1:{port}/
http://good.example%09@127.0.0.1:{port}/
http://①②⑦.⓪.⓪.①:{port}/
http://127。0。0。1:{port}/
http://１２７.0.0.1:{port}/
http://[::1]:{port}/
http://[::]:{port}/
http://[::ffff:127.0.0.1]:{port}/
http://[::ffff:7f00:1]:{port}/
http://[0:0:0:0:0:ffff:7f00:1]:{port}/
http://[64:ff9b::7f00:1]:{port}/
http://[64:ff9b:1::7f00:1]:{port}/
http://[2002:7f00:1::]:{port}/
http://[2001::7f00:1]:{port}/
http://[fe80::1]:{port}/
http://[fe80::1%25lo]:{port}/
http://[fd00::1]:{port}/
http://[ff02::1]:{port}/
http://[2001:db8::1]:{port}/
http://[3fff::1]:{port}/
http://10.0.0.1/
http://100.64.0.1/
http://169.254.169.254/latest/meta-data/
http://172.16.0.1/
http://192.0.0.1/
http://192.0.2.1/
http://192.88.99.1/
http://192.168.1.1/
http://198.18.0.1/
http://198.51.100.1/
http://203.0.113.1/
http://224.0.0.1/
http://255.255.255.255/
http://rebound.example/
http://8.8.8.8:22/
http://8.8.8.8:25/
http://8.8.8.8:6379/
file:///etc/passwd
ftp://127.0.0.1/a
gopher://127.0.0.1:6379/_INFO
data:text/html,pier
jar:http://127.0.0.1!/a
http:///a
http://:{port}/
http://pier .example/
http://pier.example\t/
http://-pier.example/
http://faß.example/
""".strip("\n").split("\n")


def test_no_forbidden_address_is_ever_connected_to() -> None:
    assert len(FORBIDDEN) >= 40
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        names = {"rebound.example": "192.168.1.1", "good.example": "127.0.0.1"}
        guard = Reach(
            resolve=lambda host, _: [names.get(host) or socket.gethostbyname(host)], ports=frozenset((80, 443, port))
        )
        visit = Visitor(QUICK, guard)
        refused = 0
        for address in FORBIDDEN:
            with pytest.raises(Refused) as caught:
                visit.fetch(address.format(port=port))
            assert caught.value.cure, address
            refused += 1
        assert refused == len(FORBIDDEN)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001::1", "193.0.0.1"])
def test_public_addresses_are_public(address: str) -> None:
    from ipaddress import ip_address

    assert why_not_public(ip_address(address)) is None


def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    mixed = Reach(resolve=lambda host, port: ["8.8.8.8", "10.0.0.7"])
    with pytest.raises(Refused, match=r"10\.0\.0\.7 \(private\)"):
        Visitor(QUICK, mixed).fetch("http://pier.example/")


def _turning(answers: Iterator[list[str]]) -> Resolver:
    return lambda host, port: next(answers)


def test_a_name_that_changes_its_address_is_never_followed_inside() -> None:
    """DNS rebinding: public when it is checked, private when it is asked for again."""
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.setblocking(False)
        port = inside.getsockname()[1]
        for turn in range(100):
            answers = iter([["127.0.0.2"]] * (turn % 4 + 1) + [["127.0.0.1"]] * 20)
            # Only 127.0.0.2 may be reached, where nothing listens; 127.0.0.1 stands for the inside.
            changing = Reach(_turning(answers), reach(allowed="127.0.0.2/32").allowed, frozenset((port,)))
            with pytest.raises((Refused, FetchFailed)):
                Visitor(QUICK, changing).fetch(f"http://pier.example:{port}/")
        with pytest.raises(BlockingIOError):
            inside.accept()


def test_redirects_to_where_nobody_may_go_are_refused_at_any_hop() -> None:
    with site() as outside, site(address="127.0.0.2") as inside:
        inner = f"http://inside.example:{inside.port}/"

        def to(place: str) -> bytes:
            return answer(status="302 Found", Location=place)

        chain = {f"/hop{n}": to(f"/hop{n + 1}") for n in range(1, 5)}
        table = {
            "/private": to(inner),
            "/literal": to(f"http://127.0.0.2:{inside.port}/"),
            "/number": to(f"http://2130706434:{inside.port}/"),
            "/mapped": to(f"http://[::ffff:127.0.0.2]:{inside.port}/"),
            "/hop1": chain["/hop1"],
            "/loop": to("/loop"),
            "/round": to("/round-again"),
            "/hops0": to("/hops1"),
            "/file": to("file:///etc/passwd"),
            "/ftp": to("ftp://127.0.0.1/"),
            "/credentials": to(f"http://me:secret@norrvik.example:{outside.port}/"),
            "/port": to("http://norrvik.example:6379/"),
            "/nowhere": answer(status="302 Found"),
            "/spaces": to("http://norrvik.example/a b\\c"),
        }
        outside.pages = {
            **{f"/hops{n}": to(f"/hops{n + 1}") for n in range(20)},
            **chain,
            "/hop5": to(inner),
            "/round-again": to("/round"),
            **table,
        }
        visit = visitor(outside, inside, names={"inside.example": "127.0.0.2"})
        for path in table:
            with pytest.raises((Refused, FetchFailed)):
                visit.fetch(outside.url(path))
        assert len(table) >= 12
        assert inside.requests == []


def test_a_redirect_among_public_pages_is_followed_and_the_final_address_kept() -> None:
    with site() as made:
        made.pages = {
            "/old": answer(status="301 Moved Permanently", Location="/new?a=1#part"),
            "/new?a=1": answer(page(), Content_Type="text/html"),
        }
        fetched = visitor(made).fetch(made.url("/old"))
    assert fetched is not None
    assert fetched.received.address == made.url("/new?a=1")
    assert fetched.data == page().encode()


def test_nothing_private_crosses_hosts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with site() as first, site() as second, site() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        (tmp_path / ".netrc").write_text("machine norrvik.example login me password secret\n")
        (tmp_path / ".netrc").chmod(0o600)
        monkeypatch.setenv("HOME", str(tmp_path))
        second.pages = {"/b": answer("text", Set_Cookie="b=2")}
        first.pages = {
            "/a": answer(
                status="302 Found",
                Location=second.url("/b", "other.example"),
                Set_Cookie="a=1; Domain=example",
                ETag='"one"',
                WWW_Authenticate="Basic",
            ),
            "/c": answer("text"),
        }
        visit = visitor(first, second)
        visit.fetch(first.url("/a"))
        visit.fetch(first.url("/c"))
        assert proxy.requests == []
    for request in (*first.requests, *second.requests):
        names = {line.partition(":")[0].lower() for line in request.split("\r\n")[1:] if line}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert "secret" not in request
    assert second.requests[-1].split("\r\n")[1] == f"Host: other.example:{second.port}"


def test_only_the_address_that_gave_validators_gets_them_back() -> None:
    with site() as made:
        made.pages = {"/a": answer("text", ETag='"one"', Last_Modified="Fri, 19 Aug 2022 13:05:00 GMT")}
        visit = visitor(made)
        first = visit.fetch(made.url("/a"))
        assert first is not None
        made.pages = {
            "/a": answer(status="304 Not Modified", Content_Length="0"),
            "/b": answer(status="302 Found", Location="/a"),
            "/c": answer("other"),
        }
        assert visit.fetch(made.url("/a"), first.validators) is None
        assert 'If-None-Match: "one"' in made.requests[-1]
        assert "If-Modified-Since: Fri, 19 Aug 2022 13:05:00 GMT" in made.requests[-1]
        assert visit.fetch(made.url("/b"), first.validators) is None
        assert "If-None-Match" not in made.requests[-2]
        assert visit.fetch(made.url("/c"), first.validators) is not None
        assert "If-None-Match" not in made.requests[-1]


def test_a_page_is_captured_with_bytes_address_time_and_headers() -> None:
    with site() as made:
        made.pages = {"/pier": answer(page(), Content_Type="text/html; charset=utf-8", X_Pier="7")}
        (capture,) = captures([made.url("/pier")], visitor=visitor(made))
    assert isinstance(capture, Capture)
    assert capture.data == page().encode()
    assert capture.address == capture.report.url == made.url("/pier")
    assert ("X-Pier", "7") in capture.headers
    assert capture.report.text.endswith(PARAGRAPHS[-1])
    assert capture.captured.endswith("Z")


def test_a_page_is_read_in_the_charset_that_the_server_states() -> None:
    with site() as made:
        made.pages = {
            "/pier": answer("Пирс откроется весной.".encode("koi8-r"), Content_Type="text/plain; charset=koi8-r")
        }
        (capture,) = captures([made.url("/pier")], visitor=visitor(made))
    assert isinstance(capture, Capture)
    assert capture.report.text == "Пирс откроется весной."


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "204 No Content"])
def test_no_page_is_an_error_that_names_the_address(status: str) -> None:
    with site() as made:
        made.pages = {"/pier": answer(status=status)}
        (error,) = captures([made.url("/pier")], visitor=visitor(made))
    assert isinstance(error, FetchFailed)
    assert error.origin == made.url("/pier")
    assert status[:3] in str(error)


def _tls_server(context: ssl.SSLContext, server: socket.socket, seen: list[str | None]) -> None:
    context.sni_callback = lambda connection, name, _: seen.append(name)
    while True:
        try:
            plain, _ = server.accept()
            with context.wrap_socket(plain, server_side=True) as connection:
                connection.recv(65_536)
                connection.sendall(answer("The pier opens."))
        except ssl.SSLError:
            continue
        except OSError:
            return


def test_tls_asks_the_checked_address_for_the_name_and_checks_its_certificate() -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("norrvik.example").configure_cert(context)
    seen: list[str | None] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        threading.Thread(target=_tls_server, args=(context, server, seen), daemon=True).start()

        def trust() -> ssl.SSLContext:
            trusting = ssl.create_default_context()
            authority.configure_trust(trusting)
            return trusting

        known = Reach(lambda host, _: ["127.0.0.1"], reach().allowed, frozenset((port,)), trust)
        fetched = Visitor(QUICK, known).fetch(f"https://norrvik.example:{port}/pier")
        assert fetched is not None
        assert fetched.data == b"The pier opens."
        assert set(seen) == {"norrvik.example"}
        with pytest.raises(FetchFailed, match="certificate"):
            Visitor(QUICK, known).fetch(f"https://other.example:{port}/pier")
        stranger = Reach(known.resolve, known.allowed, known.ports)
        with pytest.raises(FetchFailed, match="certificate"):
            Visitor(QUICK, stranger).fetch(f"https://norrvik.example:{port}/pier")
        server.shutdown(socket.SHUT_RDWR)


def test_an_address_of_several_spellings_has_one() -> None:
    assert str(target("HTTP://Pier.Example:80/a b".replace(" ", "%20"))) == "http://pier.example/a%20b"
    assert str(target("https://пирс.example/пирс?в=1#x")) == (
        "https://xn--h1anee.example/%D0%BF%D0%B8%D1%80%D1%81?%D0%B2=1"
    )
    assert str(target("http://[2606:4700::1111]:8080/")) == "http://[2606:4700::1111]:8080/"


def test_the_guard_says_what_it_refuses_and_costs_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The pier opens.", encoding="utf-8")
    refused, kept = captures(["http://169.254.169.254/latest/", tmp_path / "a.txt"])
    assert isinstance(refused, GatherError)
    assert str(refused).startswith("http://169.254.169.254/latest/: it leads to 169.254.169.254 (link-local)")
    assert isinstance(kept, Capture)
