"""Walk through the pages that may hold new recordings, and how far it has come."""

from dataclasses import dataclass, field
from datetime import datetime

from playhead.core.errors import PlayheadError
from playhead.core.loading.barren import Barren


@dataclass(slots=True)
class Walk:
    """Cursor, moment and trouble of one look from the newest end to what is known; it may be interrupted."""

    cursor: str | None = None
    """What its next page is asked with; None at the newest end."""
    as_of: datetime | None = None
    """When its first page was asked for."""
    seen: set[str] = field(default_factory=set)
    """The cursors of its pages."""
    barren: Barren = field(default_factory=Barren)
    trouble: PlayheadError | None = None
    """What was wrong with a page of it, which does not keep it from going on."""
    resumed: bool = False
    """Whether it was interrupted before."""
