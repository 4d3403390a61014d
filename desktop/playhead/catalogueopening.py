"""Opening of the catalogue: what it says of its files, and what the person may have done to them."""

import asyncio
import importlib
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from playhead.core.errors import CatalogueError, PlayheadError
from playhead.core.jobs import Jobs
from playhead.core.ports import Vault
from playhead.core.stores import Catalogue
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.wording.openingwords import (
    AUDIO_LOST,
    BEGIN_ANEW,
    UNTIL_THEN,
    another,
    back_again,
    begun_anew,
)
from playhead.ui.wording.sentences import sentence

if TYPE_CHECKING:
    from playhead.catalogue.opening import Opened
    from playhead.catalogue.provisional import ProvisionalCatalogue


class CatalogueOpening:
    """Opens the catalogue at `path`; asks by notices where only the person can decide.

    What they choose is done to its files when they are closed, and `again` is True then: everything is to be
    opened anew. `closed` ends the run.
    """

    def __init__(
        self, path: Path, vault: Vault, notices: NoticeBar, jobs: Jobs, closed: asyncio.Event
    ) -> None:
        self.again = False
        """Whether the person asked to open everything anew."""
        self._path = path
        self._vault = vault
        self._notices = notices
        self._jobs = jobs
        self._closed = closed
        self._provisional: ProvisionalCatalogue | None = None
        self._put_aside: Callable[[], object] | None = None
        """Sets the catalogue aside, should it turn out to be damaged."""
        self._change: Callable[[], object] | None = None
        """Change that is made to the files of the catalogue when they are closed."""

    async def open(self, stack: AsyncExitStack, media_limit: int, *, used: bool) -> Catalogue:
        """Open it; `stack` closes it. `media_limit` is in bytes.

        Unless Playhead was `used` before, the vault is not asked: its system may want a password, which
        nobody expects who has not connected anything.
        """
        opening = await asyncio.to_thread(importlib.import_module, "playhead.catalogue.opening")
        if not used and await asyncio.to_thread(opening.nothing_yet, self._path):
            opened = await opening.open_provisionally(self._path, media_limit=media_limit)
            self._provisional = opened.provisional
        else:
            opened = await opening.open_with_vault(self._path, self._vault, media_limit=media_limit)
        self._put_aside = partial(opening.put_aside, self._path)
        stack.push_async_callback(self._make_change)
        stack.push_async_callback(opened.store.close)
        self._say_what_was_opened(opened)
        if opened.problem is not None and opened.problem.reason == "lost key":
            self._offer("anew", BEGIN_ANEW, "Begin a new one", partial(opening.let_wait, self._path))
        if opened.other is not None:
            change = partial(opening.exchange, self._path, opened.other)
            self._offer("other", another(opened.other.name), "Open it", change)
        catalogue: Catalogue = opened.store
        return catalogue

    def keep(self) -> None:
        """Have the vault keep the key, if it was not needed until now."""
        if self._provisional is not None and not self._provisional.kept:
            self._jobs.start("catalogue key", self._keep(self._provisional))

    def say_damage(self) -> None:
        """Say that the catalogue turned out to be damaged, and offer a new one."""
        self._say(
            "catalogue",
            "The catalogue is damaged: not everything in it can be shown. "
            "A new one loads it all again; the damaged one is kept beside it.",
            "Begin a new one",
            partial(self._open_again, self._put_aside),
        )

    async def _keep(self, provisional: "ProvisionalCatalogue") -> None:
        try:
            await provisional.keep(self._vault)
        except PlayheadError as problem:
            self._say("catalogue", f"{sentence(problem)} {UNTIL_THEN}", "Try again", self.keep)
        else:
            self._notices.withdraw("catalogue")

    def _say_what_was_opened(self, opened: "Opened") -> None:
        problem, aside = opened.problem, opened.aside.name if opened.aside is not None else None
        if opened.store.media.anew:
            self._say("audio", AUDIO_LOST)
        if not opened.kept and problem is not None:
            self._say("catalogue", f"{sentence(problem)} {UNTIL_THEN}", "Try again", self._open_again)
        elif opened.back:
            self._say("catalogue", back_again(aside))
        elif problem is not None and problem.reason == "older":
            self._say("catalogue", sentence(problem))
        elif problem is not None:
            self._say("catalogue", f"{sentence(problem)} {begun_anew(aside)}")

    def _offer(self, key: str, text: str, action: str, change: Callable[[], object]) -> None:
        """Offer to open everything anew once `change` is made to the files of the catalogue."""
        self._say(f"catalogue {key}", text, action, partial(self._open_again, change))

    def _open_again(self, change: Callable[[], object] | None = None) -> None:
        self._change = change
        self.again = True
        self._closed.set()

    async def _make_change(self) -> None:
        with suppress(CatalogueError):
            if self._provisional is not None and not self._provisional.kept:
                await self._provisional.remove()
            elif self._change is not None:
                await asyncio.to_thread(self._change)

    def _say(
        self, key: str, text: str, action: str | None = None, act: Callable[[], None] | None = None
    ) -> None:
        self._notices.say(key=key, sentence=text, kind="attention", action=action, act=act)
