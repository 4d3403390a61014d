"""Planning of an export from recordings and choices: its folder and names, made in a thread."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from playhead.core.exports.again import Again, again
from playhead.core.exports.audit import read_export
from playhead.core.exports.choices import BAG_DATA, Choices
from playhead.core.exports.custody import Origin, origins_of
from playhead.core.exports.files import contents
from playhead.core.exports.plan import Plan, plan
from playhead.core.exports.target import holds_export, longest_name, settle
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.core.zone import SystemZone, home_zone


class ExportPlanner:
    """Names files. Everything may raise `ExportError`, `ExportUnreadable` and `TemplateError`."""

    def __init__(self, session: Session, zone_name: Callable[[], str]) -> None:
        """`zone_name` gives the name of the time zone that the system is set to; empty if it tells none."""
        self._session = session
        self._zone_name = zone_name

    async def fresh(
        self, recordings: Sequence[Recording], parent: Path, choices: Choices, *, own: bool | None = None
    ) -> Plan:
        """An export into `parent`; with `own`, into a new folder in it; None: if `parent` is there."""
        now = self._session.clock()
        told = self._zone_name()
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
