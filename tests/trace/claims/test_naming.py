"""A name is one name in any transliteration, and another name is another."""

import pytest

from sayso.trace.claims.naming import same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kulit", "Kulyt"),
        ("Ida Holm", "Holm"),
        ("Governor Ida Holm", "Ida Holm"),
        ("Harbour Relief Committee", "HRC"),
        ("the Northern Guard", "Northern Guard"),
        ("al-Sarim", "Sareem"),
        ("Zhuravlev", "Zhuravlyov"),
        ("Müller", "Muller"),
    ],
)
def test_these_are_one(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Halim", "Salim"),
        ("Northern Guard", "Southern Guard"),
        ("Marin", "Marek"),
        ("Li", "Lo"),
        ("", "Holm"),
        ("…", "…!"),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert not same_name(one, other)
