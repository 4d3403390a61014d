"""Loops and gaps in the pure path: what comes out is compared with what was put in."""

from itertools import islice, pairwise

import numpy as np
import pytest

from playhead.core.marks import Spans
from playhead.sound.block import RATE, Block, Samples
from playhead.sound.course import Course, Loop, loop_of
from playhead.sound.decoder import Decoder
from playhead.sound.media_reader import MediaReader
from playhead.sound.signal_path import signal_path
from support.audio.arriving_media import announced, arrived
from support.audio.tones import FORMATS, Wave, encoded, sweep, tone

FADE = 240


def way(loop: Loop | None = None, *gaps: tuple[float, float]) -> Course:
    return Course.of(loop, Spans.of(gaps))


def played(
    content: bytes, course: Course, *, position: float = 0.0, speed: float = 1.0, seconds: float = 60.0
) -> list[Block]:
    """What is heard in so many seconds at most."""
    decoder = Decoder(MediaReader(arrived(content)))
    blocks: list[Block] = []
    for block in signal_path(decoder, position, speed, lambda: course):
        blocks.append(block)
        if sum(block.frames for block in blocks) >= seconds * RATE:
            break
    return blocks


def joined(blocks: list[Block]) -> Wave:
    return np.concatenate([block.samples for block in blocks])[:, 0].astype(float)


def steepest(sound: Wave | Samples) -> float:
    """The largest step from one sample to the next."""
    return float(np.abs(np.diff(sound.astype(float))).max())


def loudest(sound: Wave) -> Wave:
    """The highest sample of every 5 ms."""
    level: Wave = np.abs(sound[: len(sound) // FADE * FADE].reshape(-1, FADE)).max(axis=1)
    return level


def spans(blocks: list[Block]) -> Spans:
    return Spans(tuple((block.start, block.end) for block in blocks))


def pcm(wave: Wave) -> bytes:
    """A wav file of one channel at 48 kHz: what goes in comes out."""
    name = "wav PCM at 48 kHz"
    return encoded(name, wave)


@pytest.mark.parametrize(
    ("course", "place", "landing"),
    [
        (way(None), 3.0, 3.0),
        (way(None, (1, 2)), 0.999, 0.999),
        (way(None, (1, 2)), 1.0, 2.0),
        (way(None, (1, 2)), 1.5, 2.0),
        (way(None, (1, 2)), 2.0, 2.0),
        (way((1, 4)), 0.5, 0.5),
        (way((1, 4)), 4.0, 1.0),
        (way((1, 4)), 9.0, 1.0),
        (way((1, 4), (0.5, 2)), 4.0, 2.0),
        (way((1, 4), (0.5, 2), (3, 8)), 3.5, 2.0),
        (way((1, 4), (0.5, 5)), 4.0, 1.0),
    ],
)
def test_a_course_tells_where_playing_goes_on(course: Course, place: float, landing: float) -> None:
    assert course.landing(place) == landing
    assert course.landing(landing) == landing


def test_a_loop_of_nothing_but_silence_is_played_with_it() -> None:
    assert way((1, 4), (0.5, 3.95)).gaps.pairs == ()
    assert way((1, 4), (0.5, 3.5)).gaps.pairs == ((0.5, 3.5),)


@pytest.mark.parametrize(
    ("start", "end", "loop"),
    [
        (1.0, 2.0, (1, 2)),
        (2.0, 1.0, (1, 2)),
        (1.0, 1.0, (1, 1.1)),
        (-1.0, 2.0, (0, 2)),
        (None, 2.0, None),
        (None, None, None),
    ],
)
def test_a_loop_may_be_given_in_any_way(start: float | None, end: float | None, loop: Loop | None) -> None:
    assert loop_of(start, end) == (None if loop is None else pytest.approx(loop))


def test_a_change_counts_only_where_it_is() -> None:
    one, other = way(None, (1, 2), (5, 6)), way(None, (1, 2), (5, 6.5))
    assert not one.differs(other, 0, 5)
    assert one.differs(other, 4, 7)
    assert one.differs(way((0, 3), (1, 2)), 0, 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["wav PCM", "mp3 CBR", "m4a", "flac", "ogg Opus", "wav IMA ADPCM"])
@pytest.mark.parametrize("loop", [(1.0, 1.5), (0.0, 0.4), (2.25, 3.0), (0.3, 0.4)])
def test_a_loop_comes_round_to_the_sample(name: str, loop: Loop) -> None:
    rate = FORMATS[name][2]
    content = encoded(name, sweep(3, rate, last=min(3000, rate / 4)))
    straight = joined(played(content, way()))
    sound = joined(played(content, way(loop), position=loop[0], seconds=5 * (loop[1] - loop[0]) + 0.2))
    begin, end = (round(place * RATE) for place in loop)
    period = end - begin
    turns = [sound[turn * period : (turn + 1) * period - FADE] for turn in range(5)]
    # Where decoding begins elsewhere, resampling falls between other samples, by half a one at most.
    assert np.abs(turns[0] - straight[begin : end - FADE]).max() < 0.6 * steepest(straight) + 100
    for turn in turns[2:]:
        assert np.abs(turn - turns[1]).max() <= 100  # AAC has noise of its own
    assert steepest(sound) < 1.6 * steepest(straight)


def test_a_loop_has_no_gap_and_no_click_at_its_seam() -> None:
    content = pcm(tone(440, 3, RATE))
    sound = joined(played(content, way((0.5003, 1.7777)), position=0.5003, seconds=6))
    assert steepest(sound) < 1.2 * steepest(tone(440, 1, RATE) * 32767)
    assert loudest(sound).min() > 0.5 * 16384


def test_a_loop_at_the_very_beginning_holds_the_first_sample() -> None:
    wave = 0.5 * np.cos(2 * np.pi * 440 * np.arange(RATE) / RATE)
    sound = joined(played(pcm(wave), way((0.0, 0.3002)), seconds=2))
    assert steepest(sound) < 1.2 * steepest(wave * 32767)


def test_what_is_before_a_loop_leads_into_it_and_what_is_behind_goes_to_its_start() -> None:
    content = pcm(tone(440, 4, RATE))
    before = spans(played(content, way((1, 2)), position=0.5, seconds=2))
    assert before.pairs[0][0] == 0.5
    assert max(end for _, end in before.pairs) == pytest.approx(2, abs=1e-4)
    behind = played(content, way((1, 2)), position=3, seconds=0.5)
    assert behind[0].start == pytest.approx(1, abs=1e-4)


def test_a_loop_beyond_the_end_goes_round_from_the_end() -> None:
    blocks = played(pcm(tone(440, 2, RATE)), way((1.5, 9)), position=1.5, seconds=2)
    assert sum(block.frames for block in blocks) >= 2 * RATE
    assert max(block.end for block in blocks) == pytest.approx(2)
    assert not played(pcm(tone(440, 2, RATE)), way((5, 9)), position=5)


def test_a_loop_plays_while_the_rest_has_not_arrived() -> None:
    content = pcm(tone(440, 10, RATE))
    media = announced(len(content))
    media.write(content[: len(content) // 2])
    blocks = signal_path(Decoder(MediaReader(media)), 1, course=lambda: way((1, 2)))
    assert sum(block.frames for block in islice(blocks, 400)) > 4 * RATE


@pytest.mark.parametrize("speed", [1.0, 2.0])
@pytest.mark.parametrize("gaps", [((1.0, 2.0), (3.0, 3.5)), ((1.0, 8.0),), ((0.0, 1.0), (9.0, 10.0))])
def test_gaps_are_left_out_and_times_stay_those_of_the_recording(
    speed: float, gaps: tuple[tuple[float, float], ...]
) -> None:
    blocks = played(pcm(tone(440, 10, RATE)), way(None, *gaps), speed=speed)
    left = 10 - Spans.of(gaps).seconds
    assert sum(block.frames for block in blocks) / RATE == pytest.approx(left / speed, abs=0.05)
    for start, end in gaps:
        assert not [b for b in blocks if b.end > start + 0.01 and b.start < end - 0.01]
    assert sum(block.end - block.start for block in blocks) == pytest.approx(left, abs=0.06)
    assert all(one.end <= other.start + 1e-4 for one, other in pairwise(blocks))


@pytest.mark.parametrize("speed", [1.0, 1.7, 3.0])
def test_a_jump_makes_no_click_and_no_hole(speed: float) -> None:
    content = pcm(tone(440, 6, RATE))
    sound = joined(played(content, way(None, (1.0003, 2.5005), (3.1, 4.2001)), speed=speed))
    assert steepest(sound[2000:-2000]) < 1.5 * steepest(tone(440, 1, RATE) * 32767)
    assert loudest(sound)[5:-5].min() > 0.4 * 16384


def test_what_is_heard_after_a_gap_is_what_is_there() -> None:
    content = pcm(sweep(12, RATE))
    straight = joined(played(content, way()))
    blocks = played(content, way(None, (1, 2), (3, 11)))
    sound = joined(blocks)
    assert np.array_equal(sound[: RATE - FADE], straight[: RATE - FADE])
    assert np.array_equal(sound[RATE : 2 * RATE - FADE], straight[2 * RATE : 3 * RATE - FADE])
    assert np.array_equal(sound[2 * RATE :], straight[11 * RATE :])


def test_gaps_that_become_known_on_the_way_are_left_out() -> None:
    courses = iter([way()] * 10)
    late = way(None, (2, 3), (4, 5))
    decoder = Decoder(MediaReader(arrived(pcm(tone(440, 6, RATE)))))
    blocks = list(signal_path(decoder, course=lambda: next(courses, late)))
    assert sum(block.frames for block in blocks) / RATE == pytest.approx(4, abs=0.02)


@pytest.mark.slow
def test_hundreds_of_gaps_are_no_trouble() -> None:
    gaps = [(at + 0.05, at + 0.15) for at in np.arange(0, 120, 0.2)]
    blocks = played(pcm(tone(440, 120, RATE)), way(None, *gaps), seconds=100)
    assert sum(block.frames for block in blocks) / RATE == pytest.approx(60, abs=0.1)
