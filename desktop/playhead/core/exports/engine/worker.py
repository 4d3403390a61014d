"""Worker of an export: one file, from its provider to its name and what lies beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from playhead.core.errors import (
    Disconnected,
    ExportError,
    Limited,
    NoAudio,
    PlayheadError,
    Refused,
    Unavailable,
    Unreachable,
    VaultError,
)
from playhead.core.exports.choices import Choices, Taken
from playhead.core.exports.engine.journal import Journal
from playhead.core.exports.engine.needs import Incoming, Needs
from playhead.core.exports.engine.progress import Running, Tally
from playhead.core.exports.engine.scheduler import Scheduler
from playhead.core.exports.engine.sidecars import Sidecars
from playhead.core.exports.engine.targetfolder import TargetFolder
from playhead.core.exports.files import Kept, PartFile, intact
from playhead.core.exports.plan import Plan, Planned
from playhead.core.exports.report import DOUBT, Outcome, State, reason, silence
from playhead.core.health.contradictions import essence
from playhead.core.jobs import obey_cancellation, to_its_end
from playhead.core.recording import Recording

_BATCH = 524_288
"""Bytes handed to the disk in one go."""
_TRIES = 3
_TRIES_WHEN_FULL = 10
"""How often a file is begun that cannot be written although its folder can."""
_OWN = frozenset({"inway", "large", "name"})
"""Troubles of a single file: others may be written in the same folder."""


@dataclass(slots=True)
class _Hand:
    """A file in the hand: how far it is and what names the edition that is in its part."""

    place: int
    file: Planned
    part: PartFile
    validator: str | None = None
    tries: int = 0
    total: int = 0
    """Bytes that it needs, as far as anybody said."""
    doubtful: bool = False
    """True if nobody can tell that it is audio."""
    media_type: str = ""
    """Kind that the host called it, as far as it did: nothing else that stands there."""


class Worker:
    """Receives, hashes and writes the files of a plan; waits where the `scheduler` has it wait."""

    def __init__(
        self,
        plan: Plan,
        choices: Choices,
        needs: Needs,
        target: TargetFolder,
        scheduler: Scheduler,
        journal: Journal,
        tally: Tally,
    ) -> None:
        self._plan = plan
        self._replace = choices.taken is Taken.REPLACE
        self._needs = needs
        self._target = target
        self._scheduler = scheduler
        self._journal = journal
        self._tally = tally
        self._sidecars = Sidecars(plan, choices, needs, target, journal)
        self._blocked: dict[str, PlayheadError] = {}
        self._left: list[PartFile] = []

    def is_open(self, place: int) -> bool:
        """Tell whether there is anything to do for a file."""
        outcome = self._tally.outcomes.get(place)
        return outcome is None or self._sidecars.wants(outcome)

    async def work(self, place: int) -> None:
        """Do what there is to do for a file; the tally and the journal have its outcome."""
        outcome = self._tally.outcomes.get(place)
        if outcome is None:
            try:
                outcome = await self._obtained(place, self._plan.files[place])
            finally:
                self._tally.gone(place)
            self._tally.settle(place, outcome)
            obey_cancellation()
        if self._sidecars.wants(outcome):
            self._tally.settle(place, await self._sidecars.complete(place, outcome))

    async def clear(self) -> None:
        """Remove the parts that could not be removed when they should have been."""
        await self._target.disk.run(_discard, self._left)

    async def _obtained(self, place: int, file: Planned) -> Outcome:
        """Outcome of a file, which is in the journal."""
        recording = file.recording
        try:
            outcome = await self._unfetched(file)
            if outcome is None:
                return await self._whole(place, file)
        except NoAudio as error:
            outcome = _skipped(recording, reason(error), error)
        except (Refused, Disconnected, VaultError) as error:
            # Whoever asks next with the same credential gets the same answer.
            self._blocked[recording.account] = error
            outcome = _failed(recording, error)
        except PlayheadError as error:
            outcome = _failed(recording, error)
        await self._journal.settle(place, outcome)
        return outcome

    async def _unfetched(self, file: Planned) -> Outcome | None:
        """Outcome of a file for which nobody has to be asked; None if somebody has to."""
        recording, kept = file.recording, file.kept
        if kept is not None:
            outcome = Outcome(
                recording=recording,
                state=State.DOUBTFUL if file.doubted else State.KEPT,
                path=kept.path,
                size=kept.size,
                sha256=kept.sha256,
                why=DOUBT if file.doubted else "",
                present=True,
            )
            if await self._is_present(outcome, kept):
                return outcome
        return None if recording.playable else _skipped(recording, silence(recording))

    async def _is_present(self, outcome: Outcome, kept: Kept) -> bool:
        for _ in range(_TRIES):
            await self._scheduler.passed()
            try:
                return await self._target.disk.run(self._look_at, outcome, kept)
            except ExportError as error:
                self._scheduler.shut(error, 0)
        return False

    def _look_at(self, outcome: Outcome, kept: Kept) -> bool:
        self._target.watch([outcome])
        if intact(self._plan.folder, kept):
            self._target.note(outcome)
            return True
        # What is not there on a disk that is away may be there all the same.
        self._target.require()
        return False

    async def _whole(self, place: int, file: Planned) -> Outcome:
        recording = file.recording
        if recording.account in self._blocked:
            raise self._blocked[recording.account]
        parts: list[PartFile] = []
        try:
            while True:
                obey_cancellation()
                await self._scheduler.passed()
                parts.append(PartFile(self._plan.folder, file.path, replace=self._replace))
                hand = _Hand(place, file, parts[-1], total=recording.size or 0)
                try:
                    return await self._through(hand)
                except ExportError as error:
                    needed = max(hand.total, hand.part.size + _BATCH)
                    await self._target.disk.run(hand.part.discard)
                    if not await self._endures(error, needed, len(parts)):
                        raise
        finally:
            # Once more: on a disk that was away, parts may have come back with it.
            left = [part for part in parts if not part.settled]
            if left:
                await to_its_end(self._target.disk.run(_discard, left))
                self._left += [part for part in left if not part.settled]

    async def _through(self, hand: _Hand) -> Outcome:
        kept = None
        while kept is None:
            kept = await self._tried(hand)
        return await to_its_end(self._named(hand, kept))

    async def _tried(self, hand: _Hand) -> Kept | None:
        """The file, if all of it has arrived; if not, there is reason to try again."""
        await self._scheduler.passed()
        begun = self._scheduler.attempt(hand.file.recording.account)
        try:
            return await self._received(hand)
        except (Unreachable, Unavailable, Limited) as error:
            hand.tries += 1
            if not await self._scheduler.again(error, hand.tries, begun):
                raise
            return None

    async def _received(self, hand: _Hand) -> Kept | None:
        part, recording = hand.part, hand.file.recording
        batch, start, arrived = list[bytes](), part.size, part.size
        now = self._needs.pace.now
        asked, began = now(), None
        async with self._needs.fetcher.fetch(recording, offset=start, validator=hand.validator) as incoming:
            async for offset, chunk in incoming:
                self._scheduler.arrived(recording.account)
                began = began or now()
                hand.doubtful = _doubt(hand, incoming)
                if offset != arrived:
                    # Begun anew; what was collected does not count.
                    batch.clear()
                    start = offset
                batch.append(chunk)
                arrived = offset + len(chunk)
                if arrived - start >= _BATCH or self._scheduler.reason is not None:
                    # What names the edition goes with the bytes: until here, the part may hold another one.
                    await self._target.disk.run(self._write, part, start, b"".join(batch))
                    hand.validator, start = incoming.validator, arrived
                    batch.clear()
                hand.total = max(hand.total, incoming.total or 0)
                self._tally.running(Running(hand.place, hand.file.path, arrived, incoming.total))
                if self._scheduler.reason is not None:
                    return None
            hand.doubtful = _doubt(hand, incoming)
            hand.media_type = essence(incoming.media_type) or hand.media_type
        if began is not None:
            self._scheduler.fetched(began - asked, now() - began)
        return await self._target.disk.run(self._end, part, start, b"".join(batch))

    async def _named(self, hand: _Hand, kept: Kept) -> Outcome:
        """The journal first, then the name: of a file that has its name, the journal always knows."""
        state, why = (State.DOUBTFUL, DOUBT) if hand.doubtful else (State.KEPT, "")
        arrived = self._journal.dated(
            Outcome(recording=hand.file.recording, state=state, why=why, media_type=hand.media_type)
        )
        while True:
            outcome = replace(arrived, path=kept.path, size=kept.size, sha256=kept.sha256)
            await self._journal.settle(hand.place, outcome)
            if await self._target.disk.run(self._name, hand.part, outcome):
                return outcome
            kept = await self._target.disk.run(hand.part.complete)

    def _write(self, part: PartFile, offset: int, chunk: bytes) -> None:
        if part.size:
            part.write(offset, chunk)
            return
        # Before and after: the part that is opened between them has to be in this folder.
        self._target.require()
        part.write(offset, chunk)
        self._target.require()

    def _end(self, part: PartFile, offset: int, chunk: bytes) -> Kept:
        self._target.require()
        return part.end(offset, chunk)

    def _name(self, part: PartFile, outcome: Outcome) -> bool:
        self._target.require()
        named = part.name(outcome.path)
        if named:
            self._target.unsynced |= not part.synced
            self._target.note(outcome)
        return named

    async def _endures(self, error: ExportError, needed: int, tries: int) -> bool:
        """True if a file that could not be written is to be tried again, perhaps after a pause of all."""
        if error.reason in _OWN:
            return False
        try:
            await self._target.disk.run(self._target.require)
        except ExportError as fault:
            # It says more than what a single file met there.
            self._scheduler.shut(fault, needed)
            return True
        if await self._target.disk.run(self._target.works, needed):
            # It is the file's own trouble, or it is over: of a disk that is nearly full, others may take
            # what this one has just left.
            return tries < (_TRIES_WHEN_FULL if error.reason == "full" else _TRIES)
        self._scheduler.shut(error, needed)
        return True


def _doubt(hand: _Hand, incoming: Incoming) -> bool:
    return hand.doubtful if incoming.doubtful is None else incoming.doubtful


def _discard(parts: Sequence[PartFile]) -> None:
    for part in parts:
        part.discard()


def _skipped(recording: Recording, why: str, error: PlayheadError | None = None) -> Outcome:
    return Outcome(recording=recording, state=State.SKIPPED, why=why, error=error)


def _failed(recording: Recording, error: PlayheadError) -> Outcome:
    return Outcome(recording=recording, state=State.FAILED, why=reason(error), error=error)
