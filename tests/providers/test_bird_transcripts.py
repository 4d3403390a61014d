"""Transcripts of Bird: found by listing, and never made."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from playhead.core.account import Credential
from playhead.core.errors import Forbidden, Garbled, Missing, NoAudio, PlayheadError, Refused, Unavailable
from playhead.core.page import Asked as AskedPage
from playhead.core.recording import Recording
from playhead.core.transcript import Transcript
from support.cloud import answerchanges as changes
from support.cloud.faultycloud import Fault, FaultyCloud
from support.providers.bird_transcripts_scene import (
    BY_ANN,
    HELLO,
    SEGMENTS,
    VTT,
    answering,
    entry,
    forms,
    is_list,
    look,
    only,
    row,
)
from support.providers.provider_sources import Opened, bird_account, convirza_account, opened, run
from support.providers.tiny_server import Asked, data, http, serving


@pytest.fixture
def cloud(cloud: FaultyCloud) -> Iterator[FaultyCloud]:
    """Is only ever read."""
    yield cloud
    assert {request.method for request in cloud.requests} <= {"GET"}


async def transcribed(at: Opened, cloud: FaultyCloud) -> tuple[Recording, Recording]:
    """A recording of the demo cloud with a transcript, and one without."""
    recordings = (await at.source.page(AskedPage(), None)).recordings
    found = {each.id: await at.said(each) for each in recordings[:60]}
    cloud.requests.clear()
    return (
        next(each for each in recordings if found.get(each.id) is not None),
        next(each for each in recordings if each.id in found and found[each.id] is None),
    )


def test_a_transcript_of_the_demo_cloud_has_speakers_and_times(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            recording, _ = await transcribed(at, cloud)
            transcript = await at.said(recording)
            assert transcript is not None
            assert transcript.locale
            assert {line.speaker for line in transcript.lines} <= {"agent", "caller"}
            assert recording.duration is not None
            assert all(0 <= line.start < line.end <= recording.duration + 1 for line in transcript.lines)
            assert all(line.text for line in transcript.lines)

    run(scene())


def test_the_list_is_asked_for_once_and_whatever_the_recording_says_of_itself(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            recording, other = await transcribed(at, cloud)
            assert await at.said(replace(recording, transcribed=False)) is not None
            assert await at.said(replace(other, transcribed=True)) is None
            assert [request.path.rpartition(".")[2] for request in cloud.requests] == ["json"]

    run(scene())


@pytest.mark.parametrize("bad", ["html", "status"])
def test_the_other_forms_stand_in_for_json(cloud: FaultyCloud, bad: str) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            recording, _ = await transcribed(at, cloud)
            whole = await at.said(recording)
            assert whole is not None
            for form in ("json", "vtt", "srt"):
                fault = Fault(scope="transcripts", path=f".{form}", html=bad == "html")
                cloud.faults.add(fault if bad == "html" else replace(fault, status=404))
                less = await at.said(recording)
                assert less is not None
                if form == "json":
                    assert less.lines == tuple(replace(line, side=None) for line in whole.lines)
                elif form == "vtt":
                    assert less.lines == tuple(replace(line, speaker=None, side=None) for line in whole.lines)
                else:
                    assert len(less.lines) == 1
                    assert not less.timed

    run(scene())


@pytest.mark.parametrize(
    ("status", "error"), [(401, Refused), (403, Forbidden), (404, Missing), (500, Unavailable)]
)
def test_a_list_that_is_refused_says_why(cloud: FaultyCloud, status: int, error: type[PlayheadError]) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope="transcripts", status=status))
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            with pytest.raises(error):
                await at.said(row())
            cloud.faults.clear()
            assert await at.said(row()) is None

    run(scene())


def test_a_list_of_another_shape_is_garbled(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope="transcripts", html=True, times=1))
        cloud.faults.add(Fault(scope="transcripts", change=lambda _: {"results": {}}))
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            for _ in range(2):
                with pytest.raises(Garbled):
                    await at.said(row())

    run(scene())


def test_an_empty_page_with_a_token_is_not_the_end_of_the_list(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            cloud.faults.add(Fault(scope="transcripts", change=changes.no_rows, times=1))
            assert await at.said(row()) is None
            assert cloud.requests

    run(scene())


def test_convirza_has_none_and_is_not_asked(cloud: FaultyCloud) -> None:
    async def scene() -> None:
        async with opened(convirza_account(cloud.convirza_url)) as at:
            assert await at.said(row(provider="convirza", account="c1")) is None
        assert len(cloud.requests) == 0

    run(scene())


def test_a_row_without_an_id_is_not_looked_for() -> None:
    assert look(lambda _: http(500), row(fault="Bird sent a row without an id.")) is None


@pytest.mark.parametrize("status", ["accepted", "processing", "Failed", "pending"])
def test_a_transcription_that_is_not_ready_is_none(status: str) -> None:
    assert look(answering(entry(status=status), content=only(json=SEGMENTS))) is None


@pytest.mark.parametrize("status", ["available", "Available", "completed", None])
def test_a_status_that_is_not_known_is_worth_a_try(status: str | None) -> None:
    found = look(answering(entry(status=status), content=only(json=SEGMENTS)))
    assert found == Transcript(id="t1", locale="en-US", lines=HELLO)


def test_the_newest_that_is_ready_is_given() -> None:
    entries = [
        entry("old", createdAt="2026-03-01T10:00:00Z"),
        entry("new", createdAt="2026-03-02T10:00:00Z", summary="All\x00 is\nwell.", locale="nl-NL"),
        entry("newer", createdAt="2026-03-03T10:00:00Z", status="accepted"),
        entry("undated"),
        entry("other", "r2", createdAt="2026-03-04T10:00:00Z"),
    ]
    found = look(answering(*entries, content=only(vtt=VTT)))
    assert found == Transcript(id="new", locale="nl-NL", lines=BY_ANN, summary="All is well.")


def test_rows_that_cannot_be_read_are_passed_over() -> None:
    def answer(request: Asked) -> bytes:
        rows: list[object] = [
            None,
            "x",
            [],
            {},
            {"id": 7},
            {"id": "t", "recordingId": {}},
            entry(locale=3.5, createdAt=[]),
        ]
        return data(json.dumps({"results": rows})) if is_list(request) else http(200, SEGMENTS.encode())

    assert look(answer) == Transcript(id="t1", locale=None, lines=HELLO)


def test_one_that_was_deleted_since_is_forgotten() -> None:
    def content(name: str) -> bytes:
        return http(200, VTT.encode()) if name == "old.vtt" else http(404, b"{}")

    async def scene() -> None:
        entries = (
            entry("old", createdAt="2026-03-01T10:00:00Z"),
            entry("new", createdAt="2026-03-02T10:00:00Z"),
        )
        async with serving(answering(*entries, content=content)) as tiny:
            async with opened(bird_account(tiny.address)) as at:
                found = await at.said(row())
                assert found is not None
                assert found.id == "old"
                await at.said(row())
            assert [name.partition(".")[0] for name in forms(tiny)] == ["new"] * 4 + ["old"] * 4
        assert len(tiny.asked) == 9

    run(scene())


def test_nothing_is_ever_asked_to_be_transcribed() -> None:
    async def scene() -> None:
        async with serving(lambda _: http(404, b"{}")) as tiny, opened(bird_account(tiny.address)) as at:
            with pytest.raises(Missing):
                await at.said(row(transcribed=True))
            with pytest.raises((Missing, NoAudio)):
                async with at.source.open(row()):
                    pass
            assert {request.method for request in tiny.asked} == {"GET"}

    run(scene())
