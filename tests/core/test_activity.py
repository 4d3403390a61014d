"""Talk is told from silence by the levels of each channel, whatever its noise is."""

import random

import pytest

from playhead.core.health.activity import activity

LEAST = 255


def levels(*parts: tuple[float, float], wobble: float = 6.0, seed: int = 1) -> bytes:
    """Levels of (seconds, dBFS) one after another; louder ones go up and down as speech does."""
    chance = random.Random(seed)
    line = bytearray()
    for seconds, level in parts:
        for _ in range(round(seconds * 100)):
            moved = level + (chance.uniform(-wobble, wobble) if level > -50 else chance.uniform(-1, 1))
            line.append(min(LEAST, max(0, round(-2 * moved))))
    return bytes(line)


@pytest.mark.parametrize("noise", [-127.0, -70.0, -58.0, -50.0])
def test_talk_is_found_above_any_noise_of_the_line(noise: float) -> None:
    found = activity([levels((2, noise), (3, -22), (5, noise), (2, -25), (8, noise))])
    assert found.talk == pytest.approx((0.25,), abs=0.01)
    assert found.silence == pytest.approx(0.75, abs=0.01)
    assert (found.leading, found.longest, found.trailing) == pytest.approx((2, 8, 8), abs=0.1)


def test_quiet_talk_is_talk() -> None:
    assert activity([levels((4, -80), (4, -45), (2, -80))]).talk == pytest.approx((0.4,), abs=0.01)


def test_short_pauses_belong_to_the_talk_and_longer_ones_do_not() -> None:
    talk = [(1.0, -20.0), (0.15, -90.0), (1.0, -20.0), (0.85, -90.0)]
    assert activity([levels(*talk)]).silence == pytest.approx(0.85 / 3, abs=0.01)


def test_a_click_is_no_talk() -> None:
    found = activity([levels((3, -80), (0.02, -10), (3, -80), (4, -20))])
    assert found.leading == pytest.approx(6.02, abs=0.05)


def test_what_two_say_at_once_is_counted() -> None:
    one = levels((4, -20), (6, -90))
    other = levels((3, -90), (3, -20), (4, -90), seed=2)
    found = activity([one, other])
    assert found.talk == pytest.approx((0.4, 0.3), abs=0.01)
    assert found.both == pytest.approx(0.1, abs=0.01)
    assert found.silence == pytest.approx(0.4, abs=0.01)


def test_steady_noise_is_silence_and_a_loud_tone_is_sound() -> None:
    assert activity([bytes([110] * 1000)]).talk == (0.0,)
    assert activity([bytes([40] * 1000)]).talk == (1.0,)


def test_who_never_pauses_talks_all_the_time() -> None:
    assert activity([levels((20, -22))]).talk == pytest.approx((1.0,), abs=0.01)


def test_digital_silence_is_silence_all_along() -> None:
    found = activity([bytes([LEAST] * 500), bytes([LEAST] * 500)])
    assert (found.talk, found.silence, found.longest) == ((0.0, 0.0), 1.0, 5.0)
    assert (found.leading, found.trailing) == (5.0, 5.0)


@pytest.mark.parametrize("channels", [[], [b""], [b"", b""]])
def test_nothing_has_no_activity(channels: list[bytes]) -> None:
    found = activity(channels)
    assert (found.talk, found.silence) == ((), 1.0)
