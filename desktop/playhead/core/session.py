"""Session: the values of core that every journey shares while the catalogue is open."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playhead.core.fetching.downloads import Downloads
    from playhead.core.jobs import Jobs
    from playhead.core.loading.connections import Connections
    from playhead.core.loading.library import Library
    from playhead.core.loading.transcriptreader import TranscriptReader
    from playhead.core.ports import Clock
    from playhead.core.stores import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Catalogue, accounts and background work of one run; holds no widget and looks nothing up."""

    catalogue: "Catalogue"
    library: "Library"
    transcripts: "TranscriptReader"
    downloads: "Downloads"
    connections: "Connections"
    jobs: "Jobs"
    clock: "Clock"
