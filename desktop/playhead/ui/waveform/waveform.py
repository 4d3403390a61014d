"""The shape of the sound: one lane per channel, a time ruler, and the playhead that can be dragged."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from playhead.core.health.faults import Fault
from playhead.core.marks import Spans
from playhead.core.peaks import Peaks
from playhead.ui.look.announcing import announce
from playhead.ui.look.labels import plain
from playhead.ui.look.theme import Theme
from playhead.ui.waveform.sight import LEAD, Sight
from playhead.ui.waveform.timescale import HEIGHT, TimeScale
from playhead.ui.waveform.waveformhand import Hand
from playhead.ui.waveform.waveformkeys import LEAP, STEP, action_of
from playhead.ui.waveform.waveformmarks import Pin, SaidMark, loop_strip
from playhead.ui.waveform.waveformpainting import (
    LOADING,
    Placeholder,
    WaveformPainting,
    head_region,
    hover_region,
)
from playhead.ui.waveform.waveformranges import Loop, View
from playhead.ui.wording import faultwords

EMPTY: Final = "Nothing is playing. Choose a recording and press Enter."


class Waveform(QAbstractSlider):
    """Shows peaks as they grow, where in them the player is, and what the person marked.

    For a screen reader it is a slider of whole seconds, described by its position in words. While it has the
    focus and plays on, nothing is told until the person does something: nobody hears a recording beside a
    voice that counts its seconds.

    Times are seconds of the recording. What the person marks is shown at once and signalled; what the
    program shows is not signalled back.
    """

    sought = Signal(float)
    loop_chosen = Signal(float, float)
    """The person marked a range to be played again and again."""
    loop_cleared = Signal()
    """The person took that range away."""
    loop_changed = Signal()
    """`loop` is another than before, whoever changed it."""
    resolution_changed = Signal(float)
    """`resolution` is another."""
    note_chosen = Signal(int)
    """The id of the note whose pin was clicked, or gone to by key."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._placeholder: Placeholder | None = Placeholder(EMPTY)
        self.sight = Sight()
        """State that is shown; the show methods change it."""
        self._hand = Hand(self)
        self._painting = WaveformPainting()
        self.resolution = 0.0
        """Seconds that a pixel lasts; of what is less nobody sees anything."""
        self._ringed = False
        """True while the focus came by key, and its ring is drawn."""
        self.setObjectName("waveform")
        self.setAccessibleName("Waveform")
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setSingleStep(round(STEP))
        self.setPageStep(round(LEAP))
        self.valueChanged.connect(self.seek)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The right button marks a range; systems that open menus when it goes down must not take it.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        theme.changed.connect(self._redraw)
        self.describe()

    @property
    def sentence(self) -> str:
        """Sentence in place of a shape; empty while there is one."""
        return "" if self._placeholder is None else self._placeholder.sentence

    @property
    def duration(self) -> float:
        """Seconds of the whole recording: as stated, or as far as the peaks reach."""
        return self.sight.duration

    @property
    def position(self) -> float:
        """Seconds at which the playhead is drawn: where it is dragged to, else where the player is."""
        return self.sight.position

    @property
    def shaped(self) -> bool:
        """True while there are peaks to look at and to seek in."""
        return self._placeholder is None

    @property
    def scale(self) -> TimeScale:
        """The geometry of now."""
        return self.sight.scale(self.width(), self.devicePixelRatioF())

    @property
    def loop(self) -> Loop:
        """The range that is marked, or as much of it as is."""
        return self.sight.loop

    @property
    def view(self) -> tuple[float, float]:
        """The seconds at the left end and at the right end."""
        scale = self.scale
        return scale.first, scale.last

    # ---------------------------------------------------------------------------------- what is shown

    def begin(self) -> None:
        """Forget the last recording, with its marks and the zoom, and await another's media."""
        self._forget()
        self._show(LOADING)

    def show_empty(self, sentence: str = EMPTY) -> None:
        """Nothing is loaded; say what to do."""
        self._forget()
        self._show(Placeholder(plain(sentence)))

    def show_waiting(self, sentence: str) -> None:
        """Say that the recording waits, as nothing of it is loaded; peaks may follow."""
        self._show(Placeholder(plain(sentence)))

    def show_loading(self) -> None:
        """Media is on its way again; peaks that are there stay."""
        if not self.shaped:
            self._show(LOADING)

    def show_failed(self, sentence: str) -> None:
        """Nothing can be shown, and why."""
        self._show(Placeholder(plain(sentence), failed=True))

    def show_peaks(self, peaks: Peaks) -> None:
        """Show the peaks so far; call it again as they grow."""
        self.sight.arrived = peaks.duration
        self.sight.outline.take(peaks)
        self._placeholder = None
        self._redraw()
        self.describe()

    def show_duration(self, seconds: float) -> None:
        """Scale to the whole recording although only its beginning may have arrived."""
        if self.sight.stated != max(0.0, seconds):
            self.sight.stated = max(0.0, seconds)
            self._redraw()
            self.describe()

    def show_position(self, seconds: float) -> None:
        """Move the playhead; cheap enough for every tick of the player. A zoomed view follows it."""
        if seconds == self.sight.played:
            return
        scale, view = self.scale, self.sight.view
        whole, seen = int(self.sight.played), self._in_sight(scale)
        old, self.sight.played = self.position, max(0.0, seconds)
        if seen and not self._in_sight(scale) and not self._hand.holds:
            self.reveal()
        if self.sight.view is view:
            self._move_head(scale, old)
        plays_on = 0 <= int(self.sight.played) - whole <= 1
        if int(self.sight.played) != whole and not (plays_on and self.hasFocus()):
            self.describe()

    def show_loop(self, start: float | None, end: float | None, *, on: bool = True) -> None:
        """Show a range, or take it away; one that is not `on` is only shown, not played."""
        self.drag_loop(Loop(start=start, end=end if start is not None else None, on=on))

    def show_silences(self, silences: Spans) -> None:
        """Dim the lanes where nothing is to be heard."""
        if silences != self.sight.silences:
            self.sight.silences = silences
            self._redraw()

    def show_heard(self, heard: Spans) -> None:
        """Underline what was really played."""
        if heard != self.sight.heard:
            self.sight.heard = heard
            self.update(self.scale.heard)

    def show_notes(self, notes: Iterable[tuple[int, float, str]]) -> None:
        """Pin notes to their seconds: id, second and text of each."""
        pins = tuple(Pin(*note) for note in sorted(notes, key=lambda note: note[1]))
        if pins != self.sight.pins:
            self.sight.pins = pins
            self.update()

    def show_said(self, said: Iterable[SaidMark]) -> None:
        """Mark where it was said what the filter asks for."""
        marks = tuple(said)
        if marks != self.sight.said:
            self.sight.said = marks
            self.update()
            self.describe()

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Mark where the sound is clipped, damaged or breaks off."""
        if faults != self.sight.faults:
            self.sight.faults = faults
            self.update()
            self.describe()

    def describe(self) -> None:
        """Tell a screen reader the second that is heard, as value and in words."""
        shown = self._placeholder
        self.setAccessibleDescription(self.sight.words() if shown is None else shown.words)
        # It is no wish of the person's: nobody seeks.
        with QSignalBlocker(self):
            self.setMaximum(int(self.duration) if self._usable else 0)
            self.setValue(int(self.position))

    def reveal(self) -> None:
        """Move a zoomed view so that the playhead is in sight."""
        self.look(self.sight.view.revealing(self.sight.played, self.duration))

    # ------------------------------------------------------------------------------- what is asked for

    def look(self, view: View) -> None:
        """Look at another part."""
        if view != self.sight.view:
            self.sight.view = view
            self._redraw()
            self.describe()

    def seek(self, seconds: float) -> None:
        """Ask to play from a second, which is never outside the recording."""
        self._let_go()
        if self._usable:
            wanted = min(max(0.0, seconds), self.duration)
            self.show_position(wanted)
            self.describe()
            self.reveal()
            self.sought.emit(wanted)

    def drag_head(self, seconds: float) -> None:
        """Show the playhead at a second until one is sought."""
        before, self.sight.dragged = self.position, seconds
        self._move_head(self.scale, before)
        self.describe()

    def drag_loop(self, loop: Loop) -> None:
        """Show another loop, which is not chosen yet."""
        if loop == self.sight.loop:
            return
        for each in (self.sight.loop, loop):
            self.update(loop_strip(self.scale, each))
        self.update(self.scale.overview.adjusted(0, -3, 0, 3))
        self.sight.loop = loop
        self.describe()
        self.loop_changed.emit()

    def choose_loop(self, loop: Loop) -> None:
        """Take another loop, or what there is of it."""
        had = self.sight.loop.pair
        self.drag_loop(loop)
        if loop.pair is not None:
            self.loop_chosen.emit(*loop.pair)
        elif had is not None:
            self.loop_cleared.emit()

    def choose_note(self, identifier: int) -> None:
        """Ask for a note."""
        self.note_chosen.emit(identifier)

    def go_to_fault(self, by: int) -> None:
        """Ask to play from the next fault (1) or the one before (-1), and say what it is."""
        found = self.sight.fault_beside(by)
        if found is None:
            announce(self, "No fault is marked" if not self.sight.faults else "No further fault")
        elif self._usable:
            announce(self, faultwords.fault(found))
            self.seek(found.start - LEAD)

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Look closer by `factor`, or farther if it is below 1, at a second; without one at the playhead."""
        if self._usable:
            scale = self.scale
            centre = self.sight.played if scale.shows(self.sight.played) else scale.first + scale.span / 2
            self.look(self.sight.view.zoomed_by(factor, centre if at is None else at, self.duration))

    def mark_start(self) -> None:
        """Let the loop begin where the playhead is; it is one as soon as there is an end."""
        if self.shaped:
            self.choose_loop(self.sight.loop.started(self.position))

    def mark_end(self) -> None:
        """Let the loop end where the playhead is."""
        if self.shaped:
            self.choose_loop(self.sight.loop.ended(self.position))

    def clear_loop(self) -> None:
        """Take the marked range away."""
        if self.sight.loop.start is not None:
            self.drag_loop(Loop())
            self.loop_cleared.emit()

    # -------------------------------------------------------------------------------------- its ways

    @property
    def _usable(self) -> bool:
        return self.shaped and self.duration > 0

    def _let_go(self) -> None:
        if self.sight.dragged is not None:
            before, self.sight.dragged = self.position, None
            self._move_head(self.scale, before)

    def _forget(self) -> None:
        had = self.sight.loop
        self.sight = Sight(hovered=self.sight.hovered)
        if had != self.sight.loop:
            self.loop_changed.emit()

    def _show(self, placeholder: Placeholder) -> None:
        self._placeholder = placeholder
        self._hand.let_go()
        self.sight.dragged = None
        self._redraw()
        self.describe()

    def _redraw(self) -> None:
        self._painting.forget()
        self.update()
        if self.scale.resolution != self.resolution:
            self.resolution = self.scale.resolution
            self.resolution_changed.emit(self.resolution)

    def _in_sight(self, scale: TimeScale) -> bool:
        return scale.shows(min(self.sight.played, scale.duration))

    def _move_head(self, scale: TimeScale, old: float) -> None:
        """Draw the playhead anew that stood at the second `old`, if it is at another pixel now."""
        region = head_region(scale, old, self.position)
        if not region.isEmpty():
            self.update(region)

    # ------------------------------------------------------------------------------------ painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        scale, palette = self.scale, self._theme.palette
        with QPainter(self) as painter:
            if self._placeholder is None:
                self._painting.paint(painter, event.region(), scale, self.sight, palette, self.font())
            else:
                self._placeholder.paint(painter, scale.area, palette)
            if self._ringed:
                painter.setPen(palette.focus)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(scale.area).adjusted(-2.5, -2.5, 1.5, 1.5), 6, 6)

    # -------------------------------------------------------------------------------- mouse and keys

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._usable:
            self._hand.press(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand.move(event)
        if not self._hand.holds:
            ready = self._hand.cursor_at(event.position()) if self.shaped else Qt.CursorShape.ArrowCursor
            self.setCursor(ready)
        self._hover_at(round(event.position().x()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand.release(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._usable:
            self._hand.press_twice(event)

    def _hover_at(self, x: int | None) -> None:
        area = self.scale.area
        inside = self.shaped and x is not None and area.left() <= x <= area.right()
        before, self.sight.hovered = self.sight.hovered, x if inside else None
        for place in (before, self.sight.hovered):
            if place is not None:
                self.update(hover_region(self.scale, self.font(), place))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover_at(None)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.setAccepted(self._usable)
        if self._usable:
            self._hand.turn(event)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            tip = self._hand.tip_at(QPointF(event.pos())) if self.shaped else ""
            event.setAccepted(bool(tip))
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = action_of(event, zoomed=self.sight.view.zoomed) if self.shaped else None
        if action is None:
            # Not for the slider that it is: other keys are the window's.
            event.ignore()
        else:
            action(self)

    @override
    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Nothing: what is to be drawn anew is known better here."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.describe()
        self._ringed = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())
