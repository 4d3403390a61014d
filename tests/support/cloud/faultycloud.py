"""The demo cloud with switches for tests: faults, changes of its recordings, and a log of its requests."""

from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from typing_extensions import override

from playhead.demo.cloud import DemoCloud
from playhead.demo.convirzaapi import Answer, Endpoints, ErrorBody
from support.cloud.faults import Fault, Faults
from support.cloud.requestlog import Asked, RequestLog
from support.cloud.wire import spoiled

__all__ = ["Asked", "Fault", "Faults", "FaultyCloud", "RequestLog"]


class FaultyCloud(DemoCloud):
    """A demo cloud that does wrong what `faults` says, and notes its `requests`."""

    def __init__(
        self,
        *,
        resources: Path,
        bird: int = 5000,
        convirza: int = 300,
        seed: int = 1,
        link_seconds: float = 600,
        now: datetime | None = None,
        logins_per_minute: int | None = None,
    ) -> None:
        self.faults = Faults()
        self.requests = RequestLog()
        super().__init__(
            resources=resources,
            bird=bird,
            convirza=convirza,
            seed=seed,
            link_seconds=link_seconds,
            now=now,
            logins_per_minute=logins_per_minute,
        )

    @override
    def _endpoints(self) -> Endpoints:
        return _FaultyEndpoints(self.faults)

    @override
    def _served(self, program: ASGIApp) -> ASGIApp:
        return _Noted(program, self.requests)

    def add_new(self, count: int) -> None:
        """So many new Bird recordings appear at the top."""
        self._recordings.total += count

    def delete_bird_recording(self, recording_id: str) -> None:
        """Somebody deletes a Bird recording. Raises LookupError if there is none with this id."""
        serial = self._recordings.find(recording_id)
        if serial is None:
            raise LookupError(f"no recording {recording_id}")
        self._recordings.deleted.add(serial)

    def delete_prompt(self, place: int) -> None:
        """Somebody deletes Convirza's prompt at a place."""
        self._prompts.deleted.add(place)

    def finish_ongoing(self) -> None:
        """The calls that were going on at the start end: their recordings are available."""
        self._recordings.all_finished = True

    def expire_page_tokens(self) -> None:
        """All page tokens of Bird's lists so far end: 400."""
        self._bird.expire_tokens()

    def bird_recording(self, place: int) -> dict[str, Any]:
        """The row of Bird's recording at a place of the list (0 is the newest), with a fresh link."""
        return self._bird.row(self._recordings.total - 1 - place)

    def convirza_item(self, place: int) -> dict[str, Any]:
        """The row of Convirza's prompt at a place (0 is the newest of all kinds), with a link that works."""
        return self._convirza.row(place)

    def audio(self, recording_id: str | int) -> bytes:
        """The exact bytes that a recording's link serves: a Bird id, or a Convirza number.

        Raises LookupError if there is no such recording, or nothing to hear in it.
        """
        serial = self._recordings.find(str(recording_id))
        if serial is not None:
            return self._media.recording(serial)
        place = self._prompts.place_of(int(recording_id)) if str(recording_id).isdecimal() else None
        if place is None:
            raise LookupError(f"no recording {recording_id}")
        return self._prompts.audio(place)

    def expire_tokens(self) -> None:
        """All access tokens so far end: the next request with one is answered 401."""
        self._tokens.expire_access()

    def expire_refresh_tokens(self) -> None:
        """All refresh tokens so far end: only a new login helps."""
        self._tokens.expire_refresh()

    def expire_links(self) -> None:
        """All signed links so far end: 403, as after `link_seconds`."""
        self._links.expire()

    def kill_prompt_links(self) -> None:
        """All links to prompts so far end with 410; the next list has new ones."""
        self._links.withdraw()


class _FaultyEndpoints(Endpoints):
    """Endpoints whose answers are spoiled by faults."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    @override
    def endpoint(self, kind: str, answer: Answer, error_body: ErrorBody) -> Answer:
        right = super().endpoint(kind, answer, error_body)

        async def respond(request: Request) -> Response:
            fault = self._faults.take(kind, request.scope["path"])
            if fault is None:
                return await right(request)
            return await spoiled(request, right, error_body, fault, self._faults)

        return respond


class _Noted:
    """A program whose requests are noted, with the status of their answers."""

    def __init__(self, program: ASGIApp, log: RequestLog) -> None:
        self._program = program
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        status = 0

        def note() -> None:
            headers = request.headers
            self._log.add(
                Asked(
                    request.method,
                    headers.get("host", ""),
                    request.scope["path"],
                    dict(request.query_params),
                    headers.get("authorization"),
                    headers.get("range"),
                    status,
                )
            )

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                note()
            await send(message)

        try:
            await self._program(scope, receive, noting)
        finally:
            if not status:
                note()
