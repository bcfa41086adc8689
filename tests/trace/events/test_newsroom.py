"""The synthetic news is the same for the same seed, grows without changing, and its lineage names only its reports."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.newsroom.corpus import write
from benchmarks.newsroom.score import score
from benchmarks.newsroom.stories import stories
from sayso.gather.jsonl import read_json_lines
from sayso.vocabulary import Report


def rows(seed: int, number: int) -> list[dict[str, Any]]:
    return [row for story in islice(stories(seed, 10**9), number) for row in story.reports]


def test_a_seed_gives_the_same_news_and_a_longer_corpus_begins_with_the_shorter() -> None:
    assert rows(1, 30) == rows(1, 30)
    assert rows(1, 60)[: len(rows(1, 30))] == rows(1, 30)
    assert rows(2, 30) != rows(1, 30)


def test_what_is_written_can_be_gathered_and_its_lineage_is_whole(tmp_path: Path) -> None:
    written = write(tmp_path, 3, 400)
    reports = list(read_json_lines(tmp_path / "reports.jsonl"))
    assert all(isinstance(it, Report) and it.published for it in reports)
    assert written.statements >= 400
    assert written.reports == len(reports)
    ids = {it.id for it in reports if isinstance(it, Report)}
    assert len(ids) == len(reports)
    gold = json.loads((tmp_path / "gold.json").read_text(encoding="utf-8"))
    for story in gold["stories"]:
        for event in story["events"]:
            carried = [name for voice in event["voices"] for name in voice["carriers"]]
            assert sorted(carried) == sorted(event["carriers"])
            assert set(carried) | set(event["also"]) <= ids
        for copy in story["copies"]:
            assert copy["report"] != copy["of"]
            assert {copy["report"], copy["of"]} <= ids
            assert 0.5 < copy["share"] <= 1
        for forecast in story["forecasts"]:
            followed = [event for event in story["events"] if event["id"] == forecast["event"]]
            assert len(followed) == (forecast["outcome"] == "followed")
            assert all(event["place"] == forecast["place"] for event in followed)


def test_what_is_traced_in_a_little_of_it_is_right(tmp_path: Path) -> None:
    write(tmp_path, 1, 400)
    found = score(tmp_path, 45)
    assert all(pairs.precision >= 0.95 for pairs in found.pairs), found.misses
    assert all(pairs.recall >= 0.5 for pairs in found.pairs), found.misses
