"""Readers of other packages: found by name, checked like our own, and none costs more than its own report."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.errors import GatherError, ReaderFailed, ReaderMissing, ReadError, ReadingRefused
from sayso.gather import gather
from sayso.ledger import Ledger
from sayso.read import read_report
from sayso.read.apart import Apart, opened
from sayso.read.plugins import Shipped, installed, loaded, made_by, read_by, read_many_by
from sayso.vocabulary import (
    Actor,
    ActorId,
    ActorKind,
    Certainty,
    Confidence,
    Count,
    Entry,
    Form,
    Harm,
    Incident,
    IncidentId,
    IncidentType,
    Label,
    Link,
    Part,
    PartRole,
    Passage,
    Place,
    PlaceId,
    PlaceLevel,
    Published,
    ReaderVersion,
    Reading,
    Report,
    ReportId,
    Role,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    StatementId,
    Status,
    Tally,
    TallyId,
    Time,
    TimeId,
    TimeKind,
    passage,
)
from tests.read.packages import install

TEXT = "“The weir will hold,” engineer Ida Holm said on Monday. Two gates near Odderby were opened."
REPORT = Report(ReportId("weir"), TEXT, language="en", origin="weir.txt")
MADE = ReaderVersion("trial", "7", "w")

PLUGIN = """
import os, sys, time
from dataclasses import dataclass
from sayso.vocabulary import *

@dataclass
class Trial:
    name: str = "trial"
    version: str = "7"
    weights: str = "w"
    languages: tuple = ("en", "da")

    def read(self, report):
        print("talk that is no answer")
        if "crash" in report.text:
            os._exit(3)
        if "hang" in report.text:
            time.sleep(600)
        if "raise" in report.text:
            raise RuntimeError("out of ideas")
        end = 5000 if "lie" in report.text else len(report.text)
        content = Passage((Span(0, end),), report.text)
        speaker = Speaker(SpeakerKind.OUTLET, "")
        said = Statement(StatementId("s1"), speaker, content, form=Form.VOICE, stance=Stance.ASSERTS)
        flags = (*report.flags, "x" * 3_000_000) if "huge" in report.text else report.flags
        from dataclasses import replace
        stance = "sings" if "sing" in report.text else Stance.ASSERTS
        said = (replace(said, stance=stance),)
        return Reading(replace(report, flags=flags), ReaderVersion("trial", "7", "w"), statements=said)

def reader():
    return Trial()
"""


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


HOLM = Actor(ActorId("a1"), "Ida Holm", ActorKind.PERSON, ("Ida Holm",), mentions=(at("Ida Holm"),))
SAID = Statement(
    StatementId("s1"), Speaker(SpeakerKind.ACTOR, "Ida Holm", HOLM.id), passage(TEXT, (at("The weir will hold"),)),
    passage(TEXT, (at("engineer Ida Holm"),)), passage(TEXT, (at("said"),)), form=Form.DIRECT,
    chain=(Link("Ida Holm", HOLM.id, at("engineer Ida Holm")),),
)  # fmt: skip
GOOD = Reading(REPORT, MADE, (HOLM,), (SAID,))
ODDERBY = Place(PlaceId("p1"), at("Odderby"), "Odderby")
OPENED = Incident(IncidentId("i1"), IncidentType.OTHER, Status.HAPPENED, (at("opened"),))


@dataclass(frozen=True)
class Giving:
    """A reader that gives what it was told to."""

    give: Callable[[], object]
    name: str = "trial"
    version: str = "7"
    weights: str = "w"
    languages: tuple[str, ...] = ()

    def read(self, report: Report) -> Reading:
        return self.give()  # type: ignore[return-value] # a plug-in may give anything


def with_statement(**changes: object) -> Reading:
    return replace(GOOD, statements=(replace(SAID, **changes),))  # type: ignore[arg-type]


def with_actor(**changes: object) -> Reading:
    return replace(GOOD, actors=(replace(HOLM, **changes),))  # type: ignore[arg-type]


def incident(**changes: object) -> Reading:
    return replace(GOOD, incidents=(replace(OPENED, **changes),))  # type: ignore[arg-type]


def place(**changes: object) -> Reading:
    return replace(GOOD, places=(replace(ODDERBY, **changes),))  # type: ignore[arg-type]


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "no reading": (lambda: {"statements": []}, "dict"),
    "a span outside the text": (lambda: with_statement(content=Passage((Span(0, 500),), "x")), "statements[0]"),
    "a span that ends before it begins": (lambda: with_statement(cue=Passage((Span(9, 3),), "")), "statements[0]"),
    "a negative span": (lambda: with_actor(mentions=(at("Ida Holm"), Span(-4, 2))), "actors[0]"),
    "other words": (lambda: with_statement(content=Passage((at("The weir"),), "The weir broke")), "statements[0]"),
    "no words": (lambda: with_statement(content=Passage()), "statements[0].content"),
    "pieces that overlap": (lambda: with_statement(content=passage(TEXT, (Span(1, 9), Span(5, 12)))), "overlap"),
    "a stance of its own": (lambda: with_statement(stance="sings"), "stance"),
    "a form of its own": (lambda: with_statement(form="sung"), "form"),
    "a certainty of its own": (lambda: with_statement(certainty=Certainty("sure")), "certainty"),  # type: ignore[arg-type]
    "a score over 1": (lambda: with_statement(score=1.5), "statements[0].score"),
    "a score that is no number": (lambda: with_statement(score=float("nan")), "statements[0].score"),
    "text for a score": (lambda: with_statement(score="high"), "score"),
    "a speaker who is nobody": (
        lambda: with_statement(speaker=Speaker(SpeakerKind.ACTOR, "Ida Holm", ActorId("a9"))), "speaker.actor",
    ),
    "a speaker in words of its own": (
        lambda: with_statement(speaker=Speaker(SpeakerKind.ACTOR, "the Queen", HOLM.id)), "speaker.text",
    ),
    "an unknown speaker with an actor": (
        lambda: with_statement(speaker=Speaker(SpeakerKind.UNKNOWN, "Ida Holm", HOLM.id)), "speaker",
    ),
    "a candidate who is nobody": (
        lambda: with_statement(speaker=Speaker(SpeakerKind.UNKNOWN, "", None, (ActorId("a9"),))), "candidates",
    ),
    "a voucher in words of its own": (lambda: with_statement(chain=(Link("the Queen", None, at("said")),)), "chain[0]"),
    "a parent that is not there": (lambda: with_statement(parent="s9"), "statements[0].parent"),
    "a statement inside itself": (lambda: with_statement(parent="s1"), "inside itself"),
    "two statements with one id": (lambda: replace(GOOD, statements=(SAID, SAID)), "one id"),
    "an id of nothing": (lambda: with_statement(id=""), "statements[0].id"),
    "a name that stands nowhere": (lambda: with_actor(names=("Ida Holm", "Queen Ida")), "actors[0]"),
    "a name that is not mentioned": (lambda: with_actor(name="engineer"), "actors[0]"),
    "a role in other words": (lambda: with_actor(roles=(Role("chief engineer", at("engineer")),)), "actors[0]"),
    "a label by nobody": (lambda: with_actor(labels=(Label("engineer", at("engineer"), "s9"),)), "labels[0].by"),
    "a kind of its own": (lambda: with_actor(kind="wizard"), "kind"),
    "far too many names": (lambda: with_actor(names=("Ida Holm",) * 20_000), "actors[0].names"),
    "a long string": (lambda: incident(mode="x" * 5_000), "incidents[0].mode"),
    "a place off the globe": (
        lambda: place(entry=Entry("Odderby", 91.0, 0.0, PlaceLevel.SETTLEMENT)), "places[0].entry.lat",
    ),
    "a place in other words": (lambda: place(text="Vell"), "places[0]"),
    "a place within itself": (lambda: place(within=(PlaceId("p1"),)), "inside itself"),
    "a day that is none": (lambda: incident(start="2021-02-30"), "incidents[0].start"),
    "an incident at no place of its own": (lambda: incident(places=(PlaceId("p7"),)), "incidents[0].places"),
    "an incident by somebody in other words": (
        lambda: incident(parts=(Part(PartRole.PERPETRATOR, "spies", at("gates")),)), "incidents[0].parts[0]",
    ),
    "a count that is less than none": (
        lambda: incident(counts=(Count(at("Two"), "Two", -2, 2, Harm.KILLED),)), "counts[0].low",
    ),
    "a count from more to less": (
        lambda: incident(counts=(Count(at("Two"), "Two", 2, 1, Harm.KILLED),)), "counts[0]",
    ),
    "a tally in other words": (
        lambda: replace(GOOD, tallies=(Tally(TallyId("t1"), IncidentType.OTHER, at("Two gates"), "Six gates", 6, 6),)),
        "tallies[0]",
    ),
    "a time in other words": (
        lambda: replace(GOOD, times=(Time(TimeId("t1"), at("Monday"), "Friday", TimeKind.DATE, "X"),)), "times[0]",
    ),
    "another text": (lambda: replace(GOOD, report=replace(REPORT, text=TEXT + " ")), "report"),
    "another day": (lambda: replace(GOOD, report=replace(REPORT, published=Published("2021", "given"))), "report"),
    "too many flags": (lambda: replace(GOOD, report=replace(REPORT, flags=("x",) * 50)), "report.flags"),
    "another reader's name": (lambda: replace(GOOD, reader=made_by(Shipped())), "reader"),
    "another version": (lambda: replace(GOOD, reader=replace(MADE, version="8")), "reader"),
    "half a character": (lambda: incident(mode="\ud800"), "surrogates"),
}  # fmt: skip


@pytest.fixture
def maine_reports() -> list[Report]:
    with resources.as_file(resources.files("sayso") / "examples") as folder:
        found = list(gather([str(folder / "maine" / "reports.jsonl"), str(folder / "harbour.md")]))
    return [it for it in found if not isinstance(it, GatherError)]


def test_what_stands_in_the_text_is_kept() -> None:
    assert read_by(Giving(lambda: GOOD), REPORT) == GOOD


def test_words_of_the_vocabulary_are_made_its_members() -> None:
    plain = with_statement(stance="denies", certainty=Certainty("hedged", (at("will"),)))  # type: ignore[arg-type]
    (kept,) = read_by(Giving(lambda: plain), REPORT).statements
    assert kept.stance is Stance.DENIES
    assert kept.certainty.value is Confidence.HEDGED


@pytest.mark.parametrize("what", REFUSED)
def test_what_may_not_be_kept_is_refused_by_name_report_and_place(what: str) -> None:
    give, where = REFUSED[what]
    with pytest.raises(ReadingRefused) as told:
        read_by(Giving(give), REPORT)
    assert str(told.value).startswith("reader trial, weir.txt: ")
    assert where in str(told.value)


def test_the_shipped_reader_would_be_let_in(maine_reports: list[Report]) -> None:
    for report in maine_reports:
        assert read_by(Shipped(), report) == read_report(report)


def test_a_report_in_a_language_that_is_not_read_is_marked_and_left_alone() -> None:
    report = replace(REPORT, language="fi")
    reading = read_by(Giving(lambda: 1 / 0, languages=("en", "da")), report)
    assert reading.statements == ()
    assert reading.report.flags == ("not read: trial reads en, da, and the text is in another language (fi)",)
    assert reading.reader == MADE


def test_a_reader_that_raises_costs_its_own_report() -> None:
    given = iter([GOOD, None, GOOD])
    first, second, third = read_many_by(Giving(lambda: next(given) or 1 / 0), [REPORT] * 3)
    assert first == third == GOOD
    assert isinstance(second, ReaderFailed)
    assert "ZeroDivisionError" in str(second)


def test_a_reader_apart_loses_only_the_reports_it_crashes_hangs_or_lies_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "site", monkeypatch, "trial", PLUGIN)
    words = ["A weir.", "I crash.", "A dam.", "I hang.", "I raise.", "I lie.", "I sing.", "I am huge.", "A gate."]
    reports = [Report(ReportId(it), it) for it in words]
    with Apart("trial", seconds=4) as reader:
        assert made_by(reader) == MADE
        found = list(read_many_by(reader, reports, jobs=2))
    told = {report.text: it for report, it in zip(reports, found, strict=True)}
    for text in ("A weir.", "A dam.", "A gate."):
        it = told[text]
        assert isinstance(it, Reading)
        assert it.statements[0].content.text == text
    problems = {text: str(it) for text, it in told.items() if isinstance(it, ReadError)}
    assert set(problems) == {"I crash.", "I hang.", "I raise.", "I lie.", "I sing.", "I am huge."}
    assert "more than 4 s" in problems["I hang."]
    assert "status 3" in problems["I crash."]
    assert "out of ideas" in problems["I raise."]
    assert "not inside the text" in problems["I lie."]
    assert "sings" in problems["I sing."]
    assert "bytes, more than" in problems["I am huge."]


def test_what_a_reader_prints_does_not_get_into_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path / "site", monkeypatch, "trial", PLUGIN)
    (tmp_path / "a.txt").write_text("A weir.")
    assert main(["read", str(tmp_path / "a.txt"), "--reader", "trial", "--json"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)["reader"] == {"name": "trial", "version": "7", "weights": "w"}
    assert "talk that is no answer" in err


def test_the_command_line_reads_the_rest_where_a_reader_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path / "site", monkeypatch, "trial", PLUGIN)
    lines = tmp_path / "in.jsonl"
    lines.write_text("".join(json.dumps({"text": it, "id": it}) + "\n" for it in ("A weir.", "I crash.", "A dam.")))
    assert main(["read", "--jsonl", str(lines), "-o", str(tmp_path / "out.jsonl"), "--reader", "trial"]) == 1
    kept = [json.loads(line)["report"]["id"] for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert kept == ["A weir.", "A dam."]
    assert "reader trial, " in capsys.readouterr().err


def test_a_ledger_keeps_the_readings_of_several_readers_beside_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path / "site", monkeypatch, "trial", PLUGIN)
    reports = tmp_path / "in.jsonl"
    reports.write_text("".join(json.dumps({"text": it}) + "\n" for it in (TEXT, "I lie, the pilot said.")))
    place = str(tmp_path / "news.db")
    assert main(["add", str(reports), "--ledger", place, "--no-trace"]) == 0
    assert main(["add", str(reports), "--ledger", place, "--no-trace", "--reader", "trial"]) == 1
    assert "not inside the text" in capsys.readouterr().err
    with Ledger(place) as ledger:
        readers = {it.text: [by.reader.name for by in ledger.readings(it.id)] for it in ledger.reports()}
        assert readers == {TEXT: ["sayso-minilm", "trial"], "I lie, the pilot said.": ["sayso-minilm"]}
        with opened("trial") as reader:
            assert ledger.add(str(reports), reader=reader).read == 0
        assert ledger.verify().sound


def test_the_readers_are_listed_with_their_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path / "site", monkeypatch, "trial", PLUGIN)
    install(tmp_path / "other", monkeypatch, "broken", "raise ImportError('no model here')", "sayso-broken")
    assert [it.name for it in installed()] == ["broken", "trial"]
    assert main(["readers"]) == 1
    out, err = capsys.readouterr()
    assert "trial 7" in out
    assert "of sayso-trial 3.1" in out
    assert "sayso-minilm 1" in out
    assert "no model here" in err


LOADED = {
    "a name of its own": ("trial", "class R:\n name='other'; version=weights=''; languages=(); read=0\nreader = R"),
    "nothing to read with": ("trial", "class R:\n name='trial'; version=weights=''; languages=()\nreader = R"),
    "our name": ("sayso-minilm", "reader = dict"),
}


@pytest.mark.parametrize("what", LOADED)
def test_what_does_not_follow_the_protocol_is_no_reader(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, code = LOADED[what]
    install(tmp_path, monkeypatch, name, code, package=f"sayso-bad-{len(what)}")
    with pytest.raises(ReaderMissing):
        loaded(name)


def test_two_packages_cannot_bring_readers_of_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "one", monkeypatch, "trial", PLUGIN)
    install(tmp_path / "two", monkeypatch, "trial", PLUGIN, package="sayso-rival")
    with pytest.raises(ReaderMissing, match="sayso-rival and sayso-trial"), opened("trial"):
        pass


def test_a_reader_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ReaderMissing, match=r"'oracle' is not|no reader 'oracle'.*sayso-minilm"), opened("oracle"):
        pass


def test_the_reader_in_the_documentation_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = Path("docs/readers.md").read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    install(tmp_path, monkeypatch, "brief", code, package="sayso-brief")
    reading = read_by(loaded("brief"), replace(REPORT, language="et"))
    assert [it.content.text for it in reading.statements] == [TEXT]
