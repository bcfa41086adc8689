"""A case file: a WACZ that others' tools take for one, that adds nothing when it comes back, and restores a ledger."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from sayso.cli import main
from sayso.errors import ArchiveBroken
from sayso.ledger import Ledger
from sayso.review import Choice, Decision, Verdict, decide
from sayso.share.exports.forms import Format
from sayso.share.exports.kinds import ExportKind
from sayso.share.exports.wacz.index import turned
from sayso.trace.following import follow
from tests.ledger.stories import capture, finding, put_in
from tests.share.casework import archived_pages, exported, report_titled, story


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Two pages of the web, a line of JSON, and a reading made elsewhere."""
    with Ledger(tmp_path_factory.mktemp("case") / "case.db") as found:
        assert found.add(*archived_pages(), capture(1, media="application/jsonl"), read=False).new == 3
        found.add_readings([story(1, "Ada Quill", "that the ferry Aurora was sunk by a mine off Kessel")])
        put_in(found, finding(1))
        follow(found)
        (made,) = decide(found, [Choice(report_titled(found, "Story 1"), "s1", Verdict.ACCEPTED)], "R. Meer")
        assert isinstance(made, Decision)
        yield found


@pytest.fixture(scope="module")
def case(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "case.wacz"
    path.write_bytes(exported(ledger, ExportKind.REPORTS, Format.WACZ))
    return path


def _lines(case: Path, name: str) -> list[str]:
    with zipfile.ZipFile(case) as package:
        return package.read(name).decode().splitlines()


def _warc(case: Path) -> bytes:
    with zipfile.ZipFile(case) as package:
        return package.read("archive/data.warc.gz")


def test_the_validator_of_wacz_finds_it_valid(case: Path) -> None:
    command = "import sys; from wacz.main import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", command, "validate", "-f", str(case)], capture_output=True, text=True, check=False
    )
    assert "is valid" in done.stdout, done.stdout + done.stderr


def test_warcio_reads_every_record_and_its_digests_hold(case: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = []
        for it in ArchiveIterator(io.BytesIO(_warc(case)), check_digests="raise"):
            found.append((it.rec_type, it.rec_headers.get_header("WARC-Target-URI"), it.content_stream().read()))
    kinds = [kind for kind, *_ in found]
    assert (kinds.count("warcinfo"), kinds.count("response"), kinds.count("resource")) == (1, 1, 1)
    assert kinds.count("conversion") == 4
    page = next(content for kind, _, content in found if kind == "response")
    assert page.startswith(b"<!doctype html>")
    assert {address for _, address, _ in found} >= {"https://www.post.example/Quay?b=2&a=1", "https://kessel.example/b"}


def test_the_index_leads_to_each_record_of_the_web(case: Path) -> None:
    lines = _lines(case, "indexes/index.cdxj")
    assert lines == sorted(lines)
    assert [it.split(" ")[0] for it in lines] == ["example,kessel)/b", "example,post)/quay?a=1&b=2"]
    warc = _warc(case)
    for it in lines:
        _, moment, said = it.split(" ", 2)
        told = json.loads(said)
        start, length = int(told["offset"]), int(told["length"])
        (record,) = ArchiveIterator(io.BytesIO(warc[start : start + length]))
        assert record.rec_headers.get_header("WARC-Target-URI") == told["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == told["digest"]
        assert record.rec_headers.get_header("WARC-Date").translate({ord(c): None for c in "-:TZ"}) == moment


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://WWW.Post.Example/A?b=1", "example,post)/a?b=1"),
        ("http://post.example", "example,post)/"),
        ("https://post.example:8443/x y", "example,post:8443)/x%20y"),
        ("https://post.example:443/", "example,post)/"),
        ("https://www2.post.example/?b=2&a=1", "example,post)/?a=1&b=2"),
        ("urn:sha256:ab", "urn:sha256:ab"),
        ("https://[bad", "https://[bad"),
    ],
)
def test_addresses_are_turned_round_as_replay_tools_do(address: str, key: str) -> None:
    assert turned(address) == key


def test_pages_have_address_time_title_and_text(ledger: Ledger, case: Path) -> None:
    head, *pages = map(json.loads, _lines(case, "pages/pages.jsonl"))
    assert head["format"] == "json-pages-1.0"
    texts = {it.id: it.text for it in ledger.reports() if it.url}
    assert {it["id"]: it["text"] for it in pages} == texts
    assert all(it["url"].startswith("https://") and it["ts"].endswith("Z") for it in pages)


def test_nothing_is_added_when_the_case_file_is_added_to_its_ledger(ledger: Ledger, case: Path, tmp_path: Path) -> None:
    with Ledger(tmp_path / "again.db") as again:
        again.import_(case)
        for _ in range(2):
            added = again.add(str(case), read=False)
            assert (added.new, added.known, added.rejects) == (0, 2, ())
        assert main(["import", str(case), "--ledger", again.name]) == 0
        assert again.digest() == ledger.digest()
        report = report_titled(again, "Quay of Kessel closed")
        assert [it.headers for it in again.captures(report)] == [it.headers for it in ledger.captures(report)]


def test_its_part_of_the_ledger_restores_all_of_it_elsewhere(ledger: Ledger, case: Path, tmp_path: Path) -> None:
    with Ledger(tmp_path / "restored.db") as other:
        moved = other.import_(case)
        assert (moved.reports, moved.readings, moved.findings, moved.decisions) == (4, 1, 1, 1)
        assert other.digest() == ledger.digest()
        assert other.verify().sound


def test_a_case_of_one_report_has_nothing_of_the_others(ledger: Ledger, tmp_path: Path) -> None:
    report = report_titled(ledger, "Quay of Kessel closed")
    path = tmp_path / "one.wacz"
    path.write_bytes(exported(ledger, ExportKind.REPORTS, Format.WACZ, {"report": report}))
    with zipfile.ZipFile(path) as package:
        whole = b"".join(package.read(name) for name in package.namelist() if not name.startswith("archive/"))
    assert b"Ada Quill" not in whole
    assert [json.loads(line)["kind"] for line in _lines(path, "sayso/ledger.jsonl")] == [
        "ledger", "report", "finding", "end",
    ]  # fmt: skip


def test_claims_are_in_it_with_their_members(case: Path) -> None:
    (claim,) = map(json.loads, _lines(case, "sayso/claims.jsonl"))
    assert "sunk by a mine" in claim["text"]


def test_exporting_twice_gives_the_same_bytes(ledger: Ledger, case: Path) -> None:
    assert exported(ledger, ExportKind.REPORTS, Format.WACZ) == case.read_bytes()


def test_a_damaged_case_file_is_told_and_restores_nothing_of_the_damage(case: Path, tmp_path: Path) -> None:
    data = case.read_bytes()
    at = data.index(b"sayso/ledger.jsonl") + 200
    broken = tmp_path / "broken.wacz"
    broken.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    other = tmp_path / "no_case.wacz"
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("archive/data.warc", b"")
    with Ledger(tmp_path / "empty.db") as empty:
        for path in (broken, other):
            with pytest.raises(ArchiveBroken):
                empty.import_(path)
