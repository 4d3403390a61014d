"""Redirects, followed by hand: the credential stays with the account's own API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from playhead.core.errors import Forbidden, Garbled, NoAudio, ProviderError, Refused, Rejected
from playhead.core.recording import Recording
from playhead.providers.http.answers import Reply, failure
from playhead.providers.http.apiclient import ApiClient
from playhead.providers.http.limits import MEDIA_SILENCE_SECONDS, SILENCES_IN_ALL, TimeBudget
from playhead.providers.http.request import HttpRequest, HttpResponse, may_open, origin

MOST_REDIRECTS = 5

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Link:
    """Address of media, and the credential to show there: only at the account's own API."""

    address: str = field(repr=False)
    authorization: str | None = field(default=None, repr=False)


Links = Callable[[], Awaitable[Link]]
"""Gives a link; raises `PlayheadError`."""


def require_audio(recording: Recording) -> None:
    """Raise `NoAudio` if there is no point in asking for it."""
    if not recording.playable:
        raise NoAudio("status" if recording.fault is None else "row")


async def follow(
    api: ApiClient, link: Link, headers: tuple[tuple[str, str], ...], silence: float = MEDIA_SILENCE_SECONDS
) -> tuple[HttpResponse, str | None]:
    """The answer at the end of `link`, to be closed, and the credential that was shown to who gave it.

    The credential is dropped for good where the origin changes. Raises `ProviderError`.
    """
    address, authorization = link.address, link.authorization
    within = TimeBudget(silence * SILENCES_IN_ALL)
    passed = list[str]()
    while address not in passed and len(passed) <= MOST_REDIRECTS:
        call = HttpRequest(
            address=address, authorization=authorization, headers=headers, silence=silence, gathered=True
        )
        try:
            stream = await api.open(call, within)
        except Garbled as error:
            raise (Garbled("redirect", error.detail) if passed else error) from None
        if stream.status not in _REDIRECTS:
            return stream, authorization
        await stream.close()
        passed.append(address)
        target = _target(address, stream.headers.get("location", ""))
        if origin(target) != origin(address):
            authorization = None
        address = target
    raise Garbled("redirects", "too many redirects")


def trouble(stream: HttpResponse, authorization: str | None) -> ProviderError:
    """Error that an answer stands for which is not a success, if `authorization` was shown for it."""
    error = failure(Reply(status=stream.status, headers=stream.headers, body=b""))
    if authorization is not None or not isinstance(error, Refused | Forbidden | Rejected):
        return error
    # A media host that refuses a link says nothing about the account's credential.
    kind = Rejected if isinstance(error, Rejected) else Forbidden
    return kind(error.detail, reason="link", status=error.status, request_id=error.request_id)


def _target(address: str, location: str) -> str:
    try:
        target = urljoin(address, location)
    except ValueError:
        target = ""
    if not location or not may_open(target, since=address):
        raise Garbled("redirect", "redirected to an address that cannot be used")
    return target
