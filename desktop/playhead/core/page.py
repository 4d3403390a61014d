"""Values of asking a provider, and of one answer."""

from dataclasses import dataclass, field
from datetime import datetime

from playhead.core.errors import ProviderError
from playhead.core.recording import Recording


@dataclass(frozen=True, slots=True)
class Asked:
    """The part of a query that the provider's server filters by; empty asks for everything.

    An answer to it holds at least every recording that matches the query, so once it is exhausted
    nothing else can match.
    """

    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def everything(self) -> bool:
        """True if nothing was left out."""
        return not self.parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a provider to a list request."""

    recordings: tuple[Recording, ...]
    cursor: str | None
    """What the next page is asked with; None at the end."""
    as_of: datetime
    """When the server answered, by its own clock where it said so."""
    complete: bool = False
    """Whether the server says that this is everything, and every row of it could be read."""
    trouble: ProviderError | None = None
    """Why this is perhaps not all that was asked for: an error that came along, or no sign where to go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """State of a feed; kept in the catalogue so that a restart goes on where it stood."""

    account: str
    asked: Asked
    cursor: str | None = None
    exhausted: bool = False
    horizon: datetime | None = None
    """Loaded down to: no recording newer than this is missing, if the pages came newest first."""
    ordered: bool = True
    """Whether every page so far came newest first."""
    fetched: int = 0
    """Recordings received through this feed."""
    as_of: datetime | None = None
    """The moment up to which the newest end is known: when its first page was last asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Changes that storing a page made in the catalogue."""

    new: int
    changed: int
    known: int
    gone: int = 0
    """Recordings of which the page tells that the provider no longer has them."""
    ids: range = field(default=range(0), compare=False)
    """The catalogue ids of the new ones."""
