"""Givens of a run: what the command line says, and the world around it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from playhead.machine.policyfile import policy_file
from playhead.providers.registry import registered

if TYPE_CHECKING:
    from playhead.core.provider import Providers
    from playhead.providers.http.web import Web
    from playhead.ui.exports.filedrag import Drag
    from playhead.ui.player.soundports import Player


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of the command line."""

    profile: Path | None = None
    demo: bool = False
    demo_size: int = 5000
    tour: Path | None = None
    log_level: str = "warning"
    folder: Path | None = None
    """Exported folder to be opened again."""
    homeless: bool = False
    """True if there is no home in which a profile could be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Parts of the world around a run, of which a test may give another."""

    providers: "Callable[[Web], Providers]" = registered
    """Gives the providers there are; the `Web` carries their requests."""
    player: "Callable[[], Player] | None" = None
    """Makes what plays; None for an engine on the devices of this computer."""
    drag: "Drag | None" = None
    """Carries files out of the window; None for the drag of the system."""
    policy: Path = field(default_factory=policy_file)
    """The administrator's file, there or not; a demo does not ask for it."""


USUAL_SURROUNDINGS = Surroundings()
"""The world as it is."""
