"""Journal of one export, from the export's side: a journal that fails must not cost any audio."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from playhead.core.errors import CatalogueError
from playhead.core.exports.choices import Choices
from playhead.core.exports.custody import Sitting
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome
from playhead.core.ports import Clock
from playhead.core.stores import Entries, Exports


async def written_down(
    exports: Exports, plan: Plan, choices: Choices, done: Mapping[int, Outcome]
) -> int | None:
    """Number of an export that was written down, with what is `done` before it begins.

    None if the journal cannot be written: it can be carried out all the same, but not be continued.
    """
    try:
        return await exports.begin(
            plan, choices, {place: _lasting(outcome) for place, outcome in done.items()}
        )
    except CatalogueError:
        return None


class Journal:
    """Writes down what becomes of the export that `entries` knows by `number`.

    Without a number nothing is written. The first failure is remembered instead of raised.
    """

    def __init__(
        self, entries: Entries, number: int | None, clock: Clock = lambda: datetime.now(UTC)
    ) -> None:
        self._entries = entries
        self._number = number
        self._clock = clock
        self._sitting: Sitting | None = None
        self._failure: CatalogueError | None = None

    @property
    def failure(self) -> CatalogueError | None:
        """Error because of which the journal is not complete, if so."""
        return self._failure

    @property
    def trusted(self) -> bool:
        """True if there is a journal that knows everything: the export can be continued by it."""
        return self._number is not None and self._failure is None

    @property
    def sitting(self) -> Sitting | None:
        """The run that what is fetched now is counted to."""
        return self._sitting

    def begin(self, sitting: Sitting) -> None:
        """Count what is fetched from now on to this sitting."""
        self._sitting = sitting

    def dated(self, outcome: Outcome) -> Outcome:
        """`outcome` of a file that has just been fetched."""
        now = self._clock()
        if self._sitting is not None:
            # Somebody may have set the clock back.
            now = max(now, self._sitting.began)
        return replace(outcome, fetched=now, sitting=self._sitting)

    async def settle(self, place: int, outcome: Outcome) -> None:
        """Write down what became of a file; of one that is kept, before it gets its name."""
        if self._number is not None:
            try:
                await self._entries.settle(self._number, place, _lasting(outcome))
            except CatalogueError as error:
                self._failure = self._failure or error

    async def end(self) -> None:
        """Write down that the export has ended."""
        if self._number is not None:
            try:
                await self._entries.end(self._number)
            except CatalogueError as error:
                self._failure = self._failure or error


def _lasting(outcome: Outcome) -> Outcome:
    """The part of an outcome that a journal keeps."""
    return replace(outcome, transcript=None, marks=None, health=None, same=None)
