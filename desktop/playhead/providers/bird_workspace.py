"""One workspace of Bird's API, and the key that opens it."""

from collections.abc import Mapping
from urllib.parse import quote

from playhead.core.account import Account, Scheme, looks_like_jwt, refuse_foreign_key
from playhead.core.errors import Garbled, Missing, Refused
from playhead.core.ports import Keys
from playhead.providers.answers import Reply
from playhead.providers.credentials import base_of, shown
from playhead.providers.lane import Lane
from playhead.providers.limits import PAGE_BYTES
from playhead.providers.wire import Call


class BirdWorkspace:
    """Asks for what is below one workspace. It only ever reads: there is no way to send anything but GET."""

    def __init__(self, account: Account, keys: Keys, lane: Lane) -> None:
        self.lane = lane
        self._account = account
        self._keys = keys
        self._shown: str | None = None

    @property
    def address(self) -> str:
        """Where it is. Raises `Rejected` if the address is not safe, `Missing` without a workspace id."""
        address = base_of(self._account.base_url)
        if not self._account.workspace_id.strip():
            raise Missing(reason="workspace")
        return f"{address}/workspaces/{quote(self._account.workspace_id.strip(), safe='')}"

    async def authorization(self) -> str:
        """How the key is shown; loaded once. Raises `VaultError`, `WrongProduct` or `Refused`."""
        if self._shown is None:
            self._shown = authorization((await self._keys.load()).access, self._account.scheme)
        return self._shown

    async def get(self, path: str, parameters: tuple[tuple[str, str], ...] = ()) -> Reply:
        """The answer for what is at `path`. Raises `ProviderError`."""
        call = Call(
            address=self.address + path,
            parameters=parameters,
            authorization=await self.authorization(),
            headers=(("Accept", "application/json"),),
            largest=PAGE_BYTES,
        )
        try:
            return await self.lane.ask(call)
        except Refused:
            self.forget()
            raise

    def forget(self) -> None:
        """Let go of the key: the vault may hold a better one next time."""
        self._shown = None


def listed(reply: Reply) -> tuple[list[object], str | None]:
    """The rows of a page of any of its lists, and the token of the next page. Raises `Garbled`."""
    said = reply.json()
    facts: Mapping[object, object] = said if isinstance(said, dict) else {}
    rows, token = facts.get("results"), facts.get("nextPageToken")
    if not isinstance(rows, list) or not isinstance(token, str | None):
        raise Garbled("shape", "no list")
    return rows, token or None


def authorization(secret: str, scheme: Scheme) -> str:
    """How `secret` is shown to Bird. Raises `WrongProduct`, or `Refused` for what cannot be a key."""
    refuse_foreign_key(secret.strip())
    key = shown(secret)
    if scheme is Scheme.AUTO:
        scheme = Scheme.BEARER if looks_like_jwt(key) else Scheme.ACCESS_KEY
    return f"{scheme} {key}"
