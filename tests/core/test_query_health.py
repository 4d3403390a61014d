"""Fields of the health of recordings mean what they say, and what cannot be meant is told."""

import math
from datetime import UTC, datetime

import pytest

from playhead.core.finding.completion import completions
from playhead.core.finding.form import Form, read, write
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Either, Flag, Is, Measure, Node, Not, QueryError, Span
from playhead.core.health.audiofigures import AudioFigures, NoLoudness
from playhead.core.health.verdicts import SoundHealth, Verdict
from playhead.core.marks import NO_MARKS, Marks
from playhead.core.recording import Recording
from support.health.figures_examples import figures, side

NOW = datetime(2026, 3, 14, tzinfo=UTC)
CALL = Recording(account="first", id="1", provider="bird")


def meaning(text: str) -> Node:
    (node,) = parse(text, NOW).conditions
    return node


def above(bound: float) -> float:
    return math.nextafter(bound, math.inf)


@pytest.mark.parametrize(
    ("text", "measure", "low", "high"),
    [
        ("loudness:<-30", Measure.LOUDNESS, None, -30.0),
        ("loudness:<-30 LUFS", Measure.LOUDNESS, None, -30.0),
        ("loudness:\u2212" + "30,5..-20", Measure.LOUDNESS, -30.5, above(-20.0)),
        ("loudness:-23", Measure.LOUDNESS, -23.0, -22.0),
        ("peak:>-1", Measure.PEAK, above(-1.0), None),
        ("peak:>=0 dBTP", Measure.PEAK, 0.0, None),
        ("clipped:>0.1%", Measure.CLIPPED, above(0.001), None),
        ("clipped:>0,1 %", Measure.CLIPPED, above(0.001), None),
        ("silence:>50%", Measure.SILENCE, above(0.5), None),
        ("talk:left<5%", Measure.TALK_LEFT, None, 0.05),
        ("talk:Right>80 %", Measure.TALK_RIGHT, above(0.8), None),
        ("measured:<2s", Measure.DECODED, None, 2.0),
        ("measured:1h..", Measure.DECODED, 3600.0, None),
        ("health:no-sound", Measure.HEALTH, 0, 1),
        ("health:one-sided", Measure.HEALTH, 1, 2),
        ('health:"Too quiet"', Measure.HEALTH, 4, 5),
    ],
)
def test_amounts_and_verdicts_are_read(
    text: str, measure: Measure, low: float | None, high: float | None
) -> None:
    assert meaning(text) == Span(measure, low, high)


def test_talk_without_a_side_is_that_of_either() -> None:
    assert meaning("talk:<5%") == Either(
        (Span(Measure.TALK_LEFT, None, 0.05), Span(Measure.TALK_RIGHT, None, 0.05))
    )


def test_several_levels_are_parted_at_commas_though_one_may_have_a_comma() -> None:
    assert meaning("loudness:-30,-20") == Either(
        (Span(Measure.LOUDNESS, -30.0, -29.0), Span(Measure.LOUDNESS, -20.0, -19.0))
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("loudness:loud", "not a level"),
        ("health:bad", "no-sound, one-sided"),
        ("talk:links<5%", "talk:left<5%"),
        ("silence:lots", "silence:<50%"),
        ("clipped:200%", "clipped:<50%"),
    ],
)
def test_what_is_not_understood_is_answered_with_an_example(text: str, part: str) -> None:
    with pytest.raises(QueryError) as told:
        parse(text, NOW)
    assert part in told.value.sentence


@pytest.mark.parametrize(
    ("text", "measured", "verdict"),
    [
        ("loudness:<-30", figures(loudness=-31.0), Verdict.FINE),
        ("talk:right<5%", figures(channels=(side(), side(talk=0.01))), Verdict.ONE_SIDED),
        ("talk:left>30%", figures(), Verdict.FINE),
        ("health:clipped", figures(), Verdict.CLIPPED),
        ("is:measured -health:fine", figures(), Verdict.BROKEN),
        ("measured:1m..3m", figures(), Verdict.FINE),
    ],
)
def test_a_measured_recording_matches_and_others_never_do(
    text: str, measured: AudioFigures, verdict: Verdict
) -> None:
    node = parse(text, NOW).node
    assert matches(node, CALL, Marks(health=SoundHealth(measured, verdict)))
    assert not matches(node, CALL, NO_MARKS)


def test_a_recording_without_loudness_has_none_to_compare() -> None:
    silent = Marks(health=SoundHealth(figures(loudness=NoLoudness.QUIET), Verdict.NO_SOUND))
    assert not matches(parse("loudness:<0", NOW).node, CALL, silent)
    assert not matches(parse("loudness:>=-100", NOW).node, CALL, silent)


def test_one_channel_has_no_sides_to_compare() -> None:
    mono = Marks(health=SoundHealth(figures(channels=(side(talk=0.0),)), Verdict.FINE))
    assert not matches(parse("talk:<5%", NOW).node, CALL, mono)


def test_fields_and_their_values_are_offered() -> None:
    assert [each.text for each in completions("heal", 4)] == ["health:"]
    assert [each.text for each in completions("health:o", 8)][:1] == ["one-sided"]
    assert "health:one-sided" in [each.text for each in completions("one", 3)]
    assert [each.text for each in completions("talk:", 5)] == ["left<5%", "right<5%", "<5%"]
    assert "is:measured" in [each.text for each in completions("meas", 4)]


def test_the_form_has_verdicts_and_keeps_amounts_as_they_are_written() -> None:
    form, rest = read('health:"too quiet",clipped loudness:<-30 is:measured')
    assert form == Form(chosen={"health": ("too-quiet", "clipped")}, flags=("measured",))
    assert rest == "loudness:<-30"
    assert (
        parse(write(form, rest), NOW).node
        == parse("health:too-quiet,clipped is:measured loudness:<-30", NOW).node
    )


def test_what_is_not_measured_is_neither_fine_nor_bad() -> None:
    assert meaning("-is:measured") == Not(Is(Flag.MEASURED))
    assert matches(parse("-is:measured -health:fine", NOW).node, CALL)
