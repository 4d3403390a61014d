"""From an HTTP answer to JSON, or to the error that says what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import islice

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
from playhead.providers.http.limits import PAGE_OBJECTS
from playhead.providers.reading.parsing import decoded, parsed

_BY_STATUS: Mapping[int, type[ProviderError]] = {401: Refused, 403: Forbidden, 404: Missing, 410: Gone}
_TOLD = ("error", "errors", "exception", "fault")
"""Fields that tell an error, by their plain names."""
_CODES = ("code", "statuscode", "errorcode", "faultcode", "status")
"""Fields that tell a status; the last one may tell anything else."""
_VERDICTS = ("success", "ok", "result", "status")
"""Fields that tell whether all went well."""
_FAILED = ("error", "fail", "nok")
"""Beginnings of words that say that it did not."""
_ERROR_CODE = re.compile(r"err|fail|exception|denied|invalid|unauth|forbid|^e[_-]?\d", re.IGNORECASE)
_FINE = frozenset({"", "ok", "success", "succeeded"})
_NOTHING = _FINE | {"none", "null", "nil", "false", "0", "200"}
"""Words for an error that did not happen."""
_FIELDS = 1_000
"""Fields of an envelope that are looked at; it has a handful."""
_LONGEST_FIELD = 40
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
        """Moment of the answer by the server's own clock."""
        return http_date(self.headers.get("date", ""))

    @property
    def text(self) -> str:
        """The body as text, whatever it was encoded in."""
        return decoded(self.body, self.headers.get("content-type", ""))

    def json(self, *, objects: int = PAGE_OBJECTS) -> object:
        """JSON of the body, as `parsing.parsed` reads it. Raises `Garbled`."""
        try:
            return parsed(self.text, objects=objects)
        except Garbled as error:
            error.status = self.status
            if error.reason == "json" and "html" in self.headers.get("content-type", "").lower():
                raise Garbled("html", status=self.status) from None
            raise


def failure(reply: Reply) -> ProviderError:
    """Error that an answer stands for which is not a success."""
    if reply.status < 400:
        return Garbled("html", "redirected elsewhere", status=reply.status)
    try:
        said = reply.json()
    except Garbled:
        said = None
    return _error(reply.status, f"HTTP {reply.status}", _facts(said), reply.headers)


def complaint(said: object, headers: Mapping[str, str], content: str) -> ProviderError | None:
    """The error that an answer of a good status speaks of, by the kind of its code; None if there is none.

    What was asked for is in the field `content`, where there is any of it.
    """
    facts = _facts(said)
    told = next((facts[name] for name in _TOLD if not is_nothing(facts.get(name))), None)
    inner = _facts(told[0] if isinstance(told, list) else told)
    found = facts.get(_plain(content))
    envelopes = [facts, inner, _facts(found)]
    for each in (told, *(envelope.get(name) for envelope in envelopes for name in _CODES)):
        status = _status(each)
        if status is not None and status >= 400:
            return _error(status, f"code {status}", facts, headers)
    code = facts.get("code")
    failed = (
        told is not None
        or any(_is_failure(envelope.get(name)) for envelope in envelopes for name in _VERDICTS)
        or facts.get("success") == 0
        or facts.get("ok") == 0
        or any(_is_odd(envelope.get(name)) for envelope in envelopes for name in _CODES[:-1])
        or (found is None and _word(code) not in _FINE and "message" in facts)
    )
    return (
        Unavailable("an error in a good answer", request_id=_request_id(facts, headers)) if failed else None
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The pause in seconds that the server asked for, as seconds or as a date (RFC 9110, 10.2.3)."""
    written = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", written):
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


def is_nothing(told: object) -> bool:
    """True if what stands where an error would says that there is none: null, 0, or an object of such."""
    match told:
        case dict():
            return all(map(is_nothing, told.values()))
        case list():
            return all(map(is_nothing, told))
        case str():
            return _word(told) in _NOTHING
        case _:
            return not told or (told == HTTPStatus.OK and not isinstance(told, bool))


def _facts(said: object) -> Mapping[str, object]:
    """The fields of an envelope, by their plain names."""
    fields = islice(said.items(), _FIELDS) if isinstance(said, dict) else ()
    return {_plain(str(name)): value for name, value in fields}


def _plain(name: str) -> str:
    """A name in small letters alone: servers write `statusCode`, `status_code` and `StatusCode`."""
    return re.sub(r"[\W_]", "", name[:_LONGEST_FIELD]).lower()


def _is_failure(verdict: object) -> bool:
    """True if a verdict, as a truth or a word, says that something failed."""
    return verdict is False or _word(verdict).startswith(_FAILED) or _word(verdict) == "false"


def _is_odd(code: object) -> bool:
    """True if a code is a number that is no good status, or a word for an error."""
    if isinstance(code, str) and re.fullmatch(r"\s*-?\d{1,9}\s*", code):
        code = int(code)
    if isinstance(code, int) and not isinstance(code, bool):
        return not (code in {0, 1} or 100 <= code < 400)
    return _ERROR_CODE.search(_word(code)) is not None


def _word(said: object) -> str:
    return said.strip().lower() if isinstance(said, str) else ""


def _status(code: object) -> int | None:
    """The HTTP status that a code is or names: 404, "404", "NOT_FOUND", "NotFound"."""
    if isinstance(code, str):
        code = code.strip()[:40]
        name = re.sub(r"(?<=[a-z])(?=[A-Z])|[\s-]+", "_", code).upper()
        code = int(code) if re.fullmatch("[0-9]{3}", code) else HTTPStatus.__members__.get(name)
    if isinstance(code, bool) or not isinstance(code, int | float):
        return None
    return int(code) if 100 <= code < 600 else None


def _error(
    status: int, detail: str, facts: Mapping[str, object], headers: Mapping[str, str]
) -> ProviderError:
    """An error of a status, with the provider's own code, where it looks like one and like nothing else."""
    code, request_id = facts.get("code"), _request_id(facts, headers)
    if isinstance(code, str) and _CODE.fullmatch(code):
        detail = f"{detail} {code}"
    if status == 429:
        return Limited(detail, wait=retry_after(headers), request_id=request_id)
    kind = Unavailable if status >= 500 else _BY_STATUS.get(status, Rejected)
    return kind(detail, status=status, request_id=request_id)


def _request_id(facts: Mapping[str, object], headers: Mapping[str, str]) -> str | None:
    named = facts.get("requestid") or headers.get("x-request-id")
    return named if isinstance(named, str) and _REQUEST_ID.fullmatch(named) else None
