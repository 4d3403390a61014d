"""Account as a person filled it in to connect it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An account that is not connected yet, and what is to prove it; that is never shown when printed."""

    provider: str
    """The name of the provider."""
    label: str
    base_url: str
    details: Mapping[str, str] = field(default_factory=dict)
    """As those of an `Account`."""
    given: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Values of the chosen way to prove it, by the keys of its fields."""
    session_only: bool = False
    """True if the credential is to be forgotten when Playhead quits."""
