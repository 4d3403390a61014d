"""Landmarks speak for all of a recording, and are the same at another level and beside what was cut off."""

import random

import pytest

from playhead.core.health.landmarks import MOST, STRETCH, landmarks

VALUES = 400
"""Values of an envelope of 20 s."""
MOMENTS = range(20, VALUES * 5 - 20, 40)


def envelope(loudest: int = 200) -> bytes:
    chance = random.Random(3)
    return bytes(chance.randrange(201) * loudest // 200 for _ in range(VALUES))


def test_the_first_landmarks_are_of_each_quarter_and_those_at_the_ends_come_last() -> None:
    found = landmarks(envelope(), MOMENTS)
    assert len(found) == MOST
    assert sorted(each.at * 4 // (VALUES * 5) for each in found[:4]) == [0, 1, 2, 3]
    few = landmarks(envelope(), (20, 1000, 1990, 1200))
    assert [each.at for each in few] == [1000, 1200, 20, 1990]


@pytest.mark.parametrize(("loudest", "cut"), [(100, 0), (200, 60), (120, 41)])
def test_a_landmark_is_found_among_others_at_another_level_and_where_the_front_is_missing(
    loudest: int, cut: int
) -> None:
    known = landmarks(envelope(), (1000, 1200, 1400))
    other = landmarks(envelope(loudest)[cut:], [each.at - cut * 5 for each in known])
    for mine, theirs in zip(known, other, strict=True):
        assert theirs.number & -STRETCH in mine.stretches()
        assert mine.is_like(theirs.number)
        assert mine.is_near(theirs)


def test_landmarks_of_other_sound_are_not_found() -> None:
    known = landmarks(envelope(), MOMENTS)
    met = [
        theirs
        for mine in known
        for theirs in known
        if mine is not theirs and (theirs.number & -STRETCH in mine.stretches() or mine.is_near(theirs))
    ]
    assert met == []
