"""What the tests of Bird's transcripts share: its answers, and what it was asked."""

import json
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from playhead.core.recording import Recording
from playhead.core.transcript import Line, Transcript
from support.providers.provider_sources import bird_account, opened, run
from support.providers.tiny_server import Asked, Tiny, data, http, serving

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nHello\n"
SEGMENTS = json.dumps({"segments": [{"start": 1, "end": 2, "text": "Hello"}]})
HELLO = (Line(start=1.0, end=2.0, text="Hello"),)
BY_ANN = (Line(start=1.0, end=2.0, text="Hello", speaker="Ann"),)
Content = Callable[[str], bytes]
"""The answer to each content that is asked for, by its name, as in `t1.vtt`."""


def row(identity: str = "r1", **changes: object) -> Recording:
    """A recording of Bird."""
    facts: dict[str, object] = {"account": "b1", "id": identity, "provider": "bird", **changes}
    return Recording(**facts)  # type: ignore[arg-type]


def entry(identity: str = "t1", recording: str = "r1", **changes: object) -> dict[str, object]:
    """A row of the list of transcriptions."""
    return {"id": identity, "recordingId": recording, "status": "available", "locale": "en-US", **changes}


def page(*entries: dict[str, object], token: str | None = None) -> bytes:
    """One page of that list."""
    return data(json.dumps({"results": entries} | ({"nextPageToken": token} if token else {})))


def path_of(request: Asked) -> str:
    """Which path was asked for."""
    return urlsplit(request.target).path


def token_of(request: Asked) -> str | None:
    """Which page was asked for."""
    return dict(parse_qsl(urlsplit(request.target).query)).get("pageToken")


def is_list(request: Asked) -> bool:
    """Whether the list was asked for, and not a content."""
    return path_of(request).endswith("/transcriptions")


def forms(tiny: Tiny) -> list[str]:
    """Which contents were asked for, in order."""
    return [path_of(request).rpartition("/")[2] for request in tiny.asked if not is_list(request)]


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
            found = await at.said(recording or row())
            assert {request.method for request in tiny.asked} <= {"GET"}
            return found

    return run(scene())
