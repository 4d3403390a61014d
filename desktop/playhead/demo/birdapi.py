"""Bird's API: recordings as its filters want them, one recording, its media by redirect, transcriptions."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from playhead.demo import transcripts
from playhead.demo.audio import Clip
from playhead.demo.calendar import iso
from playhead.demo.ids import Ids
from playhead.demo.people import DemoParty
from playhead.demo.recordings import BirdRecordings, Sketch
from playhead.demo.signedlinks import Links

Filter = Callable[[Sketch], bool]


def filters(query: QueryParams, recordings: BirdRecordings) -> Filter:
    """Tell whether a recording has the status, direction, channel and numbers that a query asks for."""
    tests = list(_tests(query, recordings))
    return lambda sketch: all(test(sketch) for test in tests)


def _tests(query: QueryParams, recordings: BirdRecordings) -> Iterator[Filter]:
    if status := query.get("status"):
        yield lambda sketch: sketch.status == status
    if direction := query.get("direction"):
        if direction not in {"incoming", "outgoing"}:
            raise HTTPException(422, "direction must be incoming or outgoing")
        yield lambda sketch: sketch.direction == direction and "direction" not in sketch.left_out
    if channel := query.get("channelId"):
        canonical = uuid(channel)
        line = recordings.channels.index(canonical) if canonical in recordings.channels else -1
        yield lambda sketch: sketch.line == line and "channelId" not in sketch.left_out
    if sender := query.get("from"):
        yield lambda sketch: _has_number(sketch.sender, sender) and "originator" not in sketch.left_out
    if target := query.get("to"):
        yield lambda sketch: _has_number(sketch.target, target) and "receiver" not in sketch.left_out


def _has_number(party: DemoParty | None, text: str) -> bool:
    # An unescaped plus arrives as a space.
    return party is not None and party.number[1:] == text.strip().removeprefix("+")


def limit(query: QueryParams) -> int:
    """Number of rows that a page may have."""
    text = query.get("limit") or "10"
    if not text.isdecimal() or not 1 <= int(text) <= 99:
        raise HTTPException(422, "limit must be a number from 1 to 99")
    return int(text)


def uuid(text: str) -> str:
    """A UUID in its canonical form."""
    try:
        return str(UUID(text))
    except ValueError as error:
        raise HTTPException(422, "not a UUID") from error


def moment(text: str) -> int:
    """A date-time in milliseconds since 1970 UTC; one without a zone is UTC."""
    try:
        when = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise HTTPException(422, "not a date-time") from error
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() * 1000)


_SCAN = 12_000  # rows looked at for one page: then it is given as it is, perhaps empty, with a token
_CODES = {400: "BAD_REQUEST", 401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND", 410: "RESOURCE_GONE"}
_CODES |= {422: "INVALID_PAYLOAD", 429: "TOO_MANY_REQUESTS"}
_FORMS: dict[str, tuple[str, Callable[..., str]]] = {
    "json": ("application/json", transcripts.as_json),
    "srt": ("application/x-subrip", transcripts.as_srt),
    "vtt": ("text/vtt", transcripts.as_vtt),
    "txt": ("text/plain", transcripts.as_text),
}


def trouble(status: int, message: str = "") -> Response:
    """An error as Bird writes it: code and message."""
    code = _CODES.get(status, "INTERNAL_ERROR" if status >= 500 else "REQUEST_FAILED")
    return JSONResponse({"code": code, "message": message or code.lower().replace("_", " ")}, status)


class BirdApi:
    """Answers for one workspace; every request needs `Authorization: AccessKey key`, or `Bearer jwt`."""

    def __init__(
        self, recordings: BirdRecordings, links: Links, workspace: str, key: str, jwt: str, seed: int
    ) -> None:
        self._recordings = recordings
        self._links = links
        self._workspace = workspace
        self._accepted = {f"AccessKey {key}", f"Bearer {jwt}"}
        self._transcriptions = Ids(seed, "transcription")
        self._batch = 0

    def row(self, serial: int) -> dict[str, Any]:
        """The recording as it is served, with a fresh link if it can be heard."""
        row = self._recordings.row(serial)
        if row["status"] == "available":
            row["url"] = self._link(serial)
        return row

    def expire_tokens(self) -> None:
        """End the life of all page tokens given so far: 400."""
        self._batch += 1

    async def list_recordings(self, request: Request) -> Response:
        """GET /workspaces/{workspace}/recordings."""
        self._admit(request)
        query = request.query_params
        serials, wanted = self._range(query), filters(query, self._recordings)
        found, last = self._scan(serials, wanted, limit(query))
        page: dict[str, Any] = {"results": [self.row(serial) for serial in found]}
        return JSONResponse(page | self._next(last, serials))

    async def get_recording(self, request: Request) -> Response:
        """GET /workspaces/{workspace}/recordings/{recording}: the row, with a fresh link."""
        self._admit(request)
        return JSONResponse(self.row(self._serial(request)))

    async def get_media(self, request: Request) -> Response:
        """GET /workspaces/{workspace}/recordings/{recording}.mp3: 302 to a fresh link on the media host."""
        self._admit(request)
        serial = self._serial(request)
        if self._recordings.sketch(serial).status != "available":
            raise HTTPException(404, "recording has no media")
        return RedirectResponse(self._link(serial), 302)

    async def list_transcriptions(self, request: Request) -> Response:
        """GET /workspaces/{workspace}/transcriptions."""
        self._admit(request)
        query = request.query_params
        serials = self._range(QueryParams({"pageToken": query.get("pageToken", "")}))
        found, last = self._scan(serials, self._recordings.is_transcribed, limit(query))
        page: dict[str, Any] = {"results": [self._transcription(serial) for serial in found]}
        return JSONResponse(page | self._next(last, serials))

    async def get_transcription(self, request: Request) -> Response:
        """GET /workspaces/{workspace}/transcriptions/{transcription}."""
        self._admit(request)
        return JSONResponse(self._transcription(self._transcribed(request)))

    async def get_transcript(self, request: Request) -> Response:
        """GET /workspaces/{workspace}/transcriptions/{transcription}.{json,srt,vtt,txt}."""
        self._admit(request)
        serial = self._transcribed(request)
        clip = self._written_down(serial)
        form = _FORMS.get(request.path_params["form"])
        if form is None or clip is None:
            raise HTTPException(404)
        return Response(form[1](clip), media_type=form[0])

    def _admit(self, request: Request) -> None:
        if request.headers.get("authorization") not in self._accepted:
            raise HTTPException(401, "unauthorized request")
        if request.path_params["workspace"] != self._workspace:
            raise HTTPException(404, "workspace not found")

    def _serial(self, request: Request) -> int:
        serial = self._recordings.find(request.path_params["recording"])
        if serial is None:
            raise HTTPException(404, "recording not found")
        return serial

    def _link(self, serial: int) -> str:
        row = self._recordings.row(serial)
        name = f"{row['id']}.{row['format']}"
        return self._links.signed(f"/workspaceID:{self._workspace}/sourceID:{row['sourceId']}/{name}")

    def _range(self, query: QueryParams) -> range:
        """The serials that the cursor, the times and the ids of a query leave, newest first."""
        newest, oldest = self._recordings.total - 1, 0
        if token := query.get("pageToken"):
            newest = self._after(token)
        if start := query.get("startAt"):
            oldest = self._recordings.first_at(moment(start))
        if end := query.get("endAt"):
            newest = min(newest, self._recordings.first_at(moment(end) + 1) - 1)
        for name in ("id", "sourceId"):
            if text := query.get(name):
                only = self._recordings.find_source(uuid(text))
                newest, oldest = (-1, 0) if only is None else (min(newest, only), max(oldest, only))
        return range(newest, oldest - 1, -1)

    def _scan(self, serials: range, wanted: Filter, limit: int) -> tuple[list[int], int | None]:
        """Up to `limit` matching serials, and the last one looked at if there are more."""
        found: list[int] = []
        for serial in serials[:_SCAN]:
            if serial not in self._recordings.deleted and wanted(self._recordings.sketch(serial)):
                found.append(serial)
                if len(found) == limit:
                    return found, serial
        return found, serials[_SCAN - 1] if len(serials) > _SCAN else None

    def _next(self, last: int | None, serials: range) -> dict[str, str]:
        if last is None or last == serials[-1]:
            return {}
        cursor = [self._recordings.created(last), self._recordings.id_of(last)]
        cursor += [self._batch] if self._batch else []
        token = json.dumps(cursor, separators=(",", ":"))
        return {"nextPageToken": base64.b64encode(token.encode()).decode()}

    def _after(self, token: str) -> int:
        try:
            millisecond, recording_id, *batch = json.loads(base64.b64decode(token, validate=True))
            serial = self._recordings.serial(recording_id)
        except (ValueError, TypeError, AttributeError) as error:
            raise HTTPException(400, "invalid page token") from error
        if serial is None or self._recordings.created(serial) != millisecond:
            raise HTTPException(400, "invalid page token")
        if batch != ([self._batch] if self._batch else []):
            raise HTTPException(400, "the page token has expired")
        return serial - 1

    def _transcribed(self, request: Request) -> int:
        serial = self._transcriptions.serial(request.path_params["transcription"])
        exists = serial is not None and serial < self._recordings.total
        if (
            serial is None
            or not exists
            or not self._recordings.is_transcribed(self._recordings.sketch(serial))
        ):
            raise HTTPException(404, "transcription not found")
        return serial

    def _written_down(self, serial: int) -> Clip | None:
        sketch = self._recordings.sketch(serial)
        clip = self._recordings.clip(sketch)
        return None if clip is None else transcripts.written_down(clip, sketch.bits)

    def _transcription(self, serial: int) -> dict[str, Any]:
        sketch = self._recordings.sketch(serial)
        clip = self._written_down(serial)
        created = self._recordings.created(serial) + 190_000
        row: dict[str, Any] = {
            "id": self._transcriptions.of(serial),
            "recordingId": self._recordings.id_of(serial),
            "status": "available",
            "stereo": clip is not None and clip.channels == 2,
            "locale": clip.locale if clip else "en-US",
            "createdAt": iso(created),
            "updatedAt": iso(created + 9_000),
        }
        if clip and sketch.bits & 1:
            row["summary"] = f"{len(clip.lines)} sentences. It begins: {clip.lines[0].text}"
        return row
