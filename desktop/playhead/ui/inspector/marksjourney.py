"""Journey of marks: stars, notes and heard stretches, kept in the catalogue."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from playhead.core.figures import number
from playhead.core.marks import Marks, Note, Spans
from playhead.core.recording import Recording
from playhead.core.session import Session
from playhead.ui.inspector.inspector import Inspector
from playhead.ui.listing.listingpane import ListingPane
from playhead.ui.look.announcing import announce
from playhead.ui.player.player import PlayerJourney
from playhead.ui.shell.actions import NOTE, STAR
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.notices import NoticeBar
from playhead.ui.waveform.waveform import Waveform
from playhead.ui.wording.words import count, spoken_time

MANY = 20_000
"""Recordings that are starred before a sentence about it could be read."""
_KEY = "stars"
_STEPS = 10


class StarProgress:
    """Says how far starring has come, a tenth at a time; its button cancels the task."""

    def __init__(
        self, notices: NoticeBar, total: int, task: "asyncio.Task[object] | None", *, on: bool
    ) -> None:
        self._notices = notices
        self._total = total
        self._task = task
        self._verb = "Giving stars to" if on else "Taking stars from"
        self._loop = asyncio.get_running_loop()
        self._tenth = 0
        self._open = total > MANY
        if self._open:
            self._show(0)

    def tell(self, done: int) -> None:
        """Take in how many are done; may be called from any thread."""
        self._loop.call_soon_threadsafe(self._step, done)

    def close(self) -> None:
        """Withdraw the notice: it is done, or was stopped."""
        self._open = False
        self._notices.withdraw(_KEY)

    def _step(self, done: int) -> None:
        tenth = done * _STEPS // max(1, self._total)
        dismissed = all(each.key != _KEY for each in self._notices.notices)
        if self._open and tenth != self._tenth and not dismissed:
            self._tenth = tenth
            self._show(done)

    def _show(self, done: int) -> None:
        far = f"{number(done)} of " if done else ""
        sentence = f"{self._verb} {far}{number(self._total)} recordings…"
        self._notices.say(_KEY, sentence, action="Stop", act=self._stop)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()


KEEP_EVERY = 2000
"""Milliseconds after which what was heard is kept: a crash costs no more than that."""

Key = tuple[str, str]


class MarksJourney(QObject):
    """Reads and writes the person's marks of the current row and of the recording that plays."""

    marked = Signal()
    """A star or a note was given, changed or taken away, or a recording was heard."""

    def __init__(
        self,
        session: Session,
        pane: ListingPane,
        inspector: Inspector,
        waveform: Waveform,
        listening: PlayerJourney,
        commands: Commands,
        notices: NoticeBar,
    ) -> None:
        super().__init__(inspector)
        self._session = session
        self._model = pane.model
        self._table = pane.table
        self._inspector = inspector
        self._waveform = waveform
        self._listening = listening
        self._notices = notices
        self._current: Recording | None = None
        self._playing: Recording | None = None
        self._position = 0.0
        self._heard: dict[Key, tuple[Recording, Spans]] = {}
        """Seconds that were heard and are not kept yet."""
        self._told: frozenset[Key] = frozenset()
        """Recordings of which it was told that they are heard, as they still are."""
        self._pinned: Sequence[Note] = ()
        """The notes that the waveform shows."""
        self._turn = asyncio.Lock()
        """Held by a note that is being written."""
        self._star_turn = asyncio.Lock()
        """Held while stars are given: two presses of S are a star and no star."""
        self._writes = 0
        self._timer = QTimer(self, interval=KEEP_EVERY)
        self._timer.timeout.connect(self._keep_soon)
        notes = inspector.notes
        self._table.chosen.connect(self._choose)
        commands.bind(STAR, lambda: self._write(self._star, self._star_turn))
        commands.bind(NOTE, inspector.write_note)
        notes.added.connect(self._add)
        notes.changed.connect(self._change)
        notes.removed.connect(self._remove)
        notes.sought.connect(self._seek)
        notes.left.connect(self._table.setFocus)
        waveform.note_chosen.connect(self._show_note)
        listening.began.connect(lambda recording, _media: self._follow(recording))
        listening.stopped.connect(lambda: self._follow(None))
        listening.moved.connect(self._be_at)
        listening.heard.connect(self._note_heard)

    async def close(self) -> None:
        """Finish what is being written, and keep what was heard and is not kept yet."""
        self._timer.stop()
        for each in range(1, self._writes + 1):
            await self._session.jobs.wait(f"write {each}")
        await self._session.jobs.wait("heard")
        await self._keep()

    # The player

    def _follow(self, recording: Recording | None) -> None:
        self._playing = recording
        self._told = frozenset()
        self._pinned = ()
        self._position = 0.0
        if recording is not None:
            self._session.jobs.start("marks of what plays", self._show_playing(recording))
        self._show_place()

    def _be_at(self, seconds: float) -> None:
        self._position = seconds
        if self._shown_plays():
            self._show_place()

    def _note_heard(self, recording: Recording, start: float, end: float) -> None:
        _, spans = self._heard.get(recording.key, (recording, Spans()))
        self._heard[recording.key] = (recording, spans.add(start, end))
        if not self._timer.isActive():
            self._timer.start()

    # What is shown

    def _choose(self) -> None:
        recording = self._model.recording(self._table.currentIndex().row())
        if recording is None:
            self._current = None
        elif self._current is None or recording.key != self._current.key:
            self._current = recording
            self._inspector.notes.begin(None)
            self._session.jobs.start("marks", self._show_current(recording))
        self._show_place()

    async def _show_current(self, recording: Recording) -> None:
        marks = await self._read(recording)
        if recording == self._current:
            self._inspector.show_notes(marks.notes)

    async def _show_playing(self, recording: Recording) -> None:
        marks = await self._read(recording)
        if recording == self._playing:
            self._show_on_waveform(marks)

    def _show_on_waveform(self, marks: Marks) -> None:
        self._pinned = marks.notes
        self._waveform.show_heard(marks.heard)
        self._waveform.show_notes(
            tuple((note.id, note.at, note.text) for note in marks.notes if note.at is not None)
        )

    async def _read(self, recording: Recording) -> Marks:
        (marks,) = await self._session.catalogue.marks.read([recording])
        self._model.show_marks({recording.key: marks})
        return marks

    async def _read_again(self, recordings: Sequence[Recording]) -> None:
        """Show the marks of these recordings anew, wherever they are shown."""
        found = await self._session.catalogue.marks.read(recordings)
        self._model.show_marks({each.key: marks for each, marks in zip(recordings, found, strict=True)})
        for recording, marks in zip(recordings, found, strict=True):
            if self._current is not None and recording.key == self._current.key:
                self._inspector.show_notes(marks.notes)
            if self._playing is not None and recording.key == self._playing.key:
                self._show_on_waveform(marks)

    def _shown_plays(self) -> bool:
        return (
            self._current is not None and self._playing is not None and self._current.key == self._playing.key
        )

    def _show_place(self) -> None:
        self._inspector.notes.show_place(self._position if self._shown_plays() else None)

    # What the person does

    async def _star(self) -> None:
        """Star what is selected, or else the current row; take the stars away if all of it has one."""
        stars, ids = self._session.catalogue.marks, self._table.meant_ids()
        on = not await stars.all_starred(ids)
        progress = StarProgress(self._notices, len(ids), asyncio.current_task(), on=on)
        try:
            await stars.star(ids, on=on, told=progress.tell)
        finally:
            progress.close()
        which = "" if len(ids) == 1 else f" {count(len(ids), 'recording')}"
        announce(self._table, f"Starred{which}" if on else f"Star taken away{which and ' from'}{which}")
        shown = {each.key: each for each in self._model.in_memory}
        shown |= {each.key: each for each in (self._current, self._playing) if each is not None}
        await self._read_again(list(shown.values()))

    def _add(self, text: str, at: float | None) -> None:
        if self._current is not None:
            self._write(partial(self._keep_note, self._current, text, at))
        self._show_place()

    async def _keep_note(self, recording: Recording, text: str, at: float | None) -> None:
        await self._session.catalogue.marks.add_note(recording, text, at)
        announce(self._inspector, "Note kept" if at is None else f"Note kept at {spoken_time(at)}")
        await self._read_again([recording])

    def _change(self, note: int, text: str) -> None:
        if self._current is not None:
            self._write(partial(self._keep_change, self._current, note, text))

    async def _keep_change(self, recording: Recording, note: int, text: str) -> None:
        await self._session.catalogue.marks.change_note(note, text)
        announce(self._inspector, "Note changed")
        await self._read_again([recording])

    def _remove(self, note: int) -> None:
        if self._current is not None:
            self._write(partial(self._keep_removal, self._current, note))

    async def _keep_removal(self, recording: Recording, note: int) -> None:
        await self._session.catalogue.marks.remove_note(note)
        announce(self._inspector, "Note removed")
        await self._read_again([recording])

    def _write(
        self, work: Callable[[], Coroutine[object, object, None]], turn: asyncio.Lock | None = None
    ) -> None:
        """Write in the background under a name of its own: no later one may take its place."""
        self._writes += 1
        self._session.jobs.start(f"write {self._writes}", self._in_turn(work, turn or self._turn))

    async def _in_turn(self, work: Callable[[], Coroutine[object, object, None]], turn: asyncio.Lock) -> None:
        async with turn:
            await work()
        self.marked.emit()

    def _seek(self, seconds: float) -> None:
        if not self._shown_plays() and self._table.current_id is not None:
            self._listening.open(self._table.current_id)
        self._listening.seek(seconds)

    def _show_note(self, note: int) -> None:
        place = next((each.at for each in self._pinned if each.id == note), None)
        if place is not None:
            self._listening.seek(place)

    def _keep_soon(self) -> None:
        if not self._heard:
            self._timer.stop()
        elif not self._session.jobs.running("heard"):
            self._session.jobs.start("heard", self._keep())

    async def _keep(self) -> None:
        waiting, self._heard = self._heard, {}
        for recording, spans in waiting.values():
            await self._session.catalogue.marks.keep_heard(recording, spans)
        await self._read_again([recording for recording, _ in waiting.values()])
        if not self._told.issuperset(waiting):
            # Not every two seconds: whoever counts what is heard begins anew.
            self._told = frozenset(waiting)
            self.marked.emit()
