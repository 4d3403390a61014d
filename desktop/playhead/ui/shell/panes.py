"""Panes of the window: a key for each, two from one to the next, and one to hide each at the sides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from playhead.ui.shell.actions import NEXT_PANE, PREVIOUS_PANE, Action, Need
from playhead.ui.shell.commands import Commands
from playhead.ui.shell.sidepane import SidePane


@dataclass(frozen=True, slots=True, eq=False)
class Pane:
    """One part of the window that the keyboard can go to."""

    place: QWidget
    go: Action
    entry: QWidget | None = None
    """What takes the focus, if it is not the first control."""
    side: SidePane | None = None
    """Shows and hides the pane, where the person may."""

    @property
    def stops(self) -> Iterator[QWidget]:
        """Widgets that can take the focus now, those that are meant to first."""
        every = [self.place, *self.place.findChildren(QWidget)]
        first = [self.entry] if self.entry is not None else []
        for each in [*first, *_in_tab_order(every)]:
            if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield each

    def has(self, widget: QWidget | None) -> bool:
        """True if the pane is or holds `widget`."""
        return widget is not None and (self.place is widget or self.place.isAncestorOf(widget))


class Panes(QObject):
    """Takes the keyboard from pane to pane, in the order of the screen."""

    def __init__(self, commands: Commands, panes: Sequence[Pane]) -> None:
        """Pass `panes` in the order of the screen."""
        super().__init__(commands)
        self._commands = commands
        self._panes = panes
        for pane in panes:
            commands.bind(pane.go, partial(self._go, pane))
            pane.place.installEventFilter(self)
            if pane.side is not None:
                commands.bind(pane.side.shows, pane.side.turn)
                commands.tick(pane.side.shows, on=not pane.place.isHidden())
            elif pane.go.need is not Need.LIST:
                commands.allow(pane.go.need, met=pane.place.isVisible())
        commands.bind(NEXT_PANE, partial(self._step, 1))
        commands.bind(PREVIOUS_PANE, partial(self._step, -1))

    @property
    def hidden(self) -> tuple[str, ...]:
        """Names of the actions whose panes the person has hidden, for the settings."""
        return tuple(side.shows.key for side in self._sides if not side.wanted)

    @property
    def insisted(self) -> tuple[str, ...]:
        """Names of those that the person wants where there is no room for them, for the settings."""
        return tuple(side.shows.key for side in self._sides if side.insisted)

    def restore(self, hidden: Sequence[str], insisted: Sequence[str]) -> None:
        """Show and hide the panes as `hidden` and `insisted` said."""
        for side in self._sides:
            side.restore(wanted=side.shows.key not in hidden, insisted=side.shows.key in insisted)

    @property
    def _sides(self) -> list[SidePane]:
        return [pane.side for pane in self._panes if pane.side is not None]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            for pane in self._panes:
                if pane.place is watched:
                    self._tell(pane, shown=event.type() is QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)

    def _tell(self, pane: Pane, *, shown: bool) -> None:
        if pane.side is not None:
            self._commands.tick(pane.side.shows, on=shown)
        elif pane.go.need is not Need.LIST:
            self._commands.allow(pane.go.need, met=shown)

    def _go(self, pane: Pane) -> None:
        if pane.side is not None:
            pane.side.choose(shown=True)
        self._enter(pane)

    def _enter(self, pane: Pane) -> bool:
        stop = next(pane.stops, None)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        return stop is not None

    def _step(self, by: int) -> None:
        focused = QApplication.focusWidget()
        here = next((place for place, pane in enumerate(self._panes) if pane.has(focused)), None)
        start = here if here is not None else -1 if by > 0 else 0
        for distance in range(1, len(self._panes) + 1):
            pane = self._panes[(start + by * distance) % len(self._panes)]
            if pane.place.isVisible() and self._enter(pane):
                return


def _in_tab_order(widgets: Sequence[QWidget]) -> list[QWidget]:
    """The same in the order in which Tab comes by them."""
    wanted, found = set(widgets), []
    each: QWidget = widgets[0]
    for _ in range(2000):
        if each in wanted:
            found.append(each)
        following = each.nextInFocusChain()
        if following is None or following is widgets[0]:
            break
        each = following
    return found
