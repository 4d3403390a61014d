"""Convirza's sign-in: token pairs that expire, rotate and can be revoked."""

import hashlib
import time
import uuid
from collections import deque
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playhead.demo.calendar import iso

ACCESS_SECONDS = 604_800
REFRESH_SECONDS = 15_552_000


def trouble(status: int, message: str = "") -> Response:
    """An error in Convirza's envelope."""
    body = {
        "code": status,
        "message": message or f"Request failed with status {status}",
        "data": None,
        "request_id": str(uuid.uuid4()),
        "timestamp": now(),
    }
    return JSONResponse(body, status)


def now() -> str:
    """This moment, as the API writes it."""
    return iso(int(time.time() * 1000))


class Tokens:
    """The tokens that are good at this moment; used on the server's loop, expired from any thread."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._issued = 0
        self._access: set[str] = set()
        self._refresh: set[str] = set()
        self.pasted = self._new(self._access, "access")

    def is_good(self, access: str) -> bool:
        """Tell whether an access token is accepted."""
        return access in self._access

    def pair(self) -> tuple[str, str]:
        """A new access token and a new refresh token."""
        return self._new(self._access, "access"), self._new(self._refresh, "refresh")

    def spend(self, refresh: str) -> bool:
        """Takes a refresh token out of use; False if it was not good."""
        good = refresh in self._refresh
        self._refresh.discard(refresh)
        return good

    def revoke(self, token: str) -> None:
        """Ends a token of either kind at once; one that is unknown is no error."""
        self._access.discard(token)
        self._refresh.discard(token)

    def expire_access(self) -> None:
        """Ends all access tokens given so far; `pasted` is a new one that works."""
        self._access = set()
        self.pasted = self._new(self._access, "access")

    def expire_refresh(self) -> None:
        """Ends all refresh tokens given so far."""
        self._refresh = set()

    def _new(self, kind: set[str], name: str) -> str:
        self._issued += 1
        digest = hashlib.sha256(f"{self._seed}/{name}/{self._issued}".encode()).hexdigest()
        token = f"demo-{name}-{digest[:40]}"
        kind.add(token)
        return token


class OAuth:
    """POST /oauth/token, /oauth/refresh-token and /oauth/revoke-token."""

    def __init__(self, tokens: Tokens, email: str, password: str, logins_per_minute: int | None) -> None:
        self._tokens = tokens
        self._email = email
        self._password = password
        self._logins_per_minute = logins_per_minute
        self._logins: deque[float] = deque()

    async def login(self, request: Request) -> Response:
        """A token pair for e-mail and password."""
        if self._is_too_often():
            raise HTTPException(429, "Too many requests")
        body = await _json(request)
        if not {"email", "password"} <= body.keys():
            raise HTTPException(400, "email and password are required")
        if (body["email"], body["password"]) != (self._email, self._password):
            raise HTTPException(401, "Invalid email or password")
        return self._issue()

    async def refresh(self, request: Request) -> Response:
        """A new pair for a refresh token, which is spent by it."""
        token = (await _json(request)).get("refresh_token")
        if not isinstance(token, str):
            raise HTTPException(400, "refresh_token is required")
        if not self._tokens.spend(token):
            raise HTTPException(401, "Invalid or expired refresh token")
        return self._issue()

    async def revoke(self, request: Request) -> Response:
        """Success, whether or not the token was good."""
        body = await _json(request)
        token = body.get("token")
        if not isinstance(token, str) or body.get("token_type") not in {"access", "refresh"}:
            raise HTTPException(400, "token and token_type are required")
        self._tokens.revoke(token)
        return JSONResponse({"message": "Token revoked successfully"})

    def _is_too_often(self) -> bool:
        if self._logins_per_minute is None:
            return False
        moment = time.monotonic()
        while self._logins and self._logins[0] < moment - 60:
            self._logins.popleft()
        self._logins.append(moment)
        return len(self._logins) > self._logins_per_minute

    def _issue(self) -> Response:
        access, refresh = self._tokens.pair()
        moment = int(datetime.now(UTC).timestamp() * 1000)
        return JSONResponse(
            {
                "access_token": access,
                "refresh_token": refresh,
                "frontend_token": hashlib.sha256(access.encode()).hexdigest()[:32],
                "token_type": "Bearer",
                "expires_in": iso(moment + ACCESS_SECONDS * 1000),
                "refresh_expires_in": iso(moment + REFRESH_SECONDS * 1000),
                "user": {"user_id": 123, "email": self._email, "role_id": 3, "org_unit_id": 1001},
            }
        )


async def _json(request: Request) -> dict[str, object]:
    try:
        body = await request.json()
    except ValueError as error:
        raise HTTPException(400, "Body is not JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "Body is not an object")
    return body
