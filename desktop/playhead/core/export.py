"""An export at work: from a plan to files, sheets and a report."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import ParamSpec, Protocol, TypeVar

from playhead.core.errors import ExportError, NoAudio, PlayheadError, Refused, VaultError
from playhead.core.files import Kept, PartFile, prepare
from playhead.core.plan import Plan, Planned
from playhead.core.ports import Clock
from playhead.core.progress import Progress, Running, Tally
from playhead.core.recording import Recording
from playhead.core.report import Outcome, Report, State, reason, silence
from playhead.core.sheets import write_sheets

AT_ONCE = 6
_BATCH = 262_144
"""Bytes handed to the disk in one go."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Incoming(Protocol):
    """Audio on its way: `(offset, chunk)`, where an offset of 0 after others begins anew."""

    @property
    def total(self) -> int | None:
        """Bytes in all, once somebody knows."""

    def __aiter__(self) -> AsyncIterator[tuple[int, bytes]]:
        """The pieces, in order; raises `PlayheadError`."""


class Fetcher(Protocol):
    """Where an export gets audio from."""

    def fetch(self, recording: Recording) -> AbstractAsyncContextManager[Incoming]:
        """The audio of one recording."""


class Export:
    """Carries out a plan once.

    Six files at a time; what is whole is on the disk for good, and nothing else is. One recording that fails
    does not stop the others; a credential that is refused fails the rest of its account; a target that takes
    no more ends it. However it ends, also by cancellation of `run`, the sheets speak of what there is.
    """

    def __init__(
        self,
        plan: Plan,
        fetcher: Fetcher,
        *,
        progress: Callable[[Progress], None] = lambda _: None,
        coverage: str = "",
        program: str = "Playhead",
        at_once: int = AT_ONCE,
        clock: Clock = lambda: datetime.now(UTC),
    ) -> None:
        self._plan = plan
        self._fetcher = fetcher
        self._coverage = coverage
        self._program = program
        self._at_once = at_once
        self._clock = clock
        self._outcomes: dict[int, Outcome] = {}
        self._tally = Tally(plan, progress)
        self._blocked: dict[str, PlayheadError] = {}
        self._workers: list[asyncio.Task[None]] = []
        self._cancelled = False
        self._disk = ThreadPoolExecutor(at_once, thread_name_prefix="export")

    def cancel(self) -> None:
        """End soon: what is whole stays, `run` returns its report."""
        self._cancelled = True
        for worker in self._workers:
            worker.cancel()

    async def run(self) -> Report:
        """Do everything; returns when every file is on the disk for good or accounted for."""
        try:
            return await self._run()
        finally:
            self._disk.shutdown(wait=False)

    async def _run(self) -> Report:
        began = self._clock()
        self._tally.begin()
        stopped: ExportError | None = None
        try:
            await self._on_disk(prepare, self._plan.folder, self._plan.known_bytes)
            await self._work()
        except ExportError as error:
            stopped = error
        except asyncio.CancelledError:
            self._cancelled = True
        self._tally.end()
        report = await _to_its_end(self._write_sheets(self._report(began, stopped)))
        _obey_cancellation()
        return report

    async def _work(self) -> None:
        if self._cancelled:
            return
        queue = iter(enumerate(self._plan.files))
        self._workers = [asyncio.create_task(self._take(queue), name="export") for _ in range(self._at_once)]
        try:
            await asyncio.gather(*self._workers)
        finally:
            for worker in self._workers:
                worker.cancel()
            await _to_its_end(asyncio.gather(*self._workers, return_exceptions=True))

    async def _take(self, queue: Iterator[tuple[int, Planned]]) -> None:
        for number, file in queue:
            part = PartFile(self._plan.folder, file.path)
            try:
                self._settle(number, await self._one(number, file, part))
            finally:
                self._tally.gone(number)
                kept = await _to_its_end(self._on_disk(part.discard))
                # An interrupted `keep` may have come to its end all the same.
                if kept is not None and number not in self._outcomes:
                    self._settle(number, _kept(file.recording, kept))
            _obey_cancellation()

    async def _one(self, number: int, file: Planned, part: PartFile) -> Outcome:
        recording = file.recording
        if not recording.playable:
            return Outcome(recording=recording, state=State.SKIPPED, why=silence(recording))
        try:
            if recording.account in self._blocked:
                return _failed(recording, self._blocked[recording.account])
            kept = await self._fetch(number, file, part)
        except NoAudio as error:
            return Outcome(recording=recording, state=State.SKIPPED, why=reason(error), error=error)
        except ExportError as error:
            if error.reason != "inway":
                raise
            return _failed(recording, error)
        except (Refused, VaultError) as error:
            self._blocked[recording.account] = error
            return _failed(recording, error)
        except PlayheadError as error:
            return _failed(recording, error)
        return _kept(recording, kept)

    async def _fetch(self, number: int, file: Planned, part: PartFile) -> Kept:
        batch, start = bytearray(), 0
        async with self._fetcher.fetch(file.recording) as incoming:
            async for offset, chunk in incoming:
                if offset != start + len(batch):
                    # Begun anew; what was collected does not count.
                    batch.clear()
                    start = offset
                batch += chunk
                if len(batch) >= _BATCH:
                    await self._on_disk(part.write, start, bytes(batch))
                    start += len(batch)
                    batch.clear()
                self._tally.running(number, Running(file.path, offset + len(chunk), incoming.total))
            await self._on_disk(part.write, start, bytes(batch))
        kept = await self._on_disk(part.keep)
        if kept is None:
            raise asyncio.CancelledError
        return kept

    def _settle(self, number: int, outcome: Outcome) -> None:
        self._outcomes[number] = outcome
        self._tally.settled(number, outcome)

    def _report(self, began: datetime, stopped: ExportError | None) -> Report:
        why = "the export was cancelled" if stopped is None else reason(stopped)
        outcomes = (
            self._outcomes.get(number) or Outcome(recording=file.recording, state=State.LEFT, why=why)
            for number, file in enumerate(self._plan.files)
        )
        return Report(
            plan=self._plan,
            outcomes=tuple(outcomes),
            began=began,
            ended=self._clock(),
            coverage=self._coverage,
            cancelled=self._cancelled,
            stopped=stopped,
        )

    async def _write_sheets(self, report: Report) -> Report:
        try:
            return replace(report, sheets=await self._on_disk(write_sheets, report, self._program))
        except ExportError as error:
            return replace(report, sheets_failure=error)

    async def _on_disk(self, work: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """Run `work` in a thread: no disk is touched in the thread of the window."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._disk, lambda: work(*args, **kwargs))


async def _to_its_end(work: Awaitable[_R]) -> _R:
    """Await `work` however often the waiting is cancelled: for what must not be left half."""
    task = asyncio.ensure_future(work)
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
    return task.result()


def _obey_cancellation() -> None:
    """End the task if it was cancelled while it could not be."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _kept(recording: Recording, kept: Kept) -> Outcome:
    return Outcome(recording=recording, state=State.KEPT, path=kept.path, size=kept.size, sha256=kept.sha256)


def _failed(recording: Recording, error: PlayheadError) -> Outcome:
    return Outcome(recording=recording, state=State.FAILED, why=reason(error), error=error)
