"""Checkup of many recordings: each is fetched, measured and let go of."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from playhead.core.errors import (
    Disconnected,
    Garbled,
    Gone,
    Limited,
    Missing,
    NoAudio,
    PlayheadError,
    Refused,
    Unavailable,
    UnplayedKind,
    Unreachable,
)
from playhead.core.health.audiofigures import Measured
from playhead.core.health.checked import Checked
from playhead.core.health.soundcourse import SoundCourse
from playhead.core.health.undecodable import EMPTY, trouble_of, undecoded
from playhead.core.likeness.judging import names
from playhead.core.media import Media
from playhead.core.peaks import Peaks
from playhead.core.recording import Recording
from playhead.core.stores import Analyses
from playhead.core.worklists.workrun import Watch
from playhead.core.worklists.worksupply import Turn

_log = logging.getLogger(__name__)

_UNKNOWN = b""
"""Digest of what nobody has seen whole: it is like no audio that may come."""


class Pieces(Protocol):
    """Audio on its way: `(offset, chunk)`, where an offset of 0 after others begins anew."""

    @property
    def total(self) -> int | None:
        """Bytes in all, once somebody knows."""

    @property
    def validator(self) -> str | None:
        """Validator (ETag) by which the rest of this edition can be fetched later, if any."""

    @property
    def media_type(self) -> str:
        """Media type as its host says it."""

    @property
    def here(self) -> bool:
        """True if it need not come through the network."""

    def __aiter__(self) -> AsyncIterator[tuple[int, bytes]]:
        """The pieces, in order; raises `PlayheadError`."""


class PieceFetcher(Protocol):
    """Source of audio that keeps nothing of it."""

    def fetch(
        self, recording: Recording, *, offset: int = 0, validator: str | None = None
    ) -> AbstractAsyncContextManager[Pieces]:
        """The audio of one recording, from `offset` if it is still what `validator` names, else anew."""


class Measurer(Protocol):
    """Measures whole audio, off the event loop and behind everything else that the computer does."""

    async def measure(self, media: Media, going: threading.Event) -> tuple[Peaks, Measured | None]:
        """Waveform and figures of `media`; it rests while `going` is not set.

        What cannot be decoded has figures that say so. Raises `PlayheadError`.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckupNeeds:
    """Everything around the core that a checkup works with."""

    analyses: Analyses
    fetcher: PieceFetcher
    measurer: Measurer


@dataclass(slots=True)
class Arriving:
    """Audio of one recording, as far as it has come."""

    media: Media = field(default_factory=Media)
    validator: str | None = None
    """What names the edition of which this is the beginning, if its rest can be fetched."""

    def begin_anew(self) -> None:
        """Let go of what has come."""
        self.media, self.validator = Media(), None


@dataclass(frozen=True, slots=True)
class Finding:
    """Outcome of one recording, with what is to be kept of it."""

    outcome: Checked
    peaks: Peaks | None = None
    measured: Measured | None = None


class Checkup:
    """Work of measuring many recordings: each is fetched, measured and let go of.

    Nothing is measured that is measured already, and no audio is kept.
    """

    at_once = 2
    """One is fetched while another is measured."""
    failed = Finding(Checked.FAILED)

    def __init__(self, needs: CheckupNeeds) -> None:
        self._needs = needs
        self._measuring = asyncio.Lock()
        """Held by what is being measured: one core is enough."""

    def begin(self) -> Arriving:
        """Nothing has come yet."""
        return Arriving()

    async def do(self, turn: Turn[Arriving], watch: Watch) -> Finding:
        """Fetch and measure a recording. Raises `ProviderError` where its account has to wait."""
        known = await self._needs.analyses.measured(turn.recording)
        if known is not None and known.digest != _UNKNOWN:
            # It was played since it was put on the list.
            return Finding(Checked.MEASURED)
        try:
            while not await self._received(turn, watch):
                pass
            return await self._measured(turn, watch)
        except NoAudio:
            return Finding(Checked.SILENT)
        except (Missing, Gone):
            return Finding(Checked.GONE)
        except UnplayedKind:
            return Finding(Checked.UNPLAYED)
        except Garbled as error:
            return _judged(error)
        except (Unreachable, Unavailable, Limited, Refused, Disconnected):
            raise
        except PlayheadError as error:
            _log.info("not checked: %s", type(error).__name__)
            return Finding(Checked.FAILED)

    async def _received(self, turn: Turn[Arriving], watch: Watch) -> bool:
        """True once all of its audio is here; it is let go of where it has to wait."""
        await watch.holds.passed()
        recording, arriving = turn.recording, turn.state
        start = arriving.media.arrived if arriving.validator else 0
        async with self._needs.fetcher.fetch(
            recording, offset=start, validator=arriving.validator
        ) as incoming:
            async for offset, chunk in incoming:
                if offset != arriving.media.arrived:
                    arriving.begin_anew()
                arriving.media.announce(incoming.total, told=names(recording, incoming.media_type))
                arriving.media.write(chunk)
                arriving.validator = incoming.validator
                watch.arrived(recording.account)
                if not incoming.here:
                    await watch.took(len(chunk))
                if watch.holds.reason is not None and arriving.media.arrived != incoming.total:
                    # A connection that is kept open would be in the way of what this waits for.
                    return False
        arriving.media.finish()
        return True

    async def _measured(self, turn: Turn[Arriving], watch: Watch) -> Finding:
        async with self._measuring:
            await watch.holds.passed()
            peaks, measured = await self._needs.measurer.measure(turn.state.media, watch.holds.going)
        if measured is None:
            return Finding(Checked.FAILED, peaks)
        return Finding(_outcome(measured.figures.trouble), peaks, measured)

    async def keep(self, recording: Recording, found: Finding) -> str:
        """Keep what was found; the outcome for the list. Raises `CatalogueError`."""
        analyses, peaks = self._needs.analyses, found.peaks
        if peaks is not None and peaks.complete:
            # Of some hours it takes longer to pack than a frame of the window.
            await analyses.keep_peaks(recording, await asyncio.to_thread(peaks.to_bytes))
            if recording.length is None and peaks.duration > 0:
                await analyses.keep_length(recording, peaks.duration)
        if found.measured is not None:
            await analyses.keep_measured(recording, found.measured)
        return found.outcome


def _judged(error: Garbled) -> Finding:
    """Outcome of what is seen to be no audio before all of it came; of what came spoilt nothing is known."""
    trouble = trouble_of(error)
    if trouble:
        return Finding(
            _outcome(trouble), measured=Measured(undecoded(trouble), _UNKNOWN, SoundCourse((), ()))
        )
    _log.info("not checked: %s", error.reason)
    return Finding(Checked.FAILED)


def _outcome(trouble: str) -> Checked:
    return Checked.BROKEN if trouble and trouble not in EMPTY else Checked.MEASURED
