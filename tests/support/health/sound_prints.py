"""Sound prints of speech that nobody said."""

import numpy as np

from playhead.core.health.audiofigures import Measured
from playhead.core.health.soundprint import SoundPrint
from playhead.sound.soundprinting import sound_print
from support.health.figures_examples import figures


def levels(seed: int, seconds: float = 12.0) -> bytes:
    """Levels of syllables and pauses, a hundred a second; another seed says something else."""
    chance = np.random.default_rng(seed)
    number = round(seconds * 100)
    every = np.arange(0, number + 12, 12)
    syllables = np.interp(np.arange(number), every, chance.normal(0, 1, len(every)))
    loud = np.clip(70 - 25 * syllables, 40, 160)
    return loud.round().astype(np.uint8).tobytes()


def spoken(
    seed: int, seconds: float = 12.0, *, cut: float = 0.0, noise: int = 0, softer: int = 0
) -> SoundPrint:
    """The print of what a seed says, its first `cut` seconds left out; `noise`, `softer`: half decibels."""
    said = np.frombuffer(levels(seed, seconds), np.uint8)[round(cut * 100) :].astype(int) + softer
    said += np.random.default_rng(99).integers(-noise, noise + 1, len(said))
    return sound_print([np.clip(said, 0, 254).astype(np.uint8).tobytes()])


def measured(digest: str, soundprint: SoundPrint | None = None) -> Measured:
    """The figures of a sound call with these bytes and this print."""
    return Measured(figures(), digest.encode(), soundprint=soundprint)
