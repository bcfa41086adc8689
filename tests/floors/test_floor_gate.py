from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import floors, gate
from benchmarks.figures import UNUSABLE
from benchmarks.gate import Floor, Measured, Pinned, Verdict

NOISE = {"tides.height": 0.5, "tides.speed": 0.5}


def pinned(height: float = 70.0, speed: float = 50.0, corpus: str = "c1") -> dict[str, Pinned]:
    return {"tides": Pinned(corpus, {"height": Floor(height, 0.5), "speed": Floor(speed, 0.5)})}


def measured(height: float = 70.0, speed: float = 50.0, corpus: str = "c1") -> dict[str, Measured]:
    return {"tides": Measured(corpus, {"height": height, "speed": speed})}


def verdicts(height: float) -> Verdict:
    return {item.name: item.verdict for item in gate.judge(pinned(), measured(height))}["tides.height"]


@pytest.mark.parametrize(
    ("height", "verdict"),
    [
        (70.0, Verdict.HELD),
        (69.5, Verdict.HELD),
        (69.49, Verdict.DROPPED),
        (70.5, Verdict.HELD),
        (70.51, Verdict.ROSE),
        (0.0, Verdict.DROPPED),
    ],
)
def test_a_drop_beyond_the_noise_and_nothing_less_is_a_drop(height: float, verdict: Verdict) -> None:
    assert verdicts(height) is verdict


def test_a_pinned_figure_that_was_not_measured_fails() -> None:
    status, judgements = floors.check(pinned(), {"tides": Measured("c1", {"height": 70.0})})
    assert status == floors.FAILED
    assert [item.name for item in judgements if item.fails] == ["tides.speed"]


def test_a_benchmark_that_was_not_measured_fails() -> None:
    status, judgements = floors.check(pinned(), {})
    assert status == floors.FAILED
    assert {item.verdict for item in judgements} == {Verdict.MISSING}


def test_a_figure_without_a_floor_is_told_and_does_not_fail() -> None:
    status, judgements = floors.check(pinned(), {"tides": Measured("c1", {"height": 70, "speed": 50, "salt": 3})})
    assert status == 0
    assert {item.name: item.verdict for item in judgements}["tides.salt"] is Verdict.UNPINNED


def test_another_corpus_is_an_error_even_when_the_figures_are_better() -> None:
    with pytest.raises(gate.CorpusChanged, match=r"tides.*c1.*c2.*--allow-new-corpus tides") as caught:
        gate.judge(pinned(), measured(99, 99, corpus="c2"))
    assert caught.value.benchmark == "tides"


def test_pinning_raises_what_rose_and_keeps_what_fell_within_its_noise() -> None:
    after = gate.repin(pinned(), measured(72.349, 49.6), NOISE)["tides"].figures
    assert after == {"height": Floor(72.34, 0.5), "speed": Floor(50.0, 0.5)}


def test_pinning_refuses_to_lower_a_floor() -> None:
    with pytest.raises(gate.WouldLower, match=r"--allow-lower tides\.height tides\.speed") as caught:
        gate.repin(pinned(), measured(60, 40), NOISE)
    assert caught.value.names == ("tides.height", "tides.speed")


def test_pinning_lowers_only_the_floor_that_is_named() -> None:
    after = gate.repin(pinned(), measured(60, 51), NOISE, allow_lower=["tides.height"])["tides"].figures
    assert after["height"].floor == 60.0
    assert after["speed"].floor == 51.0
    with pytest.raises(gate.WouldLower, match=r"tides\.speed"):
        gate.repin(pinned(), measured(60, 40), NOISE, allow_lower=["tides.height"])


def test_pinning_on_another_corpus_has_to_be_asked_for_by_name() -> None:
    with pytest.raises(gate.CorpusChanged):
        gate.repin(pinned(), measured(corpus="c2"), NOISE)
    after = gate.repin(pinned(), measured(10, 20, corpus="c2"), NOISE, allow_new_corpus=["tides"])
    assert after["tides"] == Pinned("c2", {"height": Floor(10.0, 0.5), "speed": Floor(20.0, 0.5)})


def test_pinning_keeps_the_benchmarks_that_were_not_measured() -> None:
    after = gate.repin(pinned(), {"winds": Measured("w", {"force": 5.0})}, {"winds.force": 1.0})
    assert after["tides"] == pinned()["tides"]
    assert after["winds"].figures == {"force": Floor(5.0, 1.0)}


def test_floors_survive_writing_and_reading(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    gate.save(path, {"quick": pinned(), "full": pinned(71.25)})
    assert gate.load(path) == {"quick": pinned(), "full": pinned(71.25)}


@pytest.mark.parametrize(
    "written",
    ["", "[]", "{}", '{"schema": "other/1"}', '{"schema": "sayso/floors/1", "subsets": {"quick": {"t": 1}}}'],
)
def test_a_file_that_is_no_floors_file_says_so(tmp_path: Path, written: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(gate.FloorsUnreadable, match=r"floors\.json"):
        gate.load(path)


# The command, with a measurement made by hand.

ATTRIBUTION = {"whole_partial": 75.0, "token_cue": 73.0}


def run(folder: Path, *words: str, figures: dict[str, float] | None = None, corpus: str = "c1") -> int:
    def by_hand(data: Path, subset: str) -> dict[str, Measured]:
        assert data == folder
        assert subset == "quick"
        return {"attribution": Measured(corpus, figures or ATTRIBUTION)}

    path = folder / "floors.json"
    if not path.exists():
        gate.save(path, {})
    return floors.main([*words, "--data", str(folder), "--floors", str(path)], measure=by_hand)


def test_check_holds_after_pin_and_fails_after_a_drop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "pin") == 0
    assert run(tmp_path, "check") == 0
    assert "every floor holds" in capsys.readouterr().err
    assert run(tmp_path, "check", figures={"whole_partial": 74.4, "token_cue": 73.0}) == floors.FAILED
    told = capsys.readouterr()
    assert "under the floor: attribution.whole_partial" in told.err
    assert "dropped" in told.out


def test_check_without_any_pin_is_not_a_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "check") == UNUSABLE
    assert "nothing is pinned for quick" in capsys.readouterr().err


def test_check_is_skipped_where_the_data_is_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent = tmp_path / "eval"
    assert floors.main(["check", "--data", str(absent)]) == 0
    assert f"skipped: {absent} absent" in capsys.readouterr().err


def test_check_on_another_corpus_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, "pin")
    assert run(tmp_path, "check", corpus="c2") == UNUSABLE
    assert "pinned on corpus c1, this is c2" in capsys.readouterr().err


def test_check_where_one_corpus_is_missing_from_the_folder_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "pin")
    command = ["check", "--data", str(tmp_path), "--floors", str(tmp_path / "floors.json")]
    assert floors.main(command) == UNUSABLE
    assert "no dev.jsonl.gz" in capsys.readouterr().err


def test_a_refused_pin_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, "pin")
    before = (tmp_path / "floors.json").read_bytes()
    lower = {"whole_partial": 70.0, "token_cue": 80.0}
    assert run(tmp_path, "pin", figures=lower) == floors.FAILED
    assert (tmp_path / "floors.json").read_bytes() == before
    assert "--allow-lower attribution.whole_partial" in capsys.readouterr().err
    assert run(tmp_path, "pin", "--allow-lower", "attribution.whole_partial", figures=lower) == 0
    written = gate.load(tmp_path / "floors.json")["quick"]["attribution"].figures
    assert {name: floor.floor for name, floor in written.items()} == lower


def test_a_misspelt_name_lowers_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "pin", "--allow-lower", "attribution.hole_partial") == UNUSABLE
    assert "no figure is called attribution.hole_partial" in capsys.readouterr().err


def test_json_gives_every_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, "pin")
    capsys.readouterr()
    assert run(tmp_path, "check", "--json") == 0
    assert json.loads(capsys.readouterr().out)[1] == {
        "figure": "attribution.whole_partial",
        "verdict": "held",
        "floor": 75.0,
        "noise": 0.5,
        "value": 75.0,
    }


def test_the_shipped_floors_can_be_read_and_have_the_noise_the_code_states() -> None:
    for subset, benchmarks in gate.load(floors.FLOORS).items():
        for benchmark, pins in benchmarks.items():
            for figure, floor in pins.figures.items():
                assert floor.noise == floors.NOISE[subset][f"{benchmark}.{figure}"]
