"""How much of an account is known: what every count, filter and export has to say of itself."""

from dataclasses import dataclass
from datetime import datetime

from playhead.core.account import Account
from playhead.core.errors import PlayheadError


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is known of one account for one query."""

    account: Account
    exhausted: bool
    """Whether everything that can match is loaded."""
    begun: bool
    """Whether anything was loaded at all."""
    horizon: datetime | None = None
    """Loaded down to this moment, where the pages come newest first."""
    ordered: bool = True
    as_of: datetime | None = None
    """When the newest end was last asked for."""
    narrowed: bool = False
    """Whether the server filtered: what is said holds for this query only."""
    failure: PlayheadError | None = None
    loading: bool = False
