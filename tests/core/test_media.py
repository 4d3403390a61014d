"""Media is written by one download and read by any number of threads."""

import threading

import pytest

from playhead.core.errors import Unreachable
from playhead.core.media import Media
from support.audio.arriving_media import arrived


def test_whole_media_is_finished_at_once() -> None:
    media = arrived(b"audio")
    assert (media.total, media.arrived, media.finished) == (5, 5, True)
    assert media.content() == b"audio"
    assert media.read_at(0, 100) == b"audio"
    assert media.read_at(3, 1) == b"i"
    assert media.read_at(5, 1) == b""
    assert media.failure is None


def test_much_media_is_copied_whole() -> None:
    content = bytes(range(256)) * 10_000 + b"end"
    assert arrived(content).content() == content
    assert Media().content() == b""


def test_a_reader_waits_for_what_has_not_arrived() -> None:
    media = Media()
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(media.read_at(2, 10, 30)))
    reader.start()
    media.write(b"ab")
    media.write(b"cd")
    reader.join(30)
    assert read == [b"cd"]


def test_a_reader_is_not_kept_waiting_for_ever() -> None:
    with pytest.raises(TimeoutError):
        Media().read_at(0, 1, 0)


def test_after_a_failure_what_arrived_stays_readable_and_then_the_failure_is_raised() -> None:
    media = Media()
    media.announce(10)
    media.write(b"abc")
    failure = Unreachable("cut")
    media.fail(failure)
    assert media.read_at(1, 10) == b"bc"
    assert (media.total, media.arrived, media.finished, media.failure) == (10, 3, False, failure)
    with pytest.raises(Unreachable):
        media.read_at(3, 10)


def test_the_end_of_unannounced_media_is_where_it_finishes() -> None:
    media = Media()
    media.write(b"abc")
    assert (media.total, media.finished) == (None, False)
    media.finish()
    assert (media.total, media.finished) == (3, True)
    assert media.read_at(3, 1) == b""


def test_listeners_hear_every_change_until_they_stop() -> None:
    media = Media()
    heard: list[int] = []
    stop = media.listen(lambda: heard.append(media.arrived))
    media.announce(2)
    media.write(b"a")
    stop()
    stop()
    media.write(b"b")
    media.finish()
    assert heard == [0, 1]
