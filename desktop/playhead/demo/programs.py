"""ASGI programs of the demo cloud: addresses and the endpoints that answer them."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from playhead.demo import birdapi, mediahost, oauth
from playhead.demo.birdapi import BirdApi
from playhead.demo.convirzaapi import ConvirzaApi
from playhead.demo.mediahost import MediaHost
from playhead.demo.oauth import OAuth

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
