"""Convirza's API: the media prompts of an organisation, and who is signed in."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from playhead.demo import birdapi, mediahost, oauth
from playhead.demo.birdapi import BirdApi
from playhead.demo.mediahost import MediaHost
from playhead.demo.oauth import OAuth, Tokens, now
from playhead.demo.prompts import KINDS, Prompts
from playhead.demo.signedlinks import Links


class ConvirzaApi:
    """Answers for one organisation; every request needs `Authorization: Bearer token`."""

    def __init__(self, prompts: Prompts, links: Links, tokens: Tokens, email: str) -> None:
        self._prompts = prompts
        self._links = links
        self._tokens = tokens
        self._email = email

    def row(self, place: int) -> dict[str, Any]:
        """The prompt as it is served, with an address that works now (a few have none)."""
        row = self._prompts.row(place)
        if self._prompts.has_link(place):
            row["url"] = self._links.plain(row["id"], row["filename"])
        return row

    async def list_prompts(self, request: Request) -> Response:
        """GET /v3/media-prompts: everything at once, grouped by kind, newest first."""
        self._admit(request)
        kind, name = request.query_params.get("type"), request.query_params.get("name", "").casefold()
        if kind and kind not in KINDS:
            raise HTTPException(400, "type must be prompt, whisper, voicemail or survey")
        groups: dict[str, list[dict[str, Any]]] = {each: [] for each in KINDS}
        for place in range(self._prompts.total):
            if place in self._prompts.deleted:
                continue
            row = self.row(place)
            if kind in {None, "", row["type"]} and name in row["name"].casefold():
                groups[row["type"]].append(row)
        data: dict[str, Any] = {f"{each}s": rows for each, rows in groups.items()}
        return _envelope(data | {"total": sum(map(len, groups.values()))})

    async def get_profile(self, request: Request) -> Response:
        """GET /v3/auth/profile."""
        self._admit(request)
        user = {"user_id": 123, "first_name": "Ines", "last_name": "Duarte", "email": self._email}
        return _envelope(user | {"role_id": 3, "org_unit_id": 1001, "access_audio": "Yes"})

    def _admit(self, request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not self._tokens.is_good(token):
            raise HTTPException(401, "Unauthorized")


def _envelope(data: dict[str, Any]) -> Response:
    body = {"code": 200, "message": "Success", "data": data}
    return JSONResponse(body | {"request_id": str(uuid.uuid4()), "timestamp": now()})


Answer = Callable[[Request], Awaitable[Response]]
ErrorBody = Callable[[int, str], Response]


class Endpoints:
    """Makes endpoints of which errors become error bodies."""

    def endpoint(self, kind: str, answer: Answer, error_body: ErrorBody) -> Answer:
        """Answer requests by `answer`, under the name `kind`; `error_body` makes the bodies of errors."""

        async def respond(request: Request) -> Response:
            try:
                return await answer(request)
            except HTTPException as error:
                response = error_body(error.status_code, error.detail)
                response.headers.update(error.headers or {})
                return response

        respond.__name__ = kind
        return respond


def api_program(
    bird_api: BirdApi, convirza_api: ConvirzaApi, sign_in: OAuth, endpoints: Endpoints
) -> ASGIApp:
    """Both providers' APIs and Convirza's OAuth host."""
    home = "/workspaces/{workspace}"
    recordings, transcriptions = f"{home}/recordings", f"{home}/transcriptions"
    answers: list[tuple[str, str, Answer]] = [
        (recordings, "bird-list", bird_api.list_recordings),
        (recordings + "/{recording}.mp3", "mp3", bird_api.get_media),
        (recordings + "/{recording}", "bird-get", bird_api.get_recording),
        (transcriptions, "transcripts", bird_api.list_transcriptions),
        (transcriptions + "/{transcription}.{form}", "transcripts", bird_api.get_transcript),
        (transcriptions + "/{transcription}", "transcripts", bird_api.get_transcription),
    ]
    routes = [
        Route(path, endpoints.endpoint(kind, answer, birdapi.trouble)) for path, kind, answer in answers
    ]
    answers = [
        ("/v3/media-prompts", "convirza-list", convirza_api.list_prompts),
        ("/v3/auth/profile", "profile", convirza_api.get_profile),
    ]
    routes += [Route(path, endpoints.endpoint(kind, answer, oauth.trouble)) for path, kind, answer in answers]
    answers = [
        ("/oauth/token", "oauth", sign_in.login),
        ("/oauth/refresh-token", "oauth", sign_in.refresh),
        ("/oauth/revoke-token", "oauth", sign_in.revoke),
    ]
    for path, kind, answer in answers:
        routes.append(Route(path, endpoints.endpoint(kind, answer, oauth.trouble), methods=["POST"]))
    return Starlette(routes=routes)


def media_program(host: MediaHost, endpoints: Endpoints) -> ASGIApp:
    """The media host of both providers."""
    answers = [
        ("/recordings/{key}/{name}", host.get_prompt),
        ("/{workspace}/{source}/{name}", host.get_recording),
    ]
    routes = [Route(path, endpoints.endpoint("media", answer, mediahost.trouble)) for path, answer in answers]
    return Starlette(routes=routes)
