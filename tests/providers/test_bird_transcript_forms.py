"""Bird's transcripts come in several forms: the first that can be used is read, safely."""

import pytest

from playhead.core.errors import Forbidden, Garbled, PlayheadError, Refused, Unavailable
from playhead.core.transcript import Line
from playhead.providers.http.limits import TRANSCRIPT_BYTES
from support.providers.bird_transcripts_scene import (
    BY_ANN,
    HELLO,
    SEGMENTS,
    SRT,
    VTT,
    answering,
    entry,
    forms,
    look,
    only,
    row,
)
from support.providers.provider_sources import bird_account, opened, run
from support.providers.tiny_server import http, serving


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
        ({"json": '{"text": "Hello there"}', "vtt": VTT}, 2, BY_ANN),
        ({"json": '{"text": "Hello there"}'}, 4, "Hello there"),
        ({"json": '{"segments": [{"text": "Hello"}, {"text": "there"}]}'}, 4, "Hello there"),
        ({"json": '{"results": [{"words": [{"word": "Hello"}, {"word": "there"}]}]}'}, 4, "Hello there"),
        ({"json": '{"alternatives": [{"transcript": "Hello"}, {"transcript": "Yellow"}]}'}, 4, "Hello"),
    ],
    ids=range(14),
)
def test_the_first_form_that_can_be_used_is_used(
    texts: dict[str, str], tried: int, lines: tuple[Line, ...] | str
) -> None:
    async def scene() -> None:
        async with serving(answering(entry(), content=only(**texts))) as tiny:
            async with opened(bird_account(tiny.address)) as at:
                found = await at.said(row(duration=30.0))
            assert found is not None
            assert found.lines == (
                (Line(start=0.0, end=0.0, text=lines),) if isinstance(lines, str) else lines
            )
            assert forms(tiny) == ["t1.json", "t1.vtt", "t1.srt", "t1.txt"][:tried]

    run(scene())


def test_a_transcription_that_makes_no_sense_in_any_form_is_garbled() -> None:
    with pytest.raises(Garbled):
        look(answering(entry(), content=only(json='{"odd": true}')))


def test_bytes_that_are_no_text_do_not_matter() -> None:
    found = look(
        answering(
            entry(), content=lambda _: http(200, VTT.encode().replace(b"Ann", "é".encode() * 2 + b"\xff"))
        )
    )
    assert found is not None
    assert [line.speaker for line in found.lines] == ["éé\ufffd"]


def test_a_transcript_that_is_too_long_is_not_read_to_its_end() -> None:
    big = b" " * (TRANSCRIPT_BYTES + 1)
    with pytest.raises(Garbled) as caught:
        look(answering(entry(), content=lambda _: http(200, big)))
    assert caught.value.reason == "large"


@pytest.mark.parametrize(("status", "error"), [(401, Refused), (403, Forbidden), (503, Unavailable)])
def test_a_content_that_is_refused_is_not_asked_for_in_other_forms(
    status: int, error: type[PlayheadError]
) -> None:
    async def scene() -> None:
        async with serving(answering(entry(), content=lambda _: http(status, b"{}"))) as tiny:
            async with opened(bird_account(tiny.address)) as at:
                with pytest.raises(error):
                    await at.said(row())
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
                        found = await at.said(row())
                        assert found is not None
                        assert found.lines == HELLO
                    else:
                        # Not `Refused`: it was not the account's key that was refused.
                        with pytest.raises(Forbidden):
                            await at.said(row())
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
                assert await at.said(row()) is not None
            assert tiny.asked[1].target.endswith("/transcriptions/..%2Fx%3Fy%23z.json")

    run(scene())
