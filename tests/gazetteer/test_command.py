import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.gazetteer import gazetteer
from tests.gazetteer.dumps import COUNTRY


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SAYSO_DATA", str(tmp_path / "data"))
    (tmp_path / "exland.txt").write_text("\n".join((*COUNTRY, "a bad row")), encoding="utf-8")
    gazetteer.cache_clear()
    yield tmp_path
    gazetteer.cache_clear()


def test_a_pack_is_built_used_listed_and_removed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "build", str(data / "exland.txt"), "--json"]) == 0
    built = capsys.readouterr()
    assert json.loads(built.out)["toponyms"] == len(COUNTRY)
    assert "exland.txt:7: 1 columns" in built.err

    assert main(["gazetteer", "find", "Kefer Zeita", "--country", "xx", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == 5

    assert main(["gazetteer", "list", "--verify"]) == 0
    listed = capsys.readouterr()
    assert "exland: 6 places" in listed.out
    assert "GeoNames" in listed.err
    assert "CC BY 4.0" in listed.err

    assert main(["gazetteer", "remove", "exland"]) == 0
    gazetteer.cache_clear()
    assert main(["gazetteer", "find", "Kefer Zeita", "--country", "XX"]) == 1


def test_a_damaged_pack_is_told_and_the_others_are_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = data / "data" / "gazetteer"
    folder.mkdir(parents=True)
    (folder / "bad.sayso-places").write_bytes(b"no pack")
    assert main(["gazetteer", "list"]) == 1
    told = capsys.readouterr()
    assert "default:" in told.out
    assert "bad.sayso-places" in told.err


@pytest.mark.parametrize(
    "arguments",
    [[], ["build", "none.txt"], ["remove", "none"], ["remove", "../../etc"], ["build", "x.txt", "--name", "../up"]],
)
def test_a_wrong_call_is_told_in_a_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", *arguments]) == 1
    told = capsys.readouterr().err
    assert told.startswith("sayso: ")
    assert "Traceback" not in told
