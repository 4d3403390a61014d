"""Checkup of many recordings: each is fetched, measured and let go of, at leisure and to the end."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from playhead.core.errors import (
    CatalogueReadOnly,
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
from playhead.core.health.checkupstates import Checked, CheckupProgress, CheckupTally, Hold
from playhead.core.health.checkupsupply import Supply, Turn
from playhead.core.health.pacing import Holds, Throttle
from playhead.core.health.soundcourse import SoundCourse
from playhead.core.health.undecodable import EMPTY, trouble_of, undecoded
from playhead.core.likeness.judging import names
from playhead.core.media import Media
from playhead.core.pace import USUAL_PACE, Pace
from playhead.core.peaks import Peaks
from playhead.core.recording import Recording
from playhead.core.stores import Analyses, Checkups

_log = logging.getLogger(__name__)

AT_ONCE = 2
"""Recordings that are under way: one is fetched while another is measured."""
LOOK_AGAIN = 15.0
"""Seconds until it is tried again to write into a catalogue that does not take anything."""
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

    checkups: Checkups
    analyses: Analyses
    fetcher: PieceFetcher
    measurer: Measurer
    pace: Pace = USUAL_PACE


@dataclass(frozen=True, slots=True)
class _Found:
    """Outcome of one recording, with what is to be kept of it."""

    outcome: Checked
    peaks: Peaks | None = None
    measured: Measured | None = None


class Checkup:
    """Measures what the catalogue has on its list, until nothing is left of it.

    Nothing is measured that is measured already, and no audio is kept. One recording that fails does not stop
    the others; an account that cannot be reached is waited for however long it takes, one that refuses its
    credential until `go_on`. What is done is in the catalogue, so a run that is killed is simply followed by
    another.
    """

    def __init__(self, needs: CheckupNeeds, progress: Callable[[CheckupProgress], None]) -> None:
        self._needs = needs
        self._tally = CheckupTally(progress, needs.pace)
        self._holds = Holds(self._tell)
        self._supply = Supply(needs.checkups, needs.pace, self._tell)
        self._throttle = Throttle(needs.pace)
        self._measuring = asyncio.Lock()
        """Held by what is being measured: one core is enough."""
        self._again = False
        """True if there may be more on the list than was seen."""
        self._current: dict[asyncio.Task[None], str] = {}
        """What is under way, with the account of each."""

    def limit(self, rate: float) -> None:
        """Fetch no more than so many bytes a second; 0: as fast as it comes."""
        self._throttle.rate = rate

    def hold(self, reason: Hold, *, on: bool) -> None:
        """Wait for a reason, or no longer; what is being fetched is taken up where it was."""
        self._holds.hold(reason, on=on)

    async def go_on(self) -> None:
        """Look at the list again, and ask at once accounts that were waited for. Raises `CatalogueError`."""
        self._again = True
        await self._refill()

    async def _refill(self) -> None:
        self._supply.refill()
        self._tally.begin(await self._needs.checkups.figures())

    def withdraw(self, account: str) -> None:
        """Let go of everything of an account."""
        self._supply.withdraw(account)
        for task, its in self._current.items():
            if its == account:
                task.cancel()

    async def run(self) -> None:
        """Do everything that can be done now. Raises `CatalogueError`."""
        self._again = True
        while self._again:
            self._again = False
            await self._round()
        self._tell()
        self._tally.tell_now()

    async def _round(self) -> None:
        await self._refill()
        workers = [asyncio.create_task(self._work(), name="checkup") for _ in range(AT_ONCE)]
        try:
            await asyncio.gather(*workers)
        finally:
            for each in workers:
                each.cancel()
            await asyncio.wait(workers)
            self._supply.close()

    def _tell(self) -> None:
        reason = self._holds.reason
        if reason is None and self._supply.all_wait:
            reason = Hold.NETWORK
        self._tally.holds(reason, self._supply.refused)

    async def _work(self) -> None:
        while (turn := await self._supply.next()) is not None:
            task = asyncio.create_task(self._check(turn), name="checkup of one")
            self._current[task] = turn.recording.account
            try:
                # Cancelled alone, it is of an account that leaves.
                await asyncio.wait({task})
            finally:
                task.cancel()
                await asyncio.wait({task})
                del self._current[task]
                self._supply.over(turn)
            if not task.cancelled():
                task.result()

    async def _check(self, turn: Turn) -> None:
        account = turn.recording.account
        try:
            found = await self._found(turn)
        except (Unreachable, Unavailable, Limited) as error:
            if self._supply.again(turn, error):
                return
            found = _Found(Checked.FAILED)
        except Refused as error:
            self._supply.refuse(account, error)
            return
        except Disconnected:
            self._supply.withdraw(account)
            return
        await self._keep(turn.recording, found)

    async def _found(self, turn: Turn) -> _Found:
        known = await self._needs.analyses.measured(turn.recording)
        if known is not None and known.digest != _UNKNOWN:
            # It was played since it was put on the list.
            return _Found(Checked.MEASURED)
        try:
            while not await self._received(turn):
                pass
            return await self._measured(turn)
        except NoAudio:
            return _Found(Checked.SILENT)
        except (Missing, Gone):
            return _Found(Checked.GONE)
        except UnplayedKind:
            return _Found(Checked.UNPLAYED)
        except Garbled as error:
            return _judged(error)
        except (Unreachable, Unavailable, Limited, Refused, Disconnected):
            raise
        except PlayheadError as error:
            _log.info("not checked: %s", type(error).__name__)
            return _Found(Checked.FAILED)

    async def _received(self, turn: Turn) -> bool:
        """True once all of its audio is here; it is let go of where it has to wait."""
        await self._holds.passed()
        recording, start = turn.recording, turn.media.arrived if turn.validator else 0
        async with self._needs.fetcher.fetch(recording, offset=start, validator=turn.validator) as incoming:
            async for offset, chunk in incoming:
                if offset != turn.media.arrived:
                    turn.begin_anew()
                turn.media.announce(incoming.total, told=names(recording, incoming.media_type))
                turn.media.write(chunk)
                turn.validator = incoming.validator
                self._supply.arrived(recording.account)
                if not incoming.here:
                    self._tally.fetched(len(chunk))
                    await self._throttle.took(len(chunk))
                if self._holds.reason is not None and turn.media.arrived != incoming.total:
                    # A connection that is kept open would be in the way of what this waits for.
                    return False
        turn.media.finish()
        return True

    async def _measured(self, turn: Turn) -> _Found:
        async with self._measuring:
            await self._holds.passed()
            peaks, measured = await self._needs.measurer.measure(turn.media, self._holds.going)
        if measured is None:
            return _Found(Checked.FAILED, peaks)
        return _Found(_outcome(measured.figures.trouble), peaks, measured)

    async def _keep(self, recording: Recording, found: _Found) -> None:
        while True:
            try:
                await self._write(recording, found)
            except CatalogueReadOnly:
                self._holds.hold(Hold.DISK, on=True)
                await self._needs.pace.sleep(LOOK_AGAIN)
            else:
                self._holds.hold(Hold.DISK, on=False)
                break
        self._tally.settled(found.outcome)

    async def _write(self, recording: Recording, found: _Found) -> None:
        analyses, peaks = self._needs.analyses, found.peaks
        if peaks is not None and peaks.complete:
            # Of some hours it takes longer to pack than a frame of the window.
            await analyses.keep_peaks(recording, await asyncio.to_thread(peaks.to_bytes))
            if recording.length is None and peaks.duration > 0:
                await analyses.keep_length(recording, peaks.duration)
        if found.measured is not None:
            await analyses.keep_measured(recording, found.measured)
        # Last: a run that is killed before this finds it measured.
        await self._needs.checkups.settle(recording, found.outcome)


def _judged(error: Garbled) -> _Found:
    """Outcome of what is seen to be no audio before all of it came; of what came spoilt nothing is known."""
    trouble = trouble_of(error)
    if trouble:
        return _Found(_outcome(trouble), measured=Measured(undecoded(trouble), _UNKNOWN, SoundCourse((), ())))
    _log.info("not checked: %s", error.reason)
    return _Found(Checked.FAILED)


def _outcome(trouble: str) -> Checked:
    return Checked.BROKEN if trouble and trouble not in EMPTY else Checked.MEASURED
