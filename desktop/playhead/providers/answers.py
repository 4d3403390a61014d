"""From an HTTP answer to JSON, or to the error that says what is wrong with it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from playhead.core.errors import (
    Forbidden,
    Garbled,
    Gone,
    Limited,
    Missing,
    ProviderError,
    Refused,
    Rejected,
    Unavailable,
)

_BY_STATUS: Mapping[int, type[ProviderError]] = {401: Refused, 403: Forbidden, 404: Missing, 410: Gone}
_CODE = re.compile(r"[A-Za-z][A-Za-z_]{2,39}")
_REQUEST_ID = re.compile(r"[0-9A-Za-z-]{4,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A whole answer of an API."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def moment(self) -> datetime | None:
        """When the server answered, by its own clock."""
        return http_date(self.headers.get("date", ""))

    def json(self) -> object:
        """What the body says, less numbers that are none. Raises `Garbled`."""
        start = self.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
        if start.startswith(b"<") or "text/html" in self.headers.get("content-type", "").lower():
            raise Garbled("html", status=self.status)
        try:
            return json.loads(self.body, parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            raise Garbled("json", status=self.status) from None


def failure(reply: Reply) -> ProviderError:
    """What an answer that is not a success means."""
    if reply.status < 400:
        return Garbled("html", "redirected elsewhere", status=reply.status)
    code, request_id = _particulars(reply)
    detail = f"HTTP {reply.status} {code}".rstrip()
    if reply.status == 429:
        return Limited(detail, wait=retry_after(reply.headers), request_id=request_id)
    kind = Unavailable if reply.status >= 500 else _BY_STATUS.get(reply.status, Rejected)
    return kind(detail, status=reply.status, request_id=request_id)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The pause in seconds that the server asked for, as seconds or as a date (RFC 9110, 10.2.3)."""
    written = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", written):
        return float(written)
    until = http_date(written)
    if until is None:
        return None
    # The server's own clock, if it shows it: the desktop's may be wrong.
    now = http_date(headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def http_date(written: str) -> datetime | None:
    """A moment as HTTP headers write it, in UTC."""
    try:
        moment = parsedate_to_datetime(written)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _particulars(reply: Reply) -> tuple[str, str | None]:
    """The provider's own error code and request id, where they look like such and like nothing else."""
    try:
        said = reply.json()
    except Garbled:
        said = None
    facts: Mapping[object, object] = said if isinstance(said, dict) else {}
    code = facts.get("code")
    named = facts.get("request_id") or reply.headers.get("x-request-id")
    return (
        code if isinstance(code, str) and _CODE.fullmatch(code) else "",
        named if isinstance(named, str) and _REQUEST_ID.fullmatch(named) else None,
    )
