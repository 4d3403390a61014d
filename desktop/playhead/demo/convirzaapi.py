"""Convirza's API: the media prompts of an organisation, and who is signed in."""

import uuid
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playhead.demo.oauth import Tokens, now
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
