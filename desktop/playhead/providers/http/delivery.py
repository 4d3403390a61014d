"""Audio through a link: fetched without the credential, checked before its first byte is given out."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace

from playhead.core.errors import (
    Forbidden,
    Garbled,
    Gone,
    Missing,
    NotAudio,
    ProviderError,
    Refused,
    Rejected,
    Unreachable,
)
from playhead.core.likeness.look import look
from playhead.core.ports import Delivery
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.limits import (
    AUDIO_BYTES,
    LEAST_SPEED,
    MEDIA_SILENCE_SECONDS,
    SILENCES_IN_ALL,
    UNTOLD_AUDIO_BYTES,
)
from playhead.providers.http.redirects import Link, Links, follow, trouble
from playhead.providers.http.request import HttpResponse
from playhead.providers.http.unpacking import packings

_PEEK = 4096
"""Bytes in which any text shows that it is one; a host that sends less in a second is slower than speech."""
_LONGEST_VALIDATOR = 1024
_FOR_THE_END = frozenset({"scrap", "soundless"})
"""Findings that are only certain once everything has come: whoever takes all of it decides."""
_CONTENT_RANGE = re.compile(r"bytes (?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18}|\*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioRequest:
    """Request for audio: from which byte on, of which edition, and how long it is waited for."""

    offset: int = 0
    validator: str | None = None
    told: tuple[str, ...] = ()
    """Names that the provider gives its form."""
    silence: float = MEDIA_SILENCE_SECONDS
    untold: int = UNTOLD_AUDIO_BYTES
    """The most bytes that are taken of audio whose host does not announce its length."""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The request headers that ask for it, byte for byte as the provider has it."""
        plain = (
            ("Accept", "audio/*, */*;q=0.5"),
            ("Accept-Encoding", "identity"),
            ("Cache-Control", "no-transform"),
        )
        if not self.offset or self.validator is None:
            return plain
        return (*plain, ("Range", f"bytes={self.offset}-"), ("If-Range", self.validator))


class _Compressed(Garbled):
    """Audio that came compressed, which was not asked for. Another server of the host may know better."""

    def __init__(self, status: int) -> None:
        super().__init__("encoding", "the audio came compressed", status=status)


@asynccontextmanager
async def deliver(api: ApiClient, link: Links, fresh: Links, wanted: AudioRequest) -> AsyncIterator[Delivery]:
    """The audio behind `link`, or behind a `fresh` one if that has died. Raises `PlayheadError`."""
    if not wanted.offset or wanted.validator is None:
        # Without a validator nobody knows whether the rest belongs to what is already there.
        wanted = replace(wanted, offset=0, validator=None)
    known = await link()
    try:
        stream = await _open(api, known, wanted)
    except (Refused, Forbidden, Missing, Gone, Rejected, _Compressed):
        stream = await _open(api, await fresh(), wanted)
    try:
        async with _delivery(stream, wanted, api.now) as delivery:
            yield delivery
    finally:
        await stream.close()


async def _open(api: ApiClient, link: Link, wanted: AudioRequest) -> HttpResponse:
    """The answer with the audio, its body unread."""
    stream, authorization = await follow(api, link, wanted.headers, wanted.silence)
    if _is_complete(stream, wanted):
        return stream
    if stream.status in {206, 416} and not _fits(stream, wanted):
        # This host cannot resume; it can begin anew.
        await stream.close()
        wanted = replace(wanted, offset=0, validator=None)
        stream, authorization = await follow(api, link, wanted.headers, wanted.silence)
    if stream.status in {200, 206} and _is_encoded(stream):
        await stream.close()
        raise _Compressed(stream.status)
    if stream.status == 200 or (stream.status == 206 and _fits(stream, wanted)):
        return stream
    await stream.close()
    if stream.status < 400:
        raise NotAudio("nothing", status=stream.status)
    raise trouble(stream, authorization)


@asynccontextmanager
async def _delivery(
    stream: HttpResponse, wanted: AudioRequest, now: Callable[[], float]
) -> AsyncIterator[Delivery]:
    content_type = stream.headers.get("content-type", "").partition(";")[0].strip().lower()
    offset, expected, total = _measures(stream, wanted)
    if max(total or 0, offset + (expected or 0)) > AUDIO_BYTES:
        raise Garbled("endless", "more was announced than is taken", status=stream.status)
    async with aclosing(_checked(stream, wanted, expected, now)) as chunks:
        start, failure = (b"", None) if offset else await _start(chunks, (*wanted.told, content_type))
        async with aclosing(_joined(start, failure, chunks)) as joined:
            yield Delivery(
                chunks=joined,
                offset=offset,
                total=total,
                validator=_validator(stream.headers) or (wanted.validator if offset else None),
                media_type=content_type,
            )


def _measures(stream: HttpResponse, wanted: AudioRequest) -> tuple[int, int | None, int | None]:
    """First byte, bytes of this answer, and bytes of the whole media."""
    if stream.status == 416:
        return wanted.offset, None, wanted.offset
    if stream.status == 206:
        total = _range(stream).total
        length = _digits(stream.headers.get("content-length", ""))
        return wanted.offset, length if total is None else total - wanted.offset, total
    length = _digits(stream.headers.get("content-length", ""))
    return 0, length, length


async def _start(
    chunks: AsyncGenerator[bytes, None], told: tuple[str, ...]
) -> tuple[bytes, ProviderError | None]:
    """The first bytes, once they show what they are, and what broke off behind them. Raises `NotAudio`."""
    start, whole = b"", True
    enough = 1
    try:
        async for chunk in chunks:
            start += chunk
            if len(start) >= _PEEK:
                whole = False
                break
            # A host may give it byte by byte: looks at twice as much each time cost little in all.
            if len(start) >= enough:
                if look(start, whole=False, told=told).sound is not None:
                    whole = False
                    break
                enough = 2 * len(start)
    except ProviderError as error:
        if not start:
            raise
        # What came is given out, undecided: the rest can be asked for where it broke off.
        return start, error
    instead = look(start[:_PEEK], whole=whole, told=told).instead
    if instead is not None and instead not in _FOR_THE_END:
        raise NotAudio(instead)
    return start, None


async def _checked(
    stream: HttpResponse, wanted: AudioRequest, expected: int | None, now: Callable[[], float]
) -> AsyncGenerator[bytes, None]:
    """The body as long as it keeps to its limits: what it announced or else the wanted's, and least speed.

    Only the time that the host lets us wait counts: whoever takes the chunks may do so at leisure.
    """
    if stream.status == 416:
        return
    offset = wanted.offset if stream.status == 206 else 0
    most = max(0, wanted.untold - offset) if expected is None else expected
    window = wanted.silence * SILENCES_IN_ALL
    received = mark = 0
    waited = 0.0
    async with aclosing(stream.chunks()) as chunks:
        since = now()
        async for chunk in chunks:
            received += len(chunk)
            if received > most:
                raise _too_much(stream, expected)
            waited += now() - since
            if waited >= window:
                if received - mark < LEAST_SPEED * waited:
                    raise Unreachable("slow")
                mark, waited = received, 0.0
            yield chunk
            since = now()
    if expected is not None and received < expected:
        raise Unreachable("cut")


def _too_much(stream: HttpResponse, expected: int | None) -> Garbled:
    if expected is None:
        return Garbled("endless", "more than the recording can have", status=stream.status)
    return Garbled("length", "more than was announced", status=stream.status)


async def _joined(
    start: bytes, failure: ProviderError | None, rest: AsyncGenerator[bytes, None]
) -> AsyncGenerator[bytes, None]:
    if start:
        yield start
    if failure is not None:
        raise failure
    async for chunk in rest:
        yield chunk


def _is_encoded(stream: HttpResponse) -> bool:
    return bool(packings(stream.headers.get("content-encoding", "")))


def _fits(stream: HttpResponse, wanted: AudioRequest) -> bool:
    """True if a partial answer is the part that was asked for, of the same edition, unpacked."""
    found = _range(stream)
    if stream.status != 206 or found.first is None or found.last is None or _is_encoded(stream):
        return False
    length = _digits(stream.headers.get("content-length", ""))
    return (
        0 < wanted.offset == found.first <= found.last
        # A host that does not know If-Range sends its part of whatever it has now.
        and _validator(stream.headers) in {None, wanted.validator}
        and (found.total is None or found.last < found.total)
        and (length is None or length == found.last - found.first + 1)
    )


def _is_complete(stream: HttpResponse, wanted: AudioRequest) -> bool:
    """True if nothing is left to send, as everything had arrived before."""
    same = _validator(stream.headers) in {None, wanted.validator}
    return stream.status == 416 and 0 < wanted.offset == _range(stream).total and same


@dataclass(frozen=True, slots=True)
class _Range:
    first: int | None = None
    last: int | None = None
    total: int | None = None


def _range(stream: HttpResponse) -> _Range:
    found = _CONTENT_RANGE.fullmatch(stream.headers.get("content-range", "").strip())
    return _Range(*(_digits(part or "") for part in found.groups())) if found else _Range()


def _digits(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 18 else None


def _validator(headers: Mapping[str, str]) -> str | None:
    """A strong ETag, else the time of the last change (RFC 9110, 13.1.5); None if it cannot be sent back."""
    tag = headers.get("etag", "")
    found = tag if tag.startswith('"') else headers.get("last-modified", "")
    sendable = found.isascii() and found.isprintable() and len(found) <= _LONGEST_VALIDATOR
    return found if found and sendable else None
