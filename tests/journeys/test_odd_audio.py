"""Audio that is cut, false, empty or strange: a sentence or sound, and never a player that hangs."""

import io
import wave

from playhead.core.health.verdicts import Verdict
from playhead.sound.engine import Engine
from support.cloud.faultycloud import Fault, FaultyCloud
from support.window.cloud_requests import media_asked
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk
from support.window.quick_speakers import QuickSpeakers


def engine() -> Engine:
    """The real engine, with speakers on which everything is heard at once."""
    return Engine(QuickSpeakers)


def ranges(cloud: FaultyCloud) -> list[str | None]:
    """From where the media host was asked, one by one."""
    return [asked.range for asked in media_asked(cloud)]


async def plays(person: Person, row: int) -> str:
    """Play a row until that is over; how it ended."""
    listening = person.program.journeys.listening
    listening.stop()
    await until(lambda: listening.state == "idle", "the end of what was played before")
    person.play(row)
    await until(lambda: listening.state in {"ended", "failed"}, "an end")
    return listening.state


async def test_a_link_that_expires_in_the_middle_is_renewed_and_only_the_rest_is_fetched(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.by_hand(desk.bird, rows=50) as (person, player):
        cloud.faults.add(Fault(scope="media", cut=3000, times=1))
        cloud.faults.add(Fault(scope="media", status=403, times=1))
        cloud.requests.clear()
        recording = person.play(person.playable_rows()[0])
        await until(lambda: player.loaded[0].finished or player.loaded[0].failure, "all of it")
        assert player.loaded[0].content() == desk.audio(recording)
        assert ranges(cloud)[0] is None
        begun = [each for each in ranges(cloud) if each is not None]
        assert begun
        assert all(each.startswith("bytes=") and each != "bytes=0-" for each in begun)


async def test_a_link_that_is_refused_without_being_expired_ends_with_a_sentence(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, player=engine, rows=50) as person:
        cloud.faults.add(Fault(scope="media", status=403))
        cloud.requests.clear()
        assert await plays(person, person.playable_rows()[0]) == "failed"
        assert person.window.player.waveform.sentence
        assert len(ranges(cloud)) == 2


FAULTS = {
    "cut once": (Fault(scope="media", cut=3000, times=1), "ended"),
    "a shorter length": (Fault(scope="media", announce=-500, times=1), "ended failed"),
    "a web page": (Fault(scope="media", html=True), "failed"),
    "no bytes": (Fault(scope="media", truncate=0), "failed"),
    "half of a file": (Fault(scope="media", truncate=4000), "ended failed"),
}


async def test_what_a_media_host_does_wrong_ends_in_sound_or_a_sentence(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, player=engine, rows=50) as person:
        # Far from each other: what stands next to what plays may be fetched ahead.
        rows = person.playable_rows()[::7][: len(FAULTS)]
        for row, (name, (fault, outcomes)) in zip(rows, FAULTS.items(), strict=True):
            cloud.faults.clear()
            cloud.faults.add(fault)
            recording = person.recording(row)
            outcome = await plays(person, row)
            assert outcome in outcomes.split(), name
            await person.job_done("peaks")
            health = (await person.marks_of(recording)).health
            # That the network failed, and what may still come, is no fault of the recording.
            broken = health is not None and health.verdict is Verdict.BROKEN
            assert (name, broken) == (name, name == "a web page")
            if outcome == "failed":
                assert "Bird" in person.player_says or "audio" in person.player_says, name


def sound(left: int, right: int, seconds: float) -> bytes:
    """A wave file with a square tone in each channel, as loud as given (0 to 32767)."""
    held = io.BytesIO()
    with wave.open(held, "wb") as target:
        target.setnchannels(2)
        target.setsampwidth(2)
        target.setframerate(8000)
        for place in range(round(seconds * 8000)):
            sign = 1 if place // 10 % 2 else -1
            samples = (sign * left, sign * right)
            target.writeframesraw(b"".join(each.to_bytes(2, "little", signed=True) for each in samples))
    return held.getvalue()


STRANGE = {
    "one second": sound(8000, 8000, 1),
    "a tenth of a second": sound(8000, 8000, 0.1),
    "a dead channel": sound(0, 8000, 2),
    "silence only": sound(0, 0, 3),
}


async def test_short_and_silent_recordings_are_played_to_their_end(desk: Desk) -> None:
    async with desk.opened(desk.bird, player=engine, rows=50) as person:
        person.bar.check("Skip silence")
        person.bar.check("Level")
        rows = person.playable_rows()[::7][: len(STRANGE)]
        for row, (name, content) in zip(rows, STRANGE.items(), strict=True):
            await person.program.session.catalogue.media.keep(person.recording(row), content)
            assert (name, await plays(person, row)) == (name, "ended")
            await person.sees_waveform()
            await person.job_done("loudness")
            assert all("its end may be missing" in each for each in person.notices), name
