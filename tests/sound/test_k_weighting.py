"""The filter of loudness is that of the standard, in whatever pieces the sound comes."""

import math

import numpy as np
import pytest

from playhead.sound.kweighting import KWeighting, Wave

_AT_48_KHZ = (
    ((1.53512485958697, -2.69169618940638, 1.19839281085285), (-1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621)),
)
"""Coefficients of ITU-R BS.1770-4, tables 1 and 2."""


def by_the_standard(line: Wave) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    heard = line.astype(np.float64)
    for (b0, b1, b2), (a1, a2) in _AT_48_KHZ:
        first = second = 0.0
        out = np.empty_like(heard)
        for place, value in enumerate(heard):
            out[place] = b0 * value + first
            first, second = b1 * value - a1 * out[place] + second, b2 * value - a2 * out[place]
        heard = out
    return heard


@pytest.mark.parametrize("pieces", [(20_000,), (1, 63, 64, 65, 4_000, 17, 15_790)])
def test_samples_are_those_of_the_standard(pieces: tuple[int, ...]) -> None:
    noise = np.random.default_rng(1).normal(size=(2, 20_000)) * 0.1
    wave = (noise + 0.2 * np.sin(np.arange(20_000) / 200)).astype(np.float32)
    weighting = KWeighting(48_000, 2)
    cuts = np.cumsum(pieces)[:-1]
    heard = np.concatenate([weighting.heard(each).copy() for each in np.split(wave, cuts, axis=1)], axis=1)
    for line, expected in zip(heard, map(by_the_standard, wave), strict=True):
        # The high pass of the tables is rounded in its last places.
        assert np.abs(line - expected).max() < 1e-3
        assert math.isclose(np.square(line).mean(), np.square(expected).mean(), rel_tol=1e-3)


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 192_000])
def test_what_is_constant_is_not_heard_and_silence_stays_silent(rate: int) -> None:
    weighting = KWeighting(rate, 1)
    constant = np.full((1, rate), 0.5, np.float32)
    assert np.abs(weighting.heard(constant)[:, rate // 2 :]).max() < 1e-4
    for _ in range(3):
        silent = weighting.heard(np.zeros((1, rate), np.float32))
    assert not silent.any()


@pytest.mark.parametrize("rate", [8_000, 11_030, 44_100, 48_000])
@pytest.mark.parametrize("offset", [0.0, 0.7])
def test_the_power_of_each_hop_is_that_of_its_samples_also_where_an_offset_hides_them(
    rate: int, offset: float
) -> None:
    hop = rate // 10
    quiet = np.random.default_rng(2).normal(size=(2, 9 * hop)) * np.array([[1e-4], [0.1]])
    wave = (quiet + offset).astype(np.float32)
    by_samples = KWeighting(rate, 2).heard(wave).reshape(2, 9, hop)
    powers = KWeighting(rate, 2).powers(wave, hop)
    assert powers == pytest.approx(np.square(by_samples.astype(np.float64)).sum(axis=2), rel=5e-3, abs=1e-9)
