"""Transcripts of Bird: found by listing, read in the first form that can be used, never made."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from urllib.parse import parse_qsl, urlsplit

import pytest
from provider_doors import Opened, bird_account, convirza_account, demo_cloud, opened, run
from tiny_server import Asked, Tiny, data, http, serving

from playhead.core.account import Credential
from playhead.core.errors import Forbidden, Garbled, Missing, NoAudio, PlayheadError, Refused, Unavailable
from playhead.core.page import Asked as AskedPage
from playhead.core.recording import ProviderName, Recording
from playhead.core.transcript import Line, Transcript
from playhead.demo import changes
from playhead.demo.cloud import DemoCloud, Fault
from playhead.providers.bird_transcriptions import BARREN_PAGES, FRESH_SECONDS, PAGES_PER_LOOK
from playhead.providers.bird_transcripts import LARGEST_TRANSCRIPT

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nHello\n"
SEGMENTS = json.dumps({"segments": [{"start": 1, "end": 2, "text": "Hello"}]})
HELLO = (Line(start=1.0, end=2.0, text="Hello"),)
BY_ANN = (Line(start=1.0, end=2.0, text="Hello", speaker="Ann"),)


@pytest.fixture(scope="module")
def running() -> Iterator[DemoCloud]:
    with demo_cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(running: DemoCloud) -> Iterator[DemoCloud]:
    running.faults.clear()
    running.requests.clear()
    yield running
    assert {request.method for request in running.requests} <= {"GET"}


def row(identity: str = "r1", **changes: object) -> Recording:
    facts: dict[str, object] = {"account": "b1", "id": identity, "provider": ProviderName.BIRD, **changes}
    return Recording(**facts)  # type: ignore[arg-type]


def entry(identity: str = "t1", recording: str = "r1", **changes: object) -> dict[str, object]:
    return {"id": identity, "recordingId": recording, "status": "available", "locale": "en-US", **changes}


def page(*entries: dict[str, object], token: str | None = None) -> bytes:
    return data(json.dumps({"results": entries} | ({"nextPageToken": token} if token else {})))


def path_of(request: Asked) -> str:
    return urlsplit(request.target).path


def token_of(request: Asked) -> str | None:
    return dict(parse_qsl(urlsplit(request.target).query)).get("pageToken")


def is_list(request: Asked) -> bool:
    return path_of(request).endswith("/transcriptions")


def forms(tiny: Tiny) -> list[str]:
    """Which contents were asked for, in order."""
    return [path_of(request).rpartition("/")[2] for request in tiny.asked if not is_list(request)]


Content = Callable[[str], bytes]


def answering(*entries: dict[str, object], content: Content) -> Callable[[Asked], bytes]:
    """One page of transcriptions, and the content of each by its name, as in `t1.vtt`."""
    return lambda request: (
        page(*entries) if is_list(request) else content(path_of(request).rpartition("/")[2])
    )


def only(**texts: str) -> Content:
    """The content of the forms that exist, whatever the transcription."""

    def content(name: str) -> bytes:
        text = texts.get(name.rpartition(".")[2])
        return http(404, b"{}") if text is None else http(200, text.encode())

    return content


def look(answer: Callable[[Asked], bytes | None], recording: Recording | None = None) -> Transcript | None:
    """What the door gives for one recording where a server answers so."""

    async def scene() -> Transcript | None:
        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            found = await at.source.transcript(recording or row())
            assert {request.method for request in tiny.asked} <= {"GET"}
            return found

    return run(scene())


async def transcribed(at: Opened, cloud: DemoCloud) -> tuple[Recording, Recording]:
    """A recording of the demo cloud with a transcript, and one without."""
    recordings = (await at.source.page(AskedPage(), None)).recordings
    found = {each.id: await at.source.transcript(each) for each in recordings[:60]}
    cloud.requests.clear()
    return (
        next(each for each in recordings if found.get(each.id) is not None),
        next(each for each in recordings if each.id in found and found[each.id] is None),
    )


def test_a_transcript_of_the_demo_cloud_has_speakers_and_times(cloud: DemoCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            recording, _ = await transcribed(at, cloud)
            transcript = await at.source.transcript(recording)
            assert transcript is not None
            assert transcript.locale
            assert {line.speaker for line in transcript.lines} <= {"agent", "caller"}
            assert recording.duration is not None
            assert all(0 <= line.start < line.end <= recording.duration + 1 for line in transcript.lines)
            assert len(transcript.text.splitlines()) == len(transcript.lines) > 0

    run(scene())


def test_the_list_is_asked_for_once_and_whatever_the_recording_says_of_itself(cloud: DemoCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            recording, other = await transcribed(at, cloud)
            assert await at.source.transcript(replace(recording, transcribed=False)) is not None
            assert await at.source.transcript(replace(other, transcribed=True)) is None
            assert [request.path.rpartition(".")[2] for request in cloud.requests] == ["json"]

    run(scene())


@pytest.mark.parametrize("bad", ["html", "status"])
def test_the_other_forms_stand_in_for_json(cloud: DemoCloud, bad: str) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            recording, _ = await transcribed(at, cloud)
            whole = await at.source.transcript(recording)
            assert whole is not None
            for form in ("json", "vtt", "srt"):
                fault = Fault(scope="transcripts", path=f".{form}", html=bad == "html")
                cloud.faults.add(fault if bad == "html" else replace(fault, status=404))
                less = await at.source.transcript(recording)
                assert less is not None
                if form == "json":
                    assert less == whole
                elif form == "vtt":
                    assert less.lines == tuple(replace(line, speaker=None) for line in whole.lines)
                else:
                    assert len(less.lines) == 1
                    assert (less.lines[0].start, less.lines[0].end) == (0.0, recording.duration)

    run(scene())


@pytest.mark.parametrize(
    ("status", "error"), [(401, Refused), (403, Forbidden), (404, Missing), (500, Unavailable)]
)
def test_a_list_that_is_refused_says_why(cloud: DemoCloud, status: int, error: type[PlayheadError]) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope="transcripts", status=status))
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            with pytest.raises(error):
                await at.source.transcript(row())
            cloud.faults.clear()
            assert await at.source.transcript(row()) is None

    run(scene())


def test_a_list_of_another_shape_is_garbled(cloud: DemoCloud) -> None:
    async def scene() -> None:
        cloud.faults.add(Fault(scope="transcripts", html=True, times=1))
        cloud.faults.add(Fault(scope="transcripts", change=lambda _: {"results": {}}))
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            for _ in range(2):
                with pytest.raises(Garbled):
                    await at.source.transcript(row())

    run(scene())


def test_an_empty_page_with_a_token_is_not_the_end_of_the_list(cloud: DemoCloud) -> None:
    async def scene() -> None:
        account = bird_account(cloud.bird_url, workspace_id=cloud.workspace_id)
        async with opened(account, Credential(access=cloud.access_key)) as at:
            cloud.faults.add(Fault(scope="transcripts", change=changes.no_rows, times=1))
            assert await at.source.transcript(row()) is None
            assert cloud.requests

    run(scene())


def test_convirza_has_none_and_is_not_asked(cloud: DemoCloud) -> None:
    async def scene() -> None:
        async with opened(convirza_account(cloud.convirza_url)) as at:
            assert await at.source.transcript(row(provider=ProviderName.CONVIRZA)) is None
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
                found = await at.source.transcript(row())
                assert found is not None
                assert found.id == "old"
                await at.source.transcript(row())
            assert [name.partition(".")[0] for name in forms(tiny)] == ["new"] * 4 + ["old"] * 4
        assert len(tiny.asked) == 9

    run(scene())


@pytest.mark.parametrize(
    ("texts", "tried", "lines"),
    [
        ({"json": SEGMENTS, "vtt": VTT}, 1, HELLO),
        ({"json": '{"odd": true}', "vtt": VTT}, 2, BY_ANN),
        ({"json": "{", "srt": SRT}, 3, HELLO),
        ({"json": "<!DOCTYPE html><p>", "txt": "Hello\r\n\x00there\n"}, 4, "Hello there"),
        ({"json": '{"segments": []}', "srt": SRT}, 3, HELLO),
        ({"json": '{"segments": []}'}, 4, ()),
        ({"vtt": "WEBVTT\n", "txt": " \n"}, 4, ()),
        ({"json": "9" * 5000, "vtt": "\ufeff" + VTT}, 2, BY_ANN),
        ({"json": "[" * 200_000, "vtt": VTT}, 2, BY_ANN),
    ],
    ids=range(9),
)
def test_the_first_form_that_can_be_used_is_used(
    texts: dict[str, str], tried: int, lines: tuple[Line, ...] | str
) -> None:
    async def scene() -> None:
        async with serving(answering(entry(), content=only(**texts))) as tiny:
            async with opened(bird_account(tiny.address)) as at:
                found = await at.source.transcript(row(duration=30.0))
            assert found is not None
            assert found.lines == (
                (Line(start=0.0, end=30.0, text=lines),) if isinstance(lines, str) else lines
            )
            assert forms(tiny) == ["t1.json", "t1.vtt", "t1.srt", "t1.txt"][:tried]

    run(scene())


def test_a_transcription_that_makes_no_sense_in_any_form_is_garbled() -> None:
    with pytest.raises(Garbled):
        look(answering(entry(), content=only(json='{"odd": true}')))


def test_bytes_that_are_no_text_do_not_matter() -> None:
    found = look(answering(entry(), content=lambda _: http(200, VTT.encode().replace(b"Ann", b"\xff"))))
    assert found is not None
    assert [line.speaker for line in found.lines] == ["\ufffd"]


def test_a_transcript_that_is_too_long_is_not_read_to_its_end() -> None:
    big = b" " * (LARGEST_TRANSCRIPT + 1)
    with pytest.raises(Garbled) as caught:
        look(answering(entry(), content=lambda _: http(200, big)))
    assert caught.value.reason == "length"


@pytest.mark.parametrize(("status", "error"), [(401, Refused), (403, Forbidden), (503, Unavailable)])
def test_a_content_that_is_refused_is_not_asked_for_in_other_forms(
    status: int, error: type[PlayheadError]
) -> None:
    async def scene() -> None:
        async with serving(answering(entry(), content=lambda _: http(status, b"{}"))) as tiny:
            async with opened(bird_account(tiny.address)) as at:
                with pytest.raises(error):
                    await at.source.transcript(row())
            assert set(forms(tiny)) == {"t1.json"}

    run(scene())


@pytest.mark.parametrize("status", [200, 401])
def test_a_media_host_gets_no_credential(status: int) -> None:
    async def scene() -> None:
        async with serving(lambda _: http(status, SEGMENTS.encode())) as media:
            link = f"http://localhost:{media.port}/signed.json?x=1"
            async with serving(answering(entry(), content=lambda _: http(302, location=link))) as tiny:
                async with opened(bird_account(tiny.address)) as at:
                    if status == 200:
                        found = await at.source.transcript(row())
                        assert found is not None
                        assert found.lines == HELLO
                    else:
                        # Not `Refused`: it was not the account's key that was refused.
                        with pytest.raises(Forbidden):
                            await at.source.transcript(row())
                assert {"authorization" in request.headers for request in tiny.asked} == {True}
            assert [request.target for request in media.asked] == ["/signed.json?x=1"]
            assert "authorization" not in media.asked[0].headers

    run(scene())


@pytest.mark.parametrize("location", ["ftp://media.example/x", "http://media.example/x", "", "/same"])
def test_a_link_that_cannot_be_used_leads_nowhere(location: str) -> None:
    with pytest.raises(Garbled):
        look(answering(entry(), content=lambda _: http(302, location=location)))


def test_ids_are_written_so_that_they_stay_one_part_of_the_address() -> None:
    async def scene() -> None:
        async with serving(answering(entry("../x?y#z"), content=only(json=SEGMENTS))) as tiny:
            async with opened(bird_account(tiny.address)) as at:
                assert await at.source.transcript(row()) is not None
            assert tiny.asked[1].target.endswith("/transcriptions/..%2Fx%3Fy%23z.json")

    run(scene())


def numbered(last: int | None, at: dict[int, dict[str, object]] | None = None) -> Callable[[Asked], bytes]:
    """Pages 0, 1, 2... to `last`, with one transcription each, and those in `at` as well."""

    def answer(request: Asked) -> bytes:
        if not is_list(request):
            return http(200, SEGMENTS.encode())
        number = int(token_of(request) or 0)
        rows = [entry(f"t{number}", f"x{number}"), *([at[number]] if at and number in at else [])]
        return page(*rows, token=None if number == last else str(number + 1))

    return answer


def pages(tiny: Tiny) -> list[str | None]:
    """The tokens of the pages that were asked for since the last time."""
    asked = [token_of(request) for request in tiny.asked if is_list(request)]
    tiny.asked.clear()
    return asked


def test_a_long_list_is_read_some_pages_at_each_look_and_from_memory_afterwards() -> None:
    async def scene() -> None:
        async with serving(numbered(PAGES_PER_LOOK + 4)) as tiny, opened(bird_account(tiny.address)) as at:
            assert await at.source.transcript(row("absent")) is None
            assert pages(tiny) == [None, *map(str, range(1, PAGES_PER_LOOK))]
            assert await at.source.transcript(row(f"x{PAGES_PER_LOOK}")) is not None
            assert pages(tiny) == [str(PAGES_PER_LOOK)]
            assert await at.source.transcript(row("absent")) is None
            assert pages(tiny) == [str(PAGES_PER_LOOK + step) for step in range(1, 5)]
            for name in ("absent", "x3", f"x{PAGES_PER_LOOK + 4}"):
                await at.source.transcript(row(name))
            assert pages(tiny) == []

    run(scene())


def test_many_looks_at_once_share_one_listing() -> None:
    async def scene() -> None:
        async with serving(numbered(5)) as tiny, opened(bird_account(tiny.address)) as at:
            names = ["absent", "x5", "x1", "gone", "x5"]
            found = await asyncio.gather(*(at.source.transcript(row(name)) for name in names))
            assert [each is not None for each in found] == [False, True, True, False, True]
            assert pages(tiny) == [None, "1", "2", "3", "4", "5"]

    run(scene())


def test_a_list_that_was_read_to_its_end_is_read_again_after_some_minutes() -> None:
    async def scene() -> None:
        late: dict[int, dict[str, object]] = {}
        async with serving(numbered(2, late)) as tiny, opened(bird_account(tiny.address)) as at:
            assert await at.source.transcript(row("r1")) is None
            late[1] = entry("late", "r1")
            at.glass.time += FRESH_SECONDS - 1
            assert await at.source.transcript(row("r1")) is None
            assert pages(tiny) == [None, "1", "2"]
            at.glass.time += 2
            assert await at.source.transcript(row("r1")) is not None
            assert pages(tiny) == [None, "1"]

    run(scene())


def test_a_transcription_becomes_ready() -> None:
    async def scene() -> None:
        known = {0: entry("t", "r1", status="accepted")}
        async with serving(numbered(1, known)) as tiny, opened(bird_account(tiny.address)) as at:
            assert await at.source.transcript(row("r1")) is None
            known[0] = entry("t", "r1")
            at.glass.time += FRESH_SECONDS
            assert await at.source.transcript(row("r1")) is not None

    run(scene())


def test_the_top_is_read_again_before_an_unfinished_list_goes_on() -> None:
    async def scene() -> None:
        late: dict[int, dict[str, object]] = {}
        async with serving(numbered(40, late)) as tiny, opened(bird_account(tiny.address)) as at:
            assert await at.source.transcript(row("absent")) is None
            pages(tiny)
            late[0] = entry("late", "fresh")
            at.glass.time += FRESH_SECONDS
            assert await at.source.transcript(row("fresh")) is not None
            assert pages(tiny) == [None]
            await at.source.transcript(row(f"x{PAGES_PER_LOOK}"))
            assert pages(tiny) == ["1", str(PAGES_PER_LOOK)]

    run(scene())


def test_an_empty_top_does_not_hide_what_is_new_below_it() -> None:
    async def scene() -> None:
        late: dict[int, dict[str, object]] = {}
        empty = False

        def answer(request: Asked) -> bytes:
            if empty and is_list(request) and token_of(request) is None:
                return page(token="1")
            return numbered(40, late)(request)

        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            await at.source.transcript(row("absent"))
            late[1], empty = entry("late", "fresh"), True
            at.glass.time += FRESH_SECONDS
            pages(tiny)
            assert await at.source.transcript(row("fresh")) is not None
            assert pages(tiny) == [None, "1"]

    run(scene())


def test_a_list_that_goes_round_and_changes_is_given_up_and_read_again_later() -> None:
    async def scene() -> None:
        turns = count()

        def answer(_: Asked) -> bytes:
            return page(entry("t", "x", summary=str(next(turns))), token="again")

        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            await at.source.transcript(row("absent"))
            for _ in range(3):
                pages(tiny)
                at.glass.time += FRESH_SECONDS
                await at.source.transcript(row("absent"))
                await at.source.transcript(row("absent"))
                assert len(pages(tiny)) == BARREN_PAGES + 1

    run(scene())


@pytest.mark.parametrize("fresh_tokens", [True, False])
def test_a_list_without_end_is_given_up(*, fresh_tokens: bool) -> None:
    def answer(request: Asked) -> bytes:
        number = int(token_of(request) or 0)
        return page(entry("t", "x"), token=str(number + 1 if fresh_tokens else 1))

    async def scene() -> None:
        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            for _ in range(4):
                assert await at.source.transcript(row("absent")) is None
            assert len(pages(tiny)) == BARREN_PAGES + 1

    run(scene())


def test_a_token_that_is_no_longer_taken_ends_the_list_for_now() -> None:
    def answer(request: Asked) -> bytes:
        return http(400, b"{}") if token_of(request) else page(entry("t", "x"), token="old")

    async def scene() -> None:
        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            for _ in range(2):
                assert await at.source.transcript(row("absent")) is None
            assert pages(tiny) == [None, "old"]
            at.glass.time += FRESH_SECONDS
            await at.source.transcript(row("absent"))
            assert pages(tiny) == [None, "old"]

    run(scene())


def test_a_listing_that_failed_goes_on_where_it_was() -> None:
    failing = True

    def answer(request: Asked) -> bytes:
        return http(403, b"{}") if failing and token_of(request) == "2" else numbered(3)(request)

    async def scene() -> None:
        nonlocal failing
        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            with pytest.raises(Forbidden):
                await at.source.transcript(row("x3"))
            failing = False
            assert await at.source.transcript(row("x3")) is not None
            assert pages(tiny) == [None, "1", "2", "2", "3"]

    run(scene())


def test_a_look_that_is_cancelled_leaves_the_list_to_others() -> None:
    async def scene() -> None:
        came = asyncio.Event()

        def answer(request: Asked) -> bytes | None:
            if came.is_set():
                return numbered(1)(request)
            came.set()
            return None

        async with serving(answer) as tiny, opened(bird_account(tiny.address)) as at:
            first = asyncio.create_task(at.source.transcript(row("x1")))
            await came.wait()
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            assert await at.source.transcript(row("x1")) is not None

    run(scene())


def test_nothing_is_ever_asked_to_be_transcribed() -> None:
    async def scene() -> None:
        async with serving(lambda _: http(404, b"{}")) as tiny, opened(bird_account(tiny.address)) as at:
            with pytest.raises(Missing):
                await at.source.transcript(row(transcribed=True))
            with pytest.raises((Missing, NoAudio)):
                async with at.source.open(row()):
                    pass
            assert {request.method for request in tiny.asked} == {"GET"}

    run(scene())
