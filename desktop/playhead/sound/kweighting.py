"""K-weighting of ITU-R BS.1770-4: what the ear hears of a sound, its two biquads as products of matrices.

A recursive filter takes its samples one after the other. Written with its state, all outputs of a block are a
product of its samples and of the state before it; and the states of all blocks are such a filter again, with
a sixteenth of the steps. So everything but the last few steps is done by the matrix product of the processor,
several times faster than sample by sample.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

BLOCK = 64
"""Samples whose outputs are one product."""
GROUP = 16
"""States of which the same is true."""
_AT_ONCE = 64
"""Blocks that are given to one product: OpenBLAS asks other cores for help beyond 262 144 steps."""
_NOTHING = 1e-15
"""State that counts as none: numbers of no size to speak of take a hundred times as long."""
_ORDER = 4

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
        self._added = np.empty((0, BLOCK), np.float32)

    def heard(self, wave: Wave) -> Wave:
        """The samples behind the filter, shaped as they are given: (channels, frames).

        They are overwritten by the next ones.
        """
        channels, number = wave.shape
        whole = number // BLOCK
        size = whole * BLOCK
        if self._out.shape[1] != number:
            self._out = np.empty((channels, number), np.float32)
            self._added = np.empty((channels * whole, BLOCK), np.float32)
        if whole:
            self._filter_blocks(wave[:, :size].reshape(channels * whole, BLOCK), self._out[:, :size])
        if number > size:
            self._filter_rest(wave[:, size:], self._out[:, size:])
        return self._out

    def _filter_blocks(self, blocks: Wave, out: Wave) -> None:
        made = self._filter
        inputs = np.empty((len(blocks), _ORDER), np.float32)
        _multiply(blocks, made.into_state, inputs)
        inputs_by_channel = inputs.astype(np.float64).reshape(len(out), -1, _ORDER)
        states, self._state = made.steps.states(inputs_by_channel, self._state)
        states[np.abs(states) < _NOTHING] = 0
        _multiply(states.reshape(-1, _ORDER).astype(np.float32), made.from_state, self._added)
        rows = out.reshape(-1, BLOCK)
        _multiply(blocks, made.direct, rows)
        rows += self._added
        if not np.shares_memory(rows, out):
            out[:] = rows.reshape(out.shape)

    def _filter_rest(self, tail: Wave, out: Wave) -> None:
        made, number = self._filter, tail.shape[1]
        before = self._state
        self._state = before @ made.powers[number]
        self._state += tail @ made.into_state[BLOCK - number :]
        out[:] = tail @ made.direct[:number, :number] + before @ made.from_state[:, :number]


@dataclass(frozen=True, slots=True)
class _Filter:
    """Matrices of a filter; rows are what goes in, columns what comes out."""

    direct: Wave
    """From the samples of a block to its outputs..."""
    into_state: Wave
    """...and to the state behind it."""
    from_state: Wave
    """From the state before a block to its outputs."""
    powers: tuple[Matrix, ...]
    """From a state to the one after so many samples."""
    steps: "_Steps"


class _Steps:
    """The states of a filter that goes through blocks: each the one before, times a matrix, and an input."""

    def __init__(self, step: Matrix) -> None:
        self._step = step
        powers = [np.linalg.matrix_power(step, number) for number in range(GROUP + 1)]
        self._from_start = np.concatenate(powers[:GROUP], axis=1)
        self._to_end = np.concatenate(powers[GROUP - 1 :: -1])
        self._within = np.zeros((GROUP * _ORDER, GROUP * _ORDER))
        for come in range(GROUP):
            for gone in range(come + 1, GROUP):
                place = (slice(come * _ORDER, (come + 1) * _ORDER), slice(gone * _ORDER, (gone + 1) * _ORDER))
                self._within[place] = powers[gone - come - 1]
        self._whole = powers[GROUP]
        self._further: _Steps | None = None

    def states(self, inputs: Matrix, start: Matrix) -> tuple[Matrix, Matrix]:
        """The states before each of the `inputs`, shaped (channels, steps, order), and the last one."""
        channels, number, _ = inputs.shape
        states = np.empty_like(inputs)
        groups = number // GROUP
        done = groups * GROUP
        if groups:
            if self._further is None:
                self._further = _Steps(self._whole)
            grouped = inputs[:, :done].reshape(channels, groups, GROUP * _ORDER)
            starts, start = self._further.states(grouped @ self._to_end, start)
            within = np.empty((channels * groups, GROUP * _ORDER))
            _multiply(grouped.reshape(within.shape), self._within, within)
            within += starts.reshape(-1, _ORDER) @ self._from_start
            states[:, :done] = within.reshape(channels, done, _ORDER)
        for place in range(done, number):
            states[:, place] = start
            start = start @ self._step + inputs[:, place]
        start[np.abs(start) < _NOTHING] = 0
        return states, start


def _multiply(rows: NDArray[_Number], matrix: NDArray[_Number], out: NDArray[_Number]) -> None:
    """Put the product of many rows with a small matrix into `out`, some rows at a time."""
    whole = len(rows) // _AT_ONCE * _AT_ONCE
    shape = (whole // _AT_ONCE, _AT_ONCE)
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
    powers = tuple(np.linalg.matrix_power(step, number) for number in range(BLOCK + 1))
    response = [through_1 * through_2, *(float(come @ power @ gone) for power in powers[: BLOCK - 1])]
    direct = np.zeros((BLOCK, BLOCK))
    for place in range(BLOCK):
        direct[place, place:] = response[: BLOCK - place]
    return _Filter(
        direct=direct.astype(np.float32),
        into_state=np.stack([come @ power for power in powers[BLOCK - 1 :: -1]]).astype(np.float32),
        from_state=np.stack([power @ gone for power in powers[:BLOCK]], axis=1).astype(np.float32),
        powers=powers,
        steps=_Steps(powers[BLOCK]),
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
