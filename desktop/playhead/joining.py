"""Joins what the person can do to what is open. Imported when the first rows are on the screen."""

import asyncio
from collections.abc import Awaitable, Callable

from playhead.core.fetching.downloads import Downloads
from playhead.core.jobs import Jobs
from playhead.core.loading.connections import Connections
from playhead.core.loading.library import Library
from playhead.core.loading.transcriptreader import TranscriptReader
from playhead.core.ports import Clock, Vault
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.stores import Catalogue
from playhead.journeys import Environment
from playhead.machine.paths import Profile
from playhead.runoptions import Surroundings
from playhead.runparts import resources, this_workplace
from playhead.sound.analysis import Ear
from playhead.ui.exports.filedrag import drag_files


def joined_session(
    catalogue: Catalogue,
    library: Library,
    connections: Connections,
    jobs: Jobs,
    clock: Clock,
    missing: Callable[[Recording], Awaitable[object]],
) -> Session:
    """Join what is open to what fetches; `missing` is as in `Downloads`, which whoever asked has to close."""
    return Session(
        catalogue=catalogue,
        library=library,
        transcripts=TranscriptReader(catalogue, library, clock),
        downloads=Downloads(library.source, catalogue.media, missing=missing, listener=Ear()),
        connections=connections,
        jobs=jobs,
        clock=clock,
    )


async def environment_of(profile: Profile, vault: Vault, surroundings: Surroundings) -> Environment:
    """Describe to the journeys the computer and the world around this run."""
    program, machine = await asyncio.to_thread(this_workplace)
    return Environment(
        carried=profile.carried,
        vault=vault,
        program=program,
        machine=machine,
        guide=resources() / "guide",
        player=surroundings.player,
        drag=surroundings.drag or drag_files,
    )
