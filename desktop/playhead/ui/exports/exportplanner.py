"""Reading of a selection and planning of its folder and names, in a thread."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QTimeZone

from playhead.core.exports.again import Again, again
from playhead.core.exports.audit import read_export
from playhead.core.exports.choices import BAG_DATA, Choices
from playhead.core.exports.custody import Origin, origins_of
from playhead.core.exports.files import contents
from playhead.core.exports.plan import Plan, estimated, plan
from playhead.core.exports.target import holds_export, longest_name, settle
from playhead.core.finding.matching import among
from playhead.core.finding.query import Query
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.zone import SystemZone, home_zone
from playhead.ui.exports.exportwish import Figures, Scope, What, Wish
from playhead.ui.listing.listingstatus import ListingStatus
from playhead.ui.table.recordingtable import RecordingTable
from playhead.ui.wording import words


class ExportPlanner:
    """Names files. Everything may raise `ExportError`, `ExportUnreadable` and `TemplateError`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def wished(self, recordings: Sequence[Recording], wish: Wish) -> Plan:
        """Plan of an export as it is wished."""
        if wish.add:
            return (await self.joined(recordings, wish.folder, wish.choices)).plan
        return await self.fresh(recordings, wish.folder, wish.choices, own=wish.own)

    async def fresh(
        self, recordings: Sequence[Recording], parent: Path, choices: Choices, *, own: bool | None = None
    ) -> Plan:
        """An export into `parent`; with `own`, into a new folder in it; None: if `parent` is there."""
        now = self._session.clock()
        told = bytes(QTimeZone.systemTimeZoneId().data()).decode("utf-8", "replace")
        labels = self._labels(recordings)
        origins = self._origins(recordings)

        def work() -> Plan:
            zone = home_zone(told, now) if isinstance(now.tzinfo, SystemZone) else now.tzinfo
            assert zone is not None
            apart = parent.exists() if own is None else own
            folder = settle(parent, now) if apart else parent
            if choices.bag:
                folder /= BAG_DATA
            past = read_export(folder) if not apart and holds_export(folder) else None
            made = plan(
                recordings,
                folder,
                template=choices.template,
                labels=labels,
                zone=zone,
                existing=contents(folder),
                taken=choices.taken,
                known=past.audio if past is not None else None,
                doubted=past.doubted if past is not None else (),
                longest=longest_name(folder),
                extensions=self._session.library.providers.extensions,
            )
            return replace(made, origins=origins)

        return await asyncio.to_thread(work)

    async def joined(self, recordings: Sequence[Recording], folder: Path, choices: Choices) -> Again:
        """The export that `folder` holds, and `recordings` with it."""
        labels = self._labels(recordings)
        origins = self._origins(recordings)

        def work() -> Again:
            past = read_export(folder)
            return again(
                past,
                recordings,
                choices,
                labels=labels,
                origins=origins,
                existing=contents(past.folder),
                longest=longest_name(past.folder),
                extensions=self._session.library.providers.extensions,
            )

        return await asyncio.to_thread(work)

    def preview(self, recordings: Sequence[Recording], folder: Path, template: str) -> list[str]:
        """Give the names that `template` makes of a few recordings; quick enough for every key."""
        zone = self._session.clock().tzinfo
        assert zone is not None
        made = plan(
            recordings,
            folder,
            template=template,
            labels=self._labels(recordings),
            zone=zone,
            extensions=self._session.library.providers.extensions,
        )
        return [file.path for file in made.files]

    def _origins(self, recordings: Sequence[Recording]) -> Mapping[str, Origin]:
        concerned = {each.account for each in recordings}
        return origins_of(account for account in self._session.library.accounts if account.id in concerned)

    def _labels(self, recordings: Sequence[Recording]) -> Mapping[str, str]:
        return {
            account: self._session.library.label(account) for account in {each.account for each in recordings}
        }


_WINDOW = 500
"""Recordings that are read in one go: the window is drawn between two."""
SHOWN = 50
"""How many recordings are kept at hand for a look at their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The recordings of a scope: their catalogue ids, the first of them, and how much they are."""

    ids: Sequence[int]
    first: Sequence[Recording]
    figures: Figures


class ExportSelection:
    """Counts and reads the recordings that an export's scope stands for."""

    def __init__(self, session: Session, table: RecordingTable, listing: ListingStatus) -> None:
        self._session = session
        self._table = table
        self._listing = listing

    def query(self, scope: Scope) -> Query:
        """Query of a scope; raises `QueryError`."""
        return self._session.library.understand(scope.query)

    async def gather(self, scope: Scope) -> Gathered:
        """Look at everything that a scope stands for; raises `CatalogueError`, `QueryError`."""
        if scope.what is What.SELECTED:
            return await self._sum(
                self._table.selected_ids(), f"Selected from: {self._listing.coverage_sentence()}.", more=False
            )
        query = self.query(scope)
        ids = await self._session.catalogue.listings.matching(query)
        loaded = await self._session.catalogue.listings.count(among(query))
        coverage = self._session.library.coverage(query)
        said = words.coverage_sentence(len(ids), loaded, coverage, filtered=not query.empty)
        more = any(not each.exhausted for each in coverage)
        begin = f"All that match “{scope.query}”" if scope.query else "All recordings"
        return await self._sum(ids, f"{begin}: {said}.", more=more)

    async def recordings(self, ids: Sequence[int]) -> AsyncIterator[Sequence[Recording]]:
        """Those of `ids` that are still there, some at a time, in that order."""
        for start in range(0, len(ids), _WINDOW):
            found = await self._session.catalogue.recordings.read(list(ids[start : start + _WINDOW]))
            yield [recording for recording in found if recording is not None]

    async def all(self, ids: Sequence[int]) -> list[Recording]:
        """Those of `ids` that are still there."""
        return [recording async for some in self.recordings(ids) for recording in some]

    async def _sum(self, ids: Sequence[int], coverage: str, *, more: bool) -> Gathered:
        first: list[Recording] = []
        accounts: Counter[str] = Counter()
        number, silent, seconds, size = 0, 0, 0.0, 0.0
        async for some in self.recordings(ids):
            first += some[: SHOWN - len(first)]
            number += len(some)
            accounts.update(each.account for each in some)
            seconds += sum(each.length or 0 for each in some)
            silent += sum(not each.playable for each in some)
            size += sum(estimated(each) for each in some if each.playable)
            await asyncio.sleep(0)
        labels = {account.id: account.label for account in self._session.library.accounts}
        return Gathered(
            ids=ids,
            first=first,
            figures=Figures(
                recordings=number,
                seconds=seconds,
                size=round(size),
                silent=silent,
                accounts=[(labels.get(account, account), count) for account, count in accounts.most_common()],
                coverage=coverage,
                more=more,
            ),
        )
