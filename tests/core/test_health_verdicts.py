"""One verdict is said of a recording: the worst that its figures give reason for."""

from dataclasses import replace

import pytest

from playhead.core.health.audiofigures import AudioFigures, NoLoudness
from playhead.core.health.healthlimits import USUAL_LIMITS
from playhead.core.health.verdicts import VERDICTS, Verdict, judge, verdicts
from playhead.core.recording import Recording
from support.health.figures_examples import figures, side

CALL = Recording(account="first", id="1", provider="bird", kind="call", duration=120.0)
PROMPT = replace(CALL, kind="prompt")


def test_a_sound_call_is_fine() -> None:
    assert judge(figures(), CALL) is Verdict.FINE
    assert list(verdicts(figures(), CALL)) == []


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [
        (figures(silence=1.0), Verdict.NO_SOUND),
        (figures(channels=()), Verdict.NO_SOUND),
        (figures(channels=(side(), side(talk=0.002))), Verdict.ONE_SIDED),
        (figures(channels=(side(), side(rms=-60.0)), likeness=0.99), Verdict.ONE_SIDED),
        (figures(channels=(side(), side(rms=-60.0)), likeness=-0.99), Verdict.ONE_SIDED),
        (figures(likeness=0.995), Verdict.SAME_SIDES),
        (figures(likeness=-0.995), Verdict.SAME_SIDES),
        (figures(channels=(side(), side(clipped=0.002))), Verdict.CLIPPED),
        (figures(loudness=-39.0), Verdict.TOO_QUIET),
        (figures(loudness=NoLoudness.QUIET), Verdict.TOO_QUIET),
        (figures(loudness=-12.0), Verdict.TOO_LOUD),
        (figures(seconds=133.0), Verdict.LONGER),
        (figures(damage=((3.0, 3.5),)), Verdict.BROKEN),
        (figures(seconds=100.0), Verdict.CUT_OFF),
    ],
)
def test_every_fault_has_its_verdict(measured: AudioFigures, verdict: Verdict) -> None:
    assert judge(measured, CALL) is verdict


def test_of_several_the_worst_is_said_and_all_are_known() -> None:
    bad = figures(channels=(side(clipped=0.1), side(talk=0.0)), loudness=-10.0, seconds=60.0)
    assert judge(bad, CALL) is Verdict.ONE_SIDED
    assert list(verdicts(bad, CALL)) == [
        Verdict.ONE_SIDED, Verdict.CLIPPED, Verdict.TOO_LOUD, Verdict.CUT_OFF,
    ]  # fmt: skip


def test_verdicts_come_in_the_order_of_their_ranks() -> None:
    assert [each.rank for each in VERDICTS] == list(range(10))
    assert VERDICTS[0] is Verdict.NO_SOUND
    assert VERDICTS[-1] is Verdict.FINE


@pytest.mark.parametrize("kind", ["prompt", "voicemail", "whisper", "survey"])
def test_only_recordings_with_two_sides_can_lack_one(kind: str) -> None:
    lone = figures(channels=(side(), side(talk=0.0)))
    assert judge(lone, replace(CALL, kind=kind)) is Verdict.FINE
    assert judge(figures(likeness=1.0), replace(CALL, kind=kind)) is Verdict.FINE


def test_one_channel_cannot_be_one_sided() -> None:
    assert judge(figures(channels=(side(),), likeness=None), CALL) is Verdict.FINE


def test_a_prompt_keeps_to_narrower_limits_and_must_not_end_in_a_word() -> None:
    assert judge(figures(loudness=-33.0), CALL) is Verdict.FINE
    assert judge(figures(loudness=-33.0), PROMPT) is Verdict.TOO_QUIET
    assert judge(figures(ends_in_sound=True), CALL) is Verdict.FINE
    assert judge(figures(ends_in_sound=True), PROMPT) is Verdict.CUT_OFF


def test_a_length_that_nobody_said_contradicts_nothing() -> None:
    unsaid = replace(CALL, duration=None)
    assert judge(figures(said_seconds=None, seconds=7.0), unsaid) is Verdict.FINE


def test_a_provider_that_rounds_the_length_is_not_contradicted() -> None:
    assert judge(figures(seconds=4.2, said_seconds=None), replace(CALL, duration=6.0)) is Verdict.FINE
    assert judge(figures(seconds=9.9, said_seconds=None), replace(CALL, duration=5.0)) is Verdict.FINE


def test_a_length_too_short_for_loudness_is_neither_quiet_nor_loud() -> None:
    blip = figures(loudness=NoLoudness.SHORT, seconds=0.3, said_seconds=0.3)
    assert judge(blip, replace(CALL, duration=0.3)) is Verdict.FINE


def test_limits_can_be_chosen() -> None:
    strict = replace(USUAL_LIMITS, calls_quiet=-20.0, calls_loud=-10.0)
    assert judge(figures(), CALL, strict) is Verdict.TOO_QUIET


def test_figures_come_back_as_they_were_kept() -> None:
    for each in (figures(), figures(loudness=NoLoudness.SHORT, damage=((1.0, 2.5),), likeness=None)):
        assert AudioFigures.from_text(each.to_text()) == each


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"channels": 3}', "null"])
def test_anything_else_is_refused(kept: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are not ours where it is no JSON
        AudioFigures.from_text(kept)
