from __future__ import annotations

from benchmarks.copies import clusters, groups_found
from tests.trace.copies.stories import DAM, FERRY, kept, traced

FOUND = traced(
    [
        kept("a", DAM, "1921-05-03T08:00:00"),
        kept("b", DAM, "1921-05-03T09:00:00"),
        kept("c", FERRY, "1921-05-03T08:00:00"),
        kept("d", FERRY, "1921-05-03T09:00:00"),
    ]
)


def groups(*members: str) -> list[dict[str, list[str]]]:
    return [{"members": list(each)} for each in members]


def test_a_group_is_found_when_one_lineage_holds_all_of_it() -> None:
    assert groups_found(groups("ab", "cd"), FOUND) == (2, 0)
    assert groups_found(groups("ab"), FOUND[:1]) == (1, 0)
    assert groups_found(groups("abx", "cd"), FOUND) == (1, 0)


def test_a_lineage_that_holds_more_than_one_group_is_a_wrong_merge() -> None:
    assert groups_found(groups("ab", "c"), FOUND) == (2, 1)
    assert groups_found([], FOUND) == (0, 2)


def test_a_cluster_is_named_after_its_earliest_report_and_tells_parents() -> None:
    assert clusters(FOUND)[:2] == [
        {"id": "a", "cluster": "a", "parent": None},
        {"id": "b", "cluster": "a", "parent": "a"},
    ]
