"""Expressions that are compiled late find what they would find otherwise."""

import re

import pytest

from playhead.core.latepattern import late_pattern


def test_it_finds_splits_and_replaces_time_and_again() -> None:
    word = late_pattern(r"(?P<word>[a-z]+)", re.IGNORECASE)
    for _ in range(2):
        assert word.findall("One two") == ["One", "two"]
        found = word.fullmatch("Three")
        assert found is not None
        assert found["word"] == "Three"
    assert word.sub(".", "One two") == ". ."
    assert word.pattern == r"(?P<word>[a-z]+)"


def test_making_one_compiles_nothing_so_that_a_faulty_one_says_so_when_it_is_used() -> None:
    faulty = late_pattern("(")
    with pytest.raises(re.error):
        faulty.search("")
