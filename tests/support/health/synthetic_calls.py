"""Calls made of noise that goes like speech, of which every second of talk is known."""

from dataclasses import dataclass

import numpy as np

from support.audio.tones import Wave

RATE = 8000


def speech(seconds: float, rate: int, seed: int) -> Wave:
    """Noise in syllables, four a second, without pauses between words; about -12 dBFS at the loudest."""
    chance = np.random.default_rng(seed)
    noise = chance.normal(size=round(seconds * rate)) * 0.2
    moments = np.arange(len(noise)) / rate
    syllables: Wave = noise * (0.15 + 0.85 * np.abs(np.sin(2 * np.pi * 2 * moments + chance.uniform(0, 3))))
    return syllables


@dataclass(frozen=True)
class SyntheticCall:
    """A call: by side, who talks from when to when (seconds), and the noise of the line."""

    name: str
    seconds: float
    sides: tuple[tuple[tuple[float, float], ...], ...]
    levels: tuple[float, ...] = (0.5, 0.5)
    noise: float = 0.0
    """RMS."""

    def waves(self) -> tuple[Wave, ...]:
        """The sides, as samples."""
        return tuple(self._wave(number, turns) for number, turns in enumerate(self.sides))

    def _wave(self, number: int, turns: tuple[tuple[float, float], ...]) -> Wave:
        chance = np.random.default_rng(number + 100)
        wave: Wave = chance.normal(size=round(self.seconds * RATE)) * self.noise
        talk = speech(self.seconds, RATE, number) * self.levels[number]
        for start, end in turns:
            wave[round(start * RATE) : round(end * RATE)] += talk[round(start * RATE) : round(end * RATE)]
        return wave

    def _heard(self) -> list[np.ndarray[tuple[int], np.dtype[np.bool_]]]:
        lines = []
        for turns in self.sides:
            line = np.zeros(round(self.seconds * 100), np.bool_)
            for start, end in turns:
                line[round(start * 100) : round(end * 100)] = True
            lines.append(line)
        return lines

    @property
    def talk(self) -> tuple[float, ...]:
        """Share of the time in which each side talks."""
        return tuple(float(line.mean()) for line in self._heard())

    @property
    def silence(self) -> float:
        """Share of the time in which nobody does."""
        return 1 - float(np.any(self._heard(), axis=0).mean())

    @property
    def both(self) -> float:
        """Share of the time in which both do."""
        lines = self._heard()
        return float(np.all(lines, axis=0).mean()) if len(lines) > 1 else 0.0


_TURNS = (((1.0, 7.0), (14.0, 22.0), (40.0, 52.0)), ((8.0, 13.0), (21.0, 30.0), (53.0, 55.0)))
LABELLED = (
    SyntheticCall("two sides", 60, _TURNS),
    SyntheticCall("two sides on a noisy line", 60, _TURNS, noise=0.002),
    SyntheticCall("two sides on a very noisy line", 60, _TURNS, noise=0.006),
    SyntheticCall("two sides 9 dB above the noise", 60, _TURNS, levels=(0.02, 0.02), noise=0.001),
    SyntheticCall("two sides 6 dB above the noise", 60, _TURNS, levels=(0.02, 0.02), noise=0.0015),
    SyntheticCall("a quiet side", 60, _TURNS, levels=(0.5, 0.05)),
    SyntheticCall("one side only", 60, (_TURNS[0], ()), noise=0.001),
    SyntheticCall("one channel", 60, (_TURNS[0],)),
    SyntheticCall("mostly silent", 60, (((29.0, 31.0),), ((33.0, 34.5),)), noise=0.0005),
    SyntheticCall("no pause at all", 30, (((0.0, 30.0),), ((0.0, 30.0),))),
)
"""Calls of many kinds."""
