"""Patience of an export with an account that cannot be reached."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playhead.core.errors import Limited, ProviderError, Unavailable, Unreachable

PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0)
"""Seconds that all files of an account wait, one pause after the other, while none of them gets anything."""
TRIES = 3
"""How often one file is tried if the fault may be its own."""
Passing = Unreachable | Unavailable | Limited
"""What may be over in a while."""


class Patience:
    """One account's: nothing may come for some minutes, as when the network is gone, and no file is lost.

    A file that fails while others arrive, or at a host that does answer, is soon given up: the fault is its
    own. `sleep` takes seconds.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._sleep = sleep
        self._now = Moment(0, 0)

    @property
    def now(self) -> "Moment":
        """To be kept from the beginning of an attempt, for `again`."""
        return self._now

    def arrived(self) -> None:
        """Note that something came from this account."""
        self._now = Moment(self._now.arrivals + 1, 0)

    async def again(self, error: Passing, tries: int, begun: "Moment") -> bool:
        """Wait, and say whether to try again what was begun then and failed for the `tries`th time."""
        others_do = self._now.arrivals != begun.arrivals
        if tries >= TRIES and (others_do or _answers(error)):
            return False
        if isinstance(error, Unreachable) and error.reason == "tls":
            return False
        if others_do:
            await self._sleep(PAUSES[min(tries, len(PAUSES)) - 1])
            return True
        if self._now == begun:
            # The first that fails after a pause begins the next one; the others of its round join in.
            if begun.pauses == len(PAUSES):
                return False
            self._now = Moment(begun.arrivals, begun.pauses + 1)
        await self._sleep(PAUSES[self._now.pauses - 1])
        return True


@dataclass(frozen=True, slots=True)
class Moment:
    """Number of arrivals, and of pauses since."""

    arrivals: int
    pauses: int


def _answers(error: ProviderError) -> bool:
    """Tell whether there was a host that answered at all."""
    return isinstance(error, Unavailable) or (
        isinstance(error, Unreachable) and error.reason in {"cut", "timeout", "slow"}
    )
