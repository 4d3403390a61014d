"""One export in the transfers panel: a slim line that unfolds to its files."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from playhead.core.exports.engine.progress import Progress
from playhead.core.exports.plan import Plan
from playhead.core.exports.report import Outcome, State
from playhead.core.figures import number
from playhead.core.stores import Brief
from playhead.ui.exports.transferbuttons import Act, Seal, TransferButtons
from playhead.ui.exports.transferfiles import FileState, TransferFiles
from playhead.ui.exports.transferlist import TransferList
from playhead.ui.look.announcing import announce, spoken
from playhead.ui.look.controls import call, tool_button
from playhead.ui.look.icons import IconLabel, Icons
from playhead.ui.look.labels import PlainLabel
from playhead.ui.wording.exportwords import how_far, paused
from playhead.ui.wording.words import count

_STEPS: Final = 1000
_INDENT: Final = 36
"""Pixels: below the name, as the list is."""


class Phase(StrEnum):
    """Phase of an export."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    INTERRUPTED = "interrupted"
    """Playhead ended before it did; it can be continued."""
    ENDED = "ended"


_MARKS: Final = {
    Phase.QUEUED: ("clock", "dim"),
    Phase.RUNNING: ("export", "accent"),
    Phase.PAUSED: ("pause", "attention"),
    Phase.STOPPING: ("stop", "dim"),
    Phase.INTERRUPTED: ("warning", "attention"),
    Phase.ENDED: ("check", "good"),
}
_ACTS: Final[Mapping[Phase, frozenset[Act]]] = {
    Phase.QUEUED: frozenset({Act.CANCEL}),
    Phase.RUNNING: frozenset({Act.PAUSE, Act.CANCEL}),
    Phase.PAUSED: frozenset({Act.RESUME, Act.CANCEL}),
    Phase.STOPPING: frozenset({Act.CANCEL}),
    Phase.INTERRUPTED: frozenset({Act.CONTINUE, Act.DISMISS}),
    Phase.ENDED: frozenset({Act.DISMISS}),
}
"""What can be done with it there; what has ended may also be tried again."""


class Transfer(QWidget):
    """Name, state, bar and buttons of one export; its files by state while it is unfolded.

    What was settled is told once, by its place in the plan, and is kept here. An export of an earlier run of
    the program is shown by its `Brief` first, and by its files when somebody looks at them.
    """

    acted = Signal(object)
    """The `Act` that is asked for; after `Act.READ`, `show_files` is wanted."""
    cancel_one_asked = Signal(int)
    """One file is no longer wanted: its place in the plan."""
    unfolded = Signal()

    def __init__(self, plan: Plan, icons: Icons, *, folder: Path | None = None) -> None:
        """`folder` is what is handed on, if that is not the folder of the plan."""
        super().__init__()
        self._folder = folder or plan.folder
        self._number = len(plan.files)
        self._brief = False
        self._icons = icons
        self._phase = Phase.QUEUED
        self._retryable = 0
        self.files = TransferFiles(plan, self)
        """What became of each file so far."""
        self._list = TransferList(self.files)
        self._list.cancel_asked.connect(self._ask_cancel_some)
        self._list.hide()
        self._seal = Seal("SHA-256 of SHA256SUMS")
        self._seal.setContentsMargins(_INDENT, 0, 8, 0)
        self._fold = tool_button(icons.get("chevron-right"), "Show the files")
        self._fold.setObjectName("unfoldTransferButton")
        self._fold.clicked.connect(self._turn)
        self._mark = IconLabel(icons.get("clock", "dim"))
        self._name = PlainLabel(self.folder_name, role="title", mode=Qt.TextElideMode.ElideMiddle)
        # At the left whatever script the name is in: the lines are one list.
        self._name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self._sentence = PlainLabel(role="small")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the export")
        self._buttons = TransferButtons(icons)
        self._buttons.acted.connect(self._act)
        self.stops: tuple[QWidget, ...] = (
            self._fold,
            *self._buttons.stops,
            *self._seal.stops,
            *self._list.stops,
        )
        """Where Tab stops, in order."""
        self._lay_out()
        self._arrange()
        self.show_queued()

    @property
    def phase(self) -> Phase:
        """Phase in which it is."""
        return self._phase

    @property
    def sentence(self) -> str:
        """Sentence that it shows."""
        return self._sentence.whole

    @property
    def folder_name(self) -> str:
        """Name of the export's folder."""
        return self._folder.name or str(self._folder)

    def show_queued(self) -> None:
        """It is to run when the exports before it have ended; what failed before is tried again."""
        self.files.wait_again()
        self._list.begin()
        self.show_seal("")
        self._enter(Phase.QUEUED, f"{count(self._number, 'file')} · waiting for its turn")

    def show_progress(self, progress: Progress, outcomes: Mapping[int, Outcome] | None = None) -> None:
        """It runs, or pauses as `progress.paused` says; `outcomes` are those of `progress.changed`."""
        if outcomes:
            self.files.settle(outcomes)
        self.files.run(progress.running)
        self._bar.setValue(round(_share(progress) * _STEPS))
        if self._phase is Phase.STOPPING:
            return
        phase = Phase.PAUSED if progress.paused else Phase.RUNNING
        if phase is not self._phase:
            self._list.begin()
        self._enter(phase, paused(progress) if progress.paused else how_far(progress))

    def show_stopping(self) -> None:
        """It was asked to end, and finishes what it must."""
        self._enter(Phase.STOPPING, "Stopping…")

    def show_brief(self, brief: Brief, sentence: str = "") -> None:
        """It is of an earlier run of the program: ended as `sentence` says, or it can be continued."""
        self._number = brief.files
        self._brief = True
        if brief.ended:
            self._end(
                sentence,
                retryable=brief.retryable,
                failed=brief.states.get(State.FAILED, 0),
                trouble=brief.retryable > 0 or brief.states.get(State.DOUBTFUL, 0) > 0,
            )
            return
        done, total = brief.here, brief.files
        self._bar.setValue(round(done / total * _STEPS) if total else 0)
        self._enter(Phase.INTERRUPTED, f"Interrupted: {number(done)} of {count(total, 'file')} are there")

    def show_files(self, plan: Plan, outcomes: Mapping[int, Outcome]) -> None:
        """Take in the files of an export that was shown by its brief."""
        self._number = len(plan.files)
        self._brief = False
        self.files.begin(plan)
        self.files.settle(outcomes)
        if self._phase is Phase.ENDED:
            self.files.end()
            self._list.end()
        if not self._list.isHidden():
            self._list.show_state(self._interesting())

    def show_result(
        self, sentence: str, outcomes: Mapping[int, Outcome], *, retryable: int = 0, trouble: bool = False
    ) -> None:
        """It has ended, as `sentence` says.

        `retryable` files can be tried again. With `trouble` it needs a look although no file failed.
        """
        self.files.settle(outcomes)
        self.files.end()
        self._list.end()
        self._end(sentence, retryable=retryable, failed=self.files.count(FileState.FAILED), trouble=trouble)
        if not self._list.isHidden() and not self.files.rowCount():
            # Nobody can look at files that run or wait any more.
            self._list.show_state(self._interesting())

    def show_seal(self, digest: str) -> None:
        """Tell the sum of its list of sums to who unfolds it; an empty one is none."""
        self._seal.show_sum(digest, self.folder_name)
        self._seal.setVisible(self._seal.known and not self._list.isHidden())

    def _end(self, sentence: str, *, retryable: int, failed: int, trouble: bool) -> None:
        self._retryable = retryable
        self._buttons.name_retry(
            f"Retry {number(retryable)} failed" if retryable <= failed else f"Fetch {number(retryable)} more"
        )
        self._enter(Phase.ENDED, sentence)
        self._arrange()
        if failed or trouble:
            self._mark.show_icon(self._icons.get("warning", "attention"))

    def unfold(self, state: FileState | None = None) -> None:
        """Show the files: those in `state`, else those that are of most interest now."""
        self._list.show_state(self._interesting() if state is None else state)
        if self._list.isHidden():
            self._list.show()
            self._seal.setVisible(self._seal.known)
            self._fold.setIcon(self._icons.get("chevron-down", "dim"))
            call(self._fold, "Hide the files")
            self.unfolded.emit()
        if self._brief:
            self.acted.emit(Act.READ)

    def fold(self) -> None:
        """Put the files away."""
        self._list.hide()
        self._seal.hide()
        self._fold.setIcon(self._icons.get("chevron-right", "dim"))
        call(self._fold, "Show the files")

    def _interesting(self) -> FileState:
        if self._phase in {Phase.RUNNING, Phase.PAUSED, Phase.STOPPING}:
            return FileState.RUNNING
        order = (
            FileState.FAILED,
            FileState.DOUBTFUL,
            FileState.LEFT,
            FileState.WAITING,
            FileState.SKIPPED,
        )
        return next((state for state in order if self.files.count(state)), FileState.DONE)

    def _enter(self, phase: Phase, sentence: str) -> None:
        before, changed = self._phase, phase is not self._phase
        self._phase = phase
        self._sentence.show_text(sentence)
        self.setAccessibleName(f"Export {self._name.whole}")
        self.setAccessibleDescription(self._sentence.whole)
        if changed:
            self._arrange()
        if changed:
            self._announce(before)

    def _arrange(self) -> None:
        self._mark.show_icon(self._icons.get(*_MARKS[self._phase]))
        self._bar.setVisible(self._phase is not Phase.ENDED)
        acts = _ACTS[self._phase]
        if self._phase is Phase.ENDED and self._retryable:
            acts = acts | {Act.RETRY}
        self._buttons.offer(acts, stopping=self._phase is Phase.STOPPING)

    def _announce(self, before: Phase) -> None:
        """Let a screen reader say what changed; one of an earlier run is only shown."""
        match self._phase:
            case Phase.RUNNING:
                announce(
                    self, f"Export {'goes on' if before is Phase.PAUSED else 'begun'}: {self.folder_name}"
                )
            case Phase.PAUSED:
                announce(self, f"Export paused: {spoken(self.sentence)}")
            case Phase.ENDED if not self._brief:
                announce(self, f"Export ended: {spoken(self.sentence)}")
            case _:
                pass

    def _turn(self) -> None:
        if self._list.isHidden():
            self.unfold()
        else:
            self.fold()

    def _act(self, act: Act) -> None:
        if act is Act.CANCEL:
            self.show_stopping()
        self.acted.emit(act)

    def _ask_cancel_some(self, places: Sequence[int]) -> None:
        for place in places:
            self.cancel_one_asked.emit(place)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(self._sentence)
        words.addWidget(self._bar)
        line = QHBoxLayout()
        line.setContentsMargins(8, 5, 8, 5)
        line.setSpacing(6)
        line.addWidget(self._fold)
        line.addWidget(self._mark)
        line.addLayout(words, 1)
        line.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._seal)
        column.addWidget(self._list)


def _share(progress: Progress) -> float:
    """Share that is done, 0 to 1: by bytes where their number is known, else by files."""
    if progress.expected:
        return min(1.0, progress.arrived / progress.expected)
    return min(1.0, progress.done / progress.files) if progress.files else 0.0
