"""Asking the decoder whether bytes are sound."""

import random

import pytest

from playhead.sound.analysis import Ear
from support.audio.disguises import KNOWN, UNKNOWN
from support.audio.made_audio import forms, made


@pytest.mark.parametrize("form", [form for form in forms() if form not in {"wavpack", "tta"}])
def test_the_decoder_knows_sound(form: str) -> None:
    assert Ear().recognises(made(form))


def test_the_decoder_takes_nothing_else_for_sound() -> None:
    for content in (*(content for content, _ in KNOWN.values()), *UNKNOWN.values()):
        assert not Ear().recognises(content), content[:40]


def test_the_decoder_does_not_take_noise_for_sound() -> None:
    noise = random.Random(3).randbytes
    assert not any(Ear().recognises(noise(65_536)) for _ in range(40))
