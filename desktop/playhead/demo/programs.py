"""The two ASGI programs of the demo cloud: which address is answered by what, spoiled by which faults."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playhead.demo import birdapi, media, oauth
from playhead.demo.birdapi import BirdApi
from playhead.demo.convirzaapi import ConvirzaApi
from playhead.demo.faults import Faults
from playhead.demo.faults import Scope as FaultScope
from playhead.demo.journal import Asked, Journal
from playhead.demo.media import MediaHost
from playhead.demo.oauth import OAuth
from playhead.demo.wire import Answer, Trouble, spoiled


def api_program(
    bird_api: BirdApi, convirza_api: ConvirzaApi, sign_in: OAuth, faults: Faults, journal: Journal
) -> ASGIApp:
    """Both providers' APIs and Convirza's OAuth host."""
    guard = _Guard(faults)
    home = "/workspaces/{workspace}"
    recordings, transcriptions = f"{home}/recordings", f"{home}/transcriptions"
    answers: list[tuple[str, FaultScope, Answer]] = [
        (recordings, "bird-list", bird_api.list_recordings),
        (recordings + "/{recording}.mp3", "mp3", bird_api.get_media),
        (recordings + "/{recording}", "bird-get", bird_api.get_recording),
        (transcriptions, "transcripts", bird_api.list_transcriptions),
        (transcriptions + "/{transcription}.{form}", "transcripts", bird_api.get_transcript),
        (transcriptions + "/{transcription}", "transcripts", bird_api.get_transcription),
    ]
    routes = [Route(path, guard.door(scope, answer, birdapi.trouble)) for path, scope, answer in answers]
    answers = [
        ("/v3/media-prompts", "convirza-list", convirza_api.list_prompts),
        ("/v3/auth/profile", "profile", convirza_api.get_profile),
    ]
    routes += [Route(path, guard.door(scope, answer, oauth.trouble)) for path, scope, answer in answers]
    answers = [
        ("/oauth/token", "oauth", sign_in.login),
        ("/oauth/refresh-token", "oauth", sign_in.refresh),
        ("/oauth/revoke-token", "oauth", sign_in.revoke),
    ]
    for path, scope, answer in answers:
        routes.append(Route(path, guard.door(scope, answer, oauth.trouble), methods=["POST"]))
    return _Noted(Starlette(routes=routes), journal)


def media_program(host: MediaHost, faults: Faults, journal: Journal) -> ASGIApp:
    """The media host of both providers."""
    guard = _Guard(faults)
    answers = [
        ("/recordings/{key}/{name}", host.get_prompt),
        ("/{workspace}/{source}/{name}", host.get_recording),
    ]
    routes = [Route(path, guard.door("media", answer, media.trouble)) for path, answer in answers]
    return _Noted(Starlette(routes=routes), journal)


class _Guard:
    """Makes endpoints: errors become error bodies, faults spoil the answer."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def door(self, scope: FaultScope, answer: Answer, trouble: Trouble) -> Answer:
        async def right(request: Request) -> Response:
            try:
                return await answer(request)
            except HTTPException as error:
                response = trouble(error.status_code, error.detail)
                response.headers.update(error.headers or {})
                return response

        async def endpoint(request: Request) -> Response:
            fault = self._faults.take(scope, request.scope["path"])
            if fault is None:
                return await right(request)
            return await spoiled(request, right, trouble, fault, self._faults)

        return endpoint


class _Noted:
    """A program whose requests are noted, with the status of their answers."""

    def __init__(self, program: ASGIApp, journal: Journal) -> None:
        self._program = program
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        status = 0

        def note() -> None:
            headers = request.headers
            self._journal.add(
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
