"""The media host: signed links for Bird, plain ones for Convirza, ranges, and no credentials ever."""

import hashlib
import re
from email.utils import formatdate

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from playhead.demo.audio import CONTENT_TYPES, AudioShelf
from playhead.demo.prompts import Prompts
from playhead.demo.recordings import BirdRecordings
from playhead.demo.signedlinks import Links

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_CODES = {400: "InvalidArgument", 403: "AccessDenied", 404: "NoSuchKey", 416: "InvalidRange", 429: "SlowDown"}


def trouble(status: int, message: str = "") -> Response:
    """An error as S3 writes it: XML with code and message."""
    code = _CODES.get(status, "InternalError" if status >= 500 else "InvalidRequest")
    prologue = '<?xml version="1.0" encoding="UTF-8"?>\n'
    body = f"{prologue}<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    return Response(body, status, media_type="application/xml")


class MediaHost:
    """Serves audio to whoever has a link; a request with a credential is refused."""

    def __init__(self, recordings: BirdRecordings, prompts: Prompts, links: Links, shelf: AudioShelf) -> None:
        self._recordings = recordings
        self._prompts = prompts
        self._links = links
        self._shelf = shelf

    def recording(self, serial: int) -> bytes:
        """The bytes of a Bird recording; raises LookupError where there is nothing to hear."""
        clip = self._recordings.clip(self._recordings.sketch(serial))
        if clip is None:
            raise LookupError(f"recording {serial} has no audio")
        return self._shelf.audio(clip, self._recordings.id_of(serial))

    async def get_recording(self, request: Request) -> Response:
        """A signed link: GET only, until it expires."""
        _refuse_credentials(request)
        query = dict(request.query_params)
        if not self._links.is_genuine(request.method, request.scope["path"], query):
            raise HTTPException(403, "The request signature we calculated does not match")
        if self._links.has_expired(query):
            raise HTTPException(403, "Request has expired")
        name, _, kind = request.path_params["name"].rpartition(".")
        serial = self._recordings.find(name)
        if serial is None:
            raise HTTPException(404, "The specified key does not exist.")
        return _file(request, self.recording(serial), kind, self._recordings.created(serial))

    async def get_prompt(self, request: Request) -> Response:
        """A plain link: until it is withdrawn."""
        _refuse_credentials(request)
        number, _, token = request.path_params["key"].partition("-")
        place = self._prompts.place_of(int(number)) if number.isdecimal() else None
        if place is None:
            raise HTTPException(404, "The specified key does not exist.")
        if not self._links.is_current(int(number), token):
            raise HTTPException(410, "Recording URL has expired.")
        kind = self._prompts.clip(place).format
        return _file(request, self._prompts.audio(place), kind, self._prompts.created(place))


def _refuse_credentials(request: Request) -> None:
    if "authorization" in request.headers:
        raise HTTPException(400, "Only one auth mechanism allowed")


def _file(request: Request, audio: bytes, kind: str, millisecond: int) -> Response:
    etag = f'"{hashlib.md5(audio, usedforsecurity=False).hexdigest()}"'
    modified = formatdate(millisecond // 1000, usegmt=True)
    headers = {"ETag": etag, "Last-Modified": modified, "Accept-Ranges": "bytes"}
    span = None
    if request.headers.get("if-range", etag) in {etag, modified}:
        span = _span(request.headers.get("range", ""), len(audio))
    if span is None:
        return Response(audio, headers=headers, media_type=CONTENT_TYPES[kind])
    if not span:
        raise HTTPException(
            416, "The requested range is not satisfiable", {"Content-Range": f"bytes */{len(audio)}"}
        )
    headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{len(audio)}"
    return Response(audio[span.start : span.stop], 206, headers, CONTENT_TYPES[kind])


def _span(text: str, size: int) -> range | None:
    """The bytes that a Range header asks for (perhaps none); None if it asks for nothing we know."""
    match = _RANGE.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(size, int(last) + 1 if last else size))
