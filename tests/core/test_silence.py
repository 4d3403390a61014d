"""Silence is where no channel can be heard, and a little less than that."""

import pytest

from playhead.core.marks import Spans
from playhead.core.peaks import Peaks, silences

QUIET, LOUD = 0, 100


def pairs(found: Spans) -> list[tuple[float, float]]:
    return [(round(start, 6), round(end, 6)) for start, end in found.pairs]


def peaks(*channels: list[tuple[float, int]], complete: bool = True) -> Peaks:
    """Channels made of (seconds, level)."""
    lines = tuple(
        b"".join(bytes([level]) * round(seconds * 100) for seconds, level in line) for line in channels
    )
    return Peaks(100, lines, len(lines[0]) / 100 if lines else 0.0, complete)


def test_a_silence_is_found_and_its_margins_are_kept() -> None:
    found = silences(peaks([(1, LOUD), (2, QUIET), (1, LOUD)]))
    assert pairs(found) == [(1.15, 2.85)]


def test_what_one_channel_says_is_no_silence() -> None:
    one = [(1.0, LOUD), (3.0, QUIET), (1.0, LOUD)]
    other = [(2.0, LOUD), (2.0, QUIET), (1.0, LOUD)]
    assert pairs(silences(peaks(one, other))) == [(2.15, 3.85)]


def test_speakers_who_take_turns_leave_no_silence() -> None:
    one = [(1.0, LOUD), (1.0, QUIET)] * 3
    other = [(1.0, QUIET), (1.0, LOUD)] * 3
    assert silences(peaks(one, other)).pairs == ()


def test_a_pause_for_breath_is_too_short() -> None:
    breath = peaks([(1, LOUD), (0.59, QUIET), (1, LOUD)])
    assert silences(breath).pairs == ()
    assert pairs(silences(breath, least=0.5)) == [(1.15, 1.44)]


def test_margins_that_use_up_a_silence_leave_nothing_of_it() -> None:
    assert silences(peaks([(1, LOUD), (0.25, QUIET), (1, LOUD)]), least=0.2).pairs == ()


def test_a_word_between_two_silences_is_kept_however_short() -> None:
    found = silences(peaks([(1, QUIET), (0.02, LOUD), (1, QUIET)]))
    assert pairs(found) == [(0.15, 0.85), (1.17, 1.87)]


@pytest.mark.parametrize(("threshold", "silent"), [(-45.0, True), (-50.0, False), (-30.0, True)])
def test_the_threshold_is_in_decibels_below_full_scale(threshold: float, silent: bool) -> None:  # noqa: FBT001
    murmur = peaks([(2, 1)])  # at most -48 dB
    assert bool(silences(murmur, threshold_db=threshold).pairs) is silent


def test_digital_silence_is_silent_whatever_the_threshold() -> None:
    assert silences(peaks([(2, QUIET)]), threshold_db=-200).seconds == pytest.approx(1.7)


def test_growing_peaks_tell_what_is_known_so_far() -> None:
    part = peaks([(1, LOUD), (1, QUIET)], complete=False)
    assert pairs(silences(part)) == [(1.15, 1.85)]


def test_nothing_has_no_silence() -> None:
    assert silences(peaks()).pairs == ()
    assert silences(peaks([], [])).pairs == ()


def test_an_hour_is_searched_at_once() -> None:
    hour = [(5.0, LOUD), (1.0, QUIET)] * 600
    assert len(silences(peaks(hour, hour)).pairs) == 600


def test_silence_that_is_as_noisy_as_its_form_is_found() -> None:
    steps = [(1.0, LOUD), (1.0, 2), (0.5, 3), (1.0, LOUD)]
    assert pairs(silences(peaks(steps))) == [(1.15, 2.35)]
    assert pairs(silences(peaks(steps, [(3.5, QUIET)]))) == [(1.15, 2.35)]


def test_a_quiet_voice_is_not_taken_for_noise() -> None:
    murmur = [(1.0, 12), (1.0, 7), (1.0, 10)]
    assert silences(peaks(murmur)).pairs == ()
    assert pairs(silences(peaks([*murmur, (1.0, QUIET), (1.0, 2)]))) == [(3.15, 3.85)]
