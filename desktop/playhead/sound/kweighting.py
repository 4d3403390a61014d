"""K-weighting of ITU-R BS.1770-4: what the ear hears of a sound, its two biquads as products of matrices.

A recursive filter takes its samples one after the other. Written with its state, all outputs of a block are a
product of its samples and of the state before it; and the states of all blocks are such a filter again, with
a fraction of the steps. So everything but the last few steps is done by the matrix product of the processor,
several times faster than sample by sample.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

USUAL_BLOCK = 64
"""Samples, about, whose outputs are one product..."""
BLOCKS = range(40, 97)
"""...and those of which the nearest is taken that divides a tenth of a second."""
GROUP = 16
"""States of which the same is true."""
_ALONE = 262_144
"""Steps of one product beyond which OpenBLAS asks other cores for help."""
_NOTHING = 1e-15
"""State that counts as none: numbers of no size to speak of take a hundred times as long."""
_ORDER = 4
_CACHED = 512
"""Blocks whose products fit into the nearest memory of a processor."""
_CANCELLED = 1e-3
"""Share of the power of two parts of a sound below which their sum is worked out sample by sample."""

_Number = TypeVar("_Number", np.float32, np.float64)
Wave = NDArray[np.float32]
Matrix = NDArray[np.float64]


class KWeighting:
    """The filter of a sound with some channels, which goes on with each wave that it is given."""

    def __init__(self, rate: int, channels: int) -> None:
        self._filter = _filter(rate)
        self._state = np.zeros((channels, _ORDER))
        # Kept from wave to wave: to be given new memory takes as long as to filter.
        self._out = np.empty((channels, 0), np.float32)
        self._products = np.empty((0, 0), np.float32)

    def heard(self, wave: Wave) -> Wave:
        """The samples behind the filter, shaped as they are given: (channels, frames).

        They are overwritten by the next ones.
        """
        channels, number = wave.shape
        size = number - number % self._filter.block
        if self._out.shape[1] != number:
            self._out = np.empty((channels, number), np.float32)
        if size:
            products = self._multiplied(wave[:, :size].reshape(-1, self._filter.block))
            states = self._states(products[:, self._filter.block :], channels)
            self._out[:, :size] = self._samples(products, states).reshape(channels, size)
        if number > size:
            self._filter_rest(wave[:, size:], self._out[:, size:])
        return self._out

    def powers(self, wave: Wave, hop: int) -> Matrix:
        """The sums of squares behind the filter of so many samples each, shaped (channels, hops).

        `wave` has whole hops. Squares of a sum of two parts are those of the parts, and their product twice:
        so the samples need not be made, but where the parts cancel one another, as of an offset.
        """
        channels, made = len(wave), self._filter
        if hop % made.block:
            heard = self.heard(wave).reshape(channels, -1, hop)
            plain: Matrix = np.einsum("cht,cht->ch", heard, heard).astype(np.float64)
            return plain
        blocks = wave.reshape(-1, made.block)
        squares = np.empty(len(blocks), np.float32)
        beside = np.empty((len(blocks), 2 * _ORDER), np.float32)
        for at in range(0, len(blocks), _CACHED):
            some = slice(at, at + _CACHED)
            products = self._multiplied(blocks[some])
            beside[some] = products[:, made.block :]
            direct = products[:, : made.block]
            np.einsum("bt,bt->b", direct, direct, out=squares[some])
        states = self._states(beside, channels)
        number = wave.size // hop
        alone: Matrix = squares.reshape(number, -1).sum(axis=1, dtype=np.float64)
        added = (2 * beside[:, _ORDER:] + states @ made.squared).reshape(number, -1)
        sums = alone + np.einsum("ht,ht->h", states.reshape(added.shape), added)
        for each in np.flatnonzero(sums < alone * _CANCELLED).tolist():
            some = slice(each * hop // made.block, (each + 1) * hop // made.block)
            samples = self._samples(blocks[some] @ made.products, states[some])
            sums[each] = np.einsum("bt,bt->", samples, samples)
        found: Matrix = sums.reshape(channels, -1)
        return found

    def _multiplied(self, blocks: Wave) -> Wave:
        """The products of some blocks, which are overwritten by the next ones."""
        if len(self._products) < len(blocks):
            self._products = np.empty((len(blocks), self._filter.products.shape[1]), np.float32)
        products = self._products[: len(blocks)]
        _multiply(blocks, self._filter.products, products)
        return products

    def _states(self, inputs: Wave, channels: int) -> Matrix:
        """The states before all blocks, of what each of them puts into it."""
        given = inputs[:, :_ORDER].astype(np.float64).reshape(channels, -1, _ORDER)
        states, self._state = self._filter.steps.states(given, self._state)
        return states.reshape(-1, _ORDER)

    def _samples(self, products: Wave, states: Matrix) -> Wave:
        """The samples of blocks behind the filter."""
        made = self._filter
        heard = np.where(np.abs(states) < _NOTHING, 0, states).astype(np.float32)
        return products[:, : made.block] + heard @ made.from_state

    def _filter_rest(self, tail: Wave, out: Wave) -> None:
        made, number = self._filter, tail.shape[1]
        before = self._state
        into_state = made.products[:, made.block : made.block + _ORDER]
        self._state = before @ made.powers[number]
        self._state += tail @ into_state[made.block - number :]
        out[:] = tail @ made.products[:number, :number] + before @ made.from_state[:, :number]


@dataclass(frozen=True, slots=True)
class _Filter:
    """Matrices of a filter; rows are what goes in, columns what comes out."""

    block: int
    """Samples whose outputs are one product."""
    products: Wave
    """From the samples of a block to its outputs, to the state behind it, and to what a state before it adds
    to half the sum of their squares."""
    from_state: Wave
    """From the state before a block to its outputs..."""
    squared: Matrix
    """...and to the sum of their squares, between two of the same state."""
    powers: tuple[Matrix, ...]
    """From a state to the one after so many samples."""
    steps: "_Steps"


class _Steps:
    """The states of a filter that goes through blocks: each the one before, times a matrix, and an input."""

    def __init__(self, step: Matrix) -> None:
        powers = [np.linalg.matrix_power(step, number) for number in range(GROUP + 1)]
        self._from_start = np.concatenate(powers[:GROUP], axis=1)
        self._to_end = np.concatenate(powers[GROUP - 1 :: -1])
        self._within = np.zeros((GROUP * _ORDER, GROUP * _ORDER))
        for come in range(GROUP):
            for gone in range(come + 1, GROUP):
                place = (slice(come * _ORDER, (come + 1) * _ORDER), slice(gone * _ORDER, (gone + 1) * _ORDER))
                self._within[place] = powers[gone - come - 1]
        self._powers = powers
        self._further: _Steps | None = None

    def states(self, inputs: Matrix, start: Matrix) -> tuple[Matrix, Matrix]:
        """The states before each of the `inputs`, shaped (channels, steps, order), and the last one."""
        channels, number, _ = inputs.shape
        states = np.empty_like(inputs)
        groups = number // GROUP
        done = groups * GROUP
        if groups:
            if self._further is None:
                self._further = _Steps(self._powers[GROUP])
            grouped = inputs[:, :done].reshape(channels, groups, GROUP * _ORDER)
            starts, start = self._further.states(grouped @ self._to_end, start)
            within = np.empty((channels * groups, GROUP * _ORDER))
            _multiply(grouped.reshape(within.shape), self._within, within)
            within += starts.reshape(-1, _ORDER) @ self._from_start
            states[:, :done] = within.reshape(channels, done, _ORDER)
        rest = (number - done) * _ORDER
        if rest:
            left = inputs[:, done:].reshape(channels, rest)
            within = left @ self._within[:rest, :rest] + start @ self._from_start[:, :rest]
            states[:, done:] = within.reshape(channels, -1, _ORDER)
            start = start @ self._powers[number - done] + left @ self._to_end[-rest:]
        start[np.abs(start) < _NOTHING] = 0
        return states, start


def _multiply(rows: NDArray[_Number], matrix: NDArray[_Number], out: NDArray[_Number]) -> None:
    """Put the product of many rows with a small matrix into `out`, some rows at a time."""
    at_once = max(1, _ALONE // matrix.size)
    whole = len(rows) // at_once * at_once
    shape = (whole // at_once, at_once)
    np.matmul(
        rows[:whole].reshape(*shape, rows.shape[1]), matrix, out=out[:whole].reshape(*shape, out.shape[1])
    )
    np.matmul(rows[whole:], matrix, out=out[whole:])


@cache
def _filter(rate: int) -> _Filter:
    """The filter for a rate, as matrices."""
    (step_1, in_1, out_1, through_1), (step_2, in_2, out_2, through_2) = (
        _in_states(*_shelf(rate)),
        _in_states(*_high_pass(rate)),
    )
    # The first one's output goes into the second.
    step = np.block([[step_1, np.outer(out_1, in_2)], [np.zeros((2, 2)), step_2]])
    come = np.concatenate((in_1, through_1 * in_2))
    gone = np.concatenate((through_2 * out_1, out_2))
    whole = (size for size in BLOCKS if round(rate / 10) % size == 0)
    block = min(whole, key=lambda size: abs(size - USUAL_BLOCK), default=USUAL_BLOCK)
    powers = tuple(np.linalg.matrix_power(step, number) for number in range(block + 1))
    response = [through_1 * through_2, *(float(come @ power @ gone) for power in powers[: block - 1])]
    direct = np.zeros((block, block))
    for place in range(block):
        direct[place, place:] = response[: block - place]
    into_state = np.stack([come @ power for power in powers[block - 1 :: -1]])
    from_state = np.stack([power @ gone for power in powers[:block]], axis=1)
    return _Filter(
        block=block,
        products=np.concatenate((direct, into_state, direct @ from_state.T), axis=1).astype(np.float32),
        from_state=from_state.astype(np.float32),
        squared=from_state @ from_state.T,
        powers=powers,
        steps=_Steps(powers[block]),
    )


_Coefficients = tuple[float, float, float]


def _in_states(numerator: _Coefficients, denominator: _Coefficients) -> tuple[Matrix, Matrix, Matrix, float]:
    """A biquad in its transposed direct form: step of the state, way into it, way out of it, way past it."""
    b0, b1, b2 = (each / denominator[0] for each in numerator)
    a1, a2 = (each / denominator[0] for each in denominator[1:])
    step = np.array([[-a1, -a2], [1.0, 0.0]])
    return step, np.array([b1 - a1 * b0, b2 - a2 * b0]), np.array([1.0, 0.0]), b0


def _shelf(rate: int) -> tuple[_Coefficients, _Coefficients]:
    """The head: a shelf of 4 dB above 1.7 kHz, its constants as in libebur128, for any rate."""
    k = math.tan(math.pi * 1681.974450955533 / rate)
    q = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    return (
        (high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k),
        (1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k),
    )


def _high_pass(rate: int) -> tuple[_Coefficients, _Coefficients]:
    """The revised low-frequency B curve: a high pass at 38 Hz."""
    k = math.tan(math.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    scale = 1 + k / q + k * k
    # In the standard the numerator is not scaled with the denominator.
    return (scale, -2 * scale, scale), (scale, 2 * (k * k - 1), 1 - k / q + k * k)
