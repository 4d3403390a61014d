"""Automatic playing: on selection, one recording after the other, and prefetched before it is due."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from playhead.core.media import Media
from playhead.core.playbacksettings import Autoplay
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.look.announcing import announce
from playhead.ui.player.player import PlayerJourney
from playhead.ui.player.transport import Transport

SETTLE = 60
"""Milliseconds that a row has to stay current before it is auditioned: a held arrow key plays nothing."""
AHEAD = 20
"""Rows behind what plays in which the next one that can be heard is looked for."""


class AutoPlay(QObject):
    """Plays rows as they are selected, goes on by itself if it may, and fetches the next one ahead."""

    def __init__(
        self, session: Session, pane: ListingPane, listening: PlayerJourney, transport: Transport
    ) -> None:
        super().__init__(pane)
        self._session = session
        self._model = pane.model
        self._table = pane.table
        self._listening = listening
        self._selection: Sequence[int] = ()
        self._ready: Media | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(self._audition)
        pane.table.chosen.connect(self._note_choice)
        listening.began.connect(self._begin)
        listening.stopped.connect(self._let_go)
        listening.ended.connect(self._go_on)
        transport.find_playing_asked.connect(self.find_playing)

    def find_playing(self) -> None:
        """Make the row that plays the current one, and bring it into view."""
        playing = self._listening.identifier
        row = self._model.row_of(playing) if playing is not None else None
        if row is not None:
            self._table.selectRow(row)
            self._table.reveal_current()
        elif playing is None:
            announce(self._table, "Nothing is playing")
        else:
            announce(self._table, "What plays is not among the rows")

    def _note_choice(self) -> None:
        if self._table.selected_count() > 1:
            self._selection = self._table.selected_ids()
        auditions = self._listening.settings.audition and self._table.hasFocus()
        if auditions and self._table.selected_count() == 1:
            self._settle.start()

    def _audition(self) -> None:
        current = self._table.current_id
        if current is not None and current != self._listening.identifier:
            self._listening.open(current, by_itself=True)

    # One after the other

    def _go_on(self) -> None:
        settings = self._listening.settings
        if settings.stop_after:
            self._listening.choose(replace(settings, stop_after=False))
        elif settings.autoplay is not Autoplay.OFF:
            self._session.jobs.start("next", self._play_next())

    async def _play_next(self) -> None:
        found = await self._next()
        if found is not None:
            identifier, recording = found
            self._model.fill({identifier: recording})
            self._listening.open(identifier, by_itself=True)

    async def _next(self) -> tuple[int, Recording] | None:
        """The next one that can be heard, in the selection or the listing."""
        playing = self._listening.identifier
        selected = self._listening.settings.autoplay is Autoplay.SELECTION
        order: Sequence[int] = self._selection if selected else self._model.ids
        if playing is None or playing not in order:
            return None
        place = order.index(playing) + 1
        ids = list(order[place : place + AHEAD])
        for identifier, recording in zip(
            ids, await self._session.catalogue.recordings.read(ids), strict=True
        ):
            if recording is not None and recording.playable:
                return identifier, recording
        return None

    # Ready before it is asked for

    def _begin(self, recording: Recording, media: Media) -> None:
        del recording
        # What was ready is either this one, which plays now, or not wanted any more.
        self._release()
        self._session.jobs.start("ahead", self._fetch_ahead(media))

    def _let_go(self) -> None:
        self._session.jobs.cancel("ahead")
        self._release()

    def _release(self) -> None:
        if self._ready is not None:
            self._session.downloads.release(self._ready)
            self._ready = None

    async def _fetch_ahead(self, media: Media) -> None:
        """Fetch the next recording once this one is here: what is heard now comes first."""
        await _arrived(media)
        found = await self._next()
        if found is not None and media.finished:
            self._ready = self._session.downloads.open(found[1])


async def _arrived(media: Media) -> None:
    """Wait until nothing more comes of `media`."""
    loop = asyncio.get_running_loop()
    changed = asyncio.Event()

    def over() -> bool:
        return media.finished or media.failure is not None

    def tell() -> None:
        loop.call_soon_threadsafe(changed.set)

    stop = media.listen(tell)
    try:
        while not over():
            await changed.wait()
            changed.clear()
    finally:
        stop()
