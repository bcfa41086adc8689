import gzip
import os
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from sayso.errors import PackBroken, PackMissing, SaysoError, SourceBroken
from sayso.gazetteer import build
from sayso.gazetteer.pack import open_pack, verify
from tests.gazetteer.dumps import COUNTRY, opened, packed, row


def _bytes() -> bytes:
    return "\n".join(COUNTRY).encode()


def test_a_dump_may_be_plain_gzipped_or_in_a_zip_with_a_readme(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(_bytes())
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(_bytes()))
    with zipfile.ZipFile(tmp_path / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Readme for the dump")
        archive.writestr("XX.txt", _bytes())
    for name in ("a.txt", "b.txt.gz", "c.zip"):
        info = build([tmp_path / name], tmp_path / "out.sayso-places")
        assert (info.toponyms, info.bad_rows, info.sources) == (len(COUNTRY), 0, (name,))


def test_lists_of_codes_name_the_divisions_that_a_dump_lacks(tmp_path: Path) -> None:
    (tmp_path / "towns.txt").write_text(row(1, "Aville", admin1="07", admin2="0703"))
    (tmp_path / "admin1CodesASCII.txt").write_text("XX.07\tUpper Vale\tUpper Vale\t70\n")
    (tmp_path / "admin2Codes.txt").write_text("XX.07.0703\tMill District\tMill District\t71\n")
    sources = [tmp_path / name for name in ("towns.txt", "admin1CodesASCII.txt", "admin2Codes.txt")]
    (hit,) = opened(build(sources, tmp_path / "out.sayso-places").path).exact("Aville")
    assert (hit.toponym.admin1, hit.toponym.admin2) == ("Upper Vale", "Mill District")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(7, "Off", lat=91.0), "nowhere on earth"),
        (row(7, "Off", lat=float("nan")), "nowhere on earth"),
        (row(7, "Off", lon=float("inf")), "nowhere on earth"),
        (row(-7, "Off"), "no GeoNames id"),
        (row(1 << 40, "Off"), "no GeoNames id"),
        (row(7, " "), "no name"),
        (row(7, "Off", country="xyz"), "no country code"),
        (row(7, "Off", kind="Z.PPL"), "no feature code"),
        (row(7, "Off").replace("\t1000\t", "\tmany\t"), "many"),
        ("7\tOff", "2 columns"),
        ("\x00" * 50, "columns"),
        ("z" * 600_000, "longer than"),
    ],
)
def test_a_bad_row_is_told_by_line_and_the_rest_is_kept(tmp_path: Path, bad: str, reason: str) -> None:
    source = tmp_path / "rows.txt"
    source.write_text("\n".join((row(1, "First"), bad, "", "# a remark", row(2, "Last"))), encoding="utf-8")
    info = build([source], tmp_path / "out.sayso-places")
    assert (info.toponyms, info.bad_rows) == (2, 1)
    (told,) = info.bad
    assert (told.source, told.line) == ("rows.txt", 2)
    assert reason in told.reason


def test_a_row_that_is_not_utf8_is_a_bad_row(tmp_path: Path) -> None:
    (tmp_path / "rows.txt").write_bytes(row(1, "Good").encode() + b"\n" + row(2, "B\xe4d").encode("latin-1"))
    info = build([tmp_path / "rows.txt"], tmp_path / "out.sayso-places")
    assert (info.toponyms, [bad.reason for bad in info.bad]) == (1, ["it is not UTF-8"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a text\nof no table\n",
        b"\x1f\x8b\x08 broken",
        b"PK\x03\x04 broken",
        gzip.compress(_bytes(), mtime=0)[:-20],
    ],
)
def test_what_is_no_dump_is_refused_and_leaves_nothing_behind(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "source").write_bytes(content)
    folder = tmp_path / "packs"
    with pytest.raises(SourceBroken, match="source"):
        build([tmp_path / "source"], folder / "out.sayso-places")
    assert list(folder.iterdir()) == []


def test_a_failed_build_leaves_the_old_pack_as_it_was(tmp_path: Path) -> None:
    path = packed(tmp_path)
    before = path.read_bytes()
    (tmp_path / "none.txt").write_text("nothing")
    with pytest.raises(SourceBroken):
        build([tmp_path / "none.txt"], path)
    assert path.read_bytes() == before


def test_progress_ends_at_the_size_of_the_sources(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    source = tmp_path / "rows.txt"
    source.write_text("\n".join(row(n, f"Town {n}") for n in range(1, 9_001)))
    build([source], tmp_path / "out.sayso-places", progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == (source.stat().st_size, source.stat().st_size)


def test_the_same_rows_make_the_same_pack(tmp_path: Path) -> None:
    first, second = (open_pack(packed(tmp_path, name=name)) for name in ("one", "two"))
    for name, section in first.sections.items():
        assert section.tobytes() == second.sections[name].tobytes()


def test_a_truncated_pack_is_told_by_name_with_a_cure(tmp_path: Path) -> None:
    path = packed(tmp_path)
    whole = path.read_bytes()
    for length in {0, 5, 8, 60, len(whole) // 2, len(whole) - 1}:
        path.write_bytes(whole[:length])
        with pytest.raises(PackBroken, match=r"exland\.sayso-places.*Delete it"):
            open_pack(path)


def test_a_pack_with_a_changed_byte_is_an_error_or_an_answer_but_never_a_crash(tmp_path: Path) -> None:
    path = packed(tmp_path)
    whole = path.read_bytes()
    for place in range(8, len(whole), 37):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with pytest.raises(PackBroken):
            verify(path)
        with suppress(PackBroken):
            places = opened(path)
            for name in ("Exland", "Tall Qasim", "Tell Kasem", "North"):
                places.exact(name)
                places.alike(name, ("XX",))
                places.division("XX", name)
            places.near(35.6, 36.5, 100, 5)


def test_there_is_no_pack_to_open(tmp_path: Path) -> None:
    with pytest.raises(PackMissing):
        open_pack(tmp_path / "none.sayso-places")
    with pytest.raises(SaysoError):
        open_pack(tmp_path)


def test_two_processes_build_one_pack_at_once(tmp_path: Path) -> None:
    source, out = tmp_path / "rows.txt", tmp_path / "packs" / "out.sayso-places"
    source.write_text("\n".join(row(n, f"Town {n}") for n in range(1, 2_001)))
    program = (
        "import sys, pathlib, sayso.gazetteer as g; g.build([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]))"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, source, out], env=dict(os.environ)) for _ in range(2)]
    assert [process.wait(timeout=300) for process in running] == [0, 0]
    verify(out)
    assert open_pack(out).info.toponyms == 2_000
    assert list(out.parent.iterdir()) == [out]
