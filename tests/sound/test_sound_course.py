"""The course of a recording tells how loud it is at which second, and where it is clipped."""

import numpy as np
import pytest

from playhead.core.health.soundcourse import MOST_STRETCHES, SoundCourse, lufs
from playhead.sound.healthgauge import FileFacts, HealthGauge
from playhead.sound.measurement import outlines
from playhead.sound.media_reader import MediaReader
from support.audio.arriving_media import arrived
from support.audio.tones import Wave, encoded, tone
from support.health.synthetic_calls import speech


def course_of(content: bytes) -> tuple[SoundCourse, HealthGauge]:
    gauge = HealthGauge()
    for _ in outlines(MediaReader(arrived(content)), gauge=gauge):
        pass
    assert gauge.course is not None
    return gauge.course, gauge


def silence(seconds: float) -> Wave:
    return np.zeros(round(seconds * 8000))


def test_each_half_second_has_the_loudness_of_its_channel() -> None:
    left = np.concatenate((tone(1000, 3, 8000, level=0.25), silence(3)))
    right = np.concatenate((silence(3), tone(1000, 3, 8000, level=0.025)))
    course, gauge = course_of(encoded("wav mu-law", left, right))
    first, second = ([lufs(level) for level in line] for line in course.loudness)
    assert len(first) == len(second) == 12
    # Telephony's largest mu-law value stands for full scale; a tone of 1 kHz has the loudness of its level.
    assert first[1:5] == pytest.approx([-15.0] * 4, abs=1.0)
    assert second[7:11] == pytest.approx([-35.0] * 4, abs=1.0)
    assert first[7:] == second[:5] == [None] * 5
    assert gauge.figures is not None
    assert gauge.figures.channels[0].loudness == pytest.approx(first[2], abs=0.5)


def test_clipped_stretches_have_their_places_by_channel() -> None:
    left = speech(6, 8000, 1) * 0.1
    for start in (1.0, 4.0):
        left[round(start * 8000) : round((start + 0.5) * 8000)] = np.clip(
            tone(440, 0.5, 8000, level=4), -1, 1
        )
    course, _ = course_of(encoded("wav mu-law", left, speech(6, 8000, 2) * 0.1))
    (one, other), right = course.clipped
    assert one == pytest.approx((1.0, 1.5), abs=0.01)
    assert other == pytest.approx((4.0, 4.5), abs=0.01)
    assert right == ()


def test_of_ever_so_many_clipped_stretches_a_hundred_are_told_that_cover_them() -> None:
    seconds = 150
    wave = np.zeros(seconds * 2 * 8000)
    for half in range(seconds * 2):
        wave[half * 8000 + 4000 : half * 8000 + 4010] = 1.0
    course, _ = course_of(encoded("wav mu-law", wave))
    (stretches,) = course.clipped
    assert len(stretches) == MOST_STRETCHES
    assert stretches[0][0] == pytest.approx(0.5, abs=0.01)
    assert stretches[-1][1] == pytest.approx(seconds * 2 - 0.5, abs=0.01)


def test_a_kept_course_is_the_same_and_anything_else_is_refused() -> None:
    course = SoundCourse((bytes(range(9)), bytes(9)), (((0.5, 1.0), (2.0, 2.25)), ()))
    assert SoundCourse.from_bytes(course.to_bytes()) == course
    nothing = SoundCourse((), ())
    assert SoundCourse.from_bytes(nothing.to_bytes()) == nothing
    for other in (b"", b"PHC1", course.to_bytes()[:-3], b"PHP1" + course.to_bytes()[4:]):
        with pytest.raises(ValueError, match="not the course"):
            SoundCourse.from_bytes(other)


def test_what_comes_after_a_hole_is_where_it_belongs() -> None:
    gauge = HealthGauge()
    sound = (tone(1000, 2, 8000, level=0.25)[np.newaxis]).astype(np.float32)
    gauge.add(sound, 8000, 0.0)
    gauge.add(sound, 8000, 4.0)
    gauge.conclude(
        FileFacts(
            codec="pcm_mulaw", container="wav", media_type="", channels=1, seconds=None, damage=((2.0, 4.0),)
        ),
        6.0,
    )
    assert gauge.course is not None
    (line,) = gauge.course.loudness
    assert [lufs(level) is None for level in line] == [False] * 4 + [True] * 4 + [False] * 4
