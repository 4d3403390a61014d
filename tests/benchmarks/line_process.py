"""A provider at the far end of a line: its API and its media host, in a process of their own.

The line is emulated in that process, as nothing has to be allowed for it: a round trip of so many
milliseconds, a bandwidth that all connections share in small pieces, as packets come, and loss that makes a
connection wait for one round trip. A connection costs a round trip before its first request. TCP's slow start
is not emulated: connections are kept.
"""

import asyncio
import io
import json
import os
import random
import subprocess
import sys
import wave
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import parse_qs, urlsplit

from typing_extensions import override

LARGEST = 5_000_000
LISTED = 2_970
"""Recordings that the API lists, in full pages."""
PAGE = 99
_NEWEST = datetime(2026, 3, 14, 11, tzinfo=UTC)
_TICK = 0.001
"""Seconds between two turns of the line."""
_PACKET = 2_896
"""Bytes of two packets, which is what a network card hands over in one at 100 Mbit/s."""
_BEHIND = 0.02
"""Seconds of the bandwidth that are made up for when the process was late."""
_QUEUED = 1_000_000
"""Bytes that may wait for a reader: a receive window."""


@dataclass(frozen=True, slots=True)
class Wire:
    """Qualities of a line: round trip in milliseconds, bandwidth in Mbit/s, share of pieces that are lost."""

    trip: float
    mbits: float
    loss: float = 0.0

    @property
    def bytes_a_second(self) -> float:
        """Bandwidth in bytes."""
        return self.mbits * 125_000


@dataclass(frozen=True, slots=True)
class FarEnd:
    """Where both hosts are."""

    api: str
    media: str

    def link(self, size: int) -> str:
        """The address of audio of so many bytes."""
        return f"{self.media}/{size}.wav"


@contextmanager
def far_end(wire: Wire) -> Iterator[FarEnd]:
    """Both hosts behind such a line, until the block ends."""
    command = [sys.executable, __file__, json.dumps(asdict(wire))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield FarEnd(*json.loads(process.stdout.readline()))
        finally:
            process.kill()


def noise(size: int) -> bytes:
    """So many bytes that are audio by their beginning, and cannot be packed."""
    made = io.BytesIO()
    with wave.open(made, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(8_000)
        audio.writeframes(os.urandom(size))
    return made.getvalue()[:size]


class _Line:
    """Sends what is queued, a piece of each connection in turn, as fast as the wire is."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.trip = wire.trip / 1000
        self._piece = max(_PACKET, int(wire.bytes_a_second / 4000))
        self._turns: deque[_Answering] = deque()
        self._loop = asyncio.get_running_loop()
        self._budget = 0.0
        self._last = 0.0

    def add(self, connection: "_Answering") -> None:
        """Let a connection have its turns: it has something to send."""
        if not self._turns:
            self._last = self._loop.time()
            self._loop.call_soon(self._turn)
        self._turns.append(connection)

    def _turn(self) -> None:
        now = self._loop.time()
        speed = self.wire.bytes_a_second
        self._budget = min(self._budget + (now - self._last) * speed, _BEHIND * speed)
        self._last = now
        waiting = 0
        while self._budget > 0 and waiting < len(self._turns):
            connection = self._turns.popleft()
            sent = connection.sent(self._piece)
            self._budget -= sent
            waiting = 0 if sent else waiting + 1
            if not connection.done:
                if sent and random.random() < self.wire.loss:
                    self._loop.call_later(self.trip, self._turns.append, connection)
                else:
                    self._turns.append(connection)
        if self._turns:
            self._loop.call_later(_TICK, self._turn)


class _Answering(asyncio.Protocol):
    """One connection to either host."""

    def __init__(self, line: _Line, media: str, noise: memoryview) -> None:
        self._line = line
        self._media = media
        self._noise = noise
        self._request = b""
        self._is_new = True
        self._left = memoryview(b"")

    @property
    def done(self) -> bool:
        """True if nothing is left to send."""
        return not self._left

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._left = memoryview(b"")

    @override
    def data_received(self, data: bytes) -> None:
        self._request += data
        if b"\r\n\r\n" not in self._request:
            return
        path = self._request.split(b" ", 2)[1].decode()
        self._request = b""
        trips, self._is_new = (2 if self._is_new else 1), False
        asyncio.get_running_loop().call_later(trips * self._line.trip, self._answer, path)

    def sent(self, most: int) -> int:
        """Send a piece; gives its bytes."""
        if self._transport.get_write_buffer_size() > _QUEUED:
            return 0
        piece, self._left = self._left[:most], self._left[most:]
        self._transport.write(piece)
        return len(piece)

    def _answer(self, path: str) -> None:
        asked = urlsplit(path)
        name = asked.path.rpartition("/")[2]
        if name.endswith(".wav"):
            body, kind = self._noise[: int(name.removesuffix(".wav"))], "audio/wav"
        else:
            since = parse_qs(asked.query).get("pageToken", ["0"])[0]
            said = page(int(since)) if name == "recordings" else json.dumps(self._row(name)).encode()
            body, kind = memoryview(said), "application/json"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode())
        self._left = body
        self._line.add(self)

    def _row(self, identity: str) -> dict[str, object]:
        size = identity.rpartition("-")[2]
        if not size.isdigit():
            # Transcriptions, channels and what else is listed: there are none.
            return {"results": []}
        return _recording(identity, _NEWEST) | {"url": f"{self._media}/{int(size)}.wav"}


@cache
def page(since: int) -> bytes:
    """A page of the list of recordings."""
    until = min(since + PAGE, LISTED)
    rows = [
        _recording(f"listed-{number}", _NEWEST - timedelta(minutes=7 * number))
        for number in range(since, until)
    ]
    return json.dumps({"results": rows, "nextPageToken": str(until) if until < LISTED else ""}).encode()


def _recording(identity: str, began: datetime) -> dict[str, object]:
    moment = began.isoformat().replace("+00:00", "Z")
    return {
        "id": identity,
        "callId": f"call-{identity}",
        "workspaceId": "w",
        "channelId": "00000000-0000-4000-8000-000000000001",
        "status": "available",
        "type": "recording",
        "format": "wav",
        "duration": 60,
        "originator": {"type": "phone", "value": "+31205550123"},
        "receiver": {"type": "phone", "value": "+31205550199"},
        "createdAt": moment,
        "startedAt": moment,
        "endedAt": moment,
        "updatedAt": moment,
        "source": "call",
    }


async def _serve(wire: Wire) -> None:
    for since in range(0, LISTED, PAGE):
        page(since)
    loop, line, content = asyncio.get_running_loop(), _Line(wire), memoryview(noise(LARGEST))
    media = await loop.create_server(lambda: _Answering(line, "", content), "127.0.0.1", backlog=128)
    address = f"http://127.0.0.1:{media.sockets[0].getsockname()[1]}"
    api = await loop.create_server(lambda: _Answering(line, address, content), "127.0.0.1", backlog=128)
    print(json.dumps([f"http://127.0.0.1:{api.sockets[0].getsockname()[1]}", address]), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(Wire(**json.loads(sys.argv[1]))))
