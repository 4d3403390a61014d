"""A pane at a side of the rows: there where there is room for it, or where the person wants it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from playhead.ui.look.announcing import announce
from playhead.ui.shell.actions import Action


class SidePane:
    """One pane that the person shows and hides.

    Their choice is remembered twice: for a window with room for the pane, where it is there unless they hide
    it, and for one without, where it is not there unless they show it.
    """

    def __init__(self, place: QWidget, shows: Action, home: QWidget) -> None:
        """`home` gets the focus if the pane goes while it has it."""
        self.place = place
        """The pane itself."""
        self.shows = shows
        """The action that shows and hides it."""
        self.wanted = True
        """Whether the person wants it where there is room."""
        self.insisted = False
        """Whether they want it where there is none."""
        self._home = home
        self._narrow = False

    def choose(self, *, shown: bool) -> None:
        """Show or hide it, and remember that for a window like this one."""
        if self._narrow:
            self.insisted = shown
        else:
            self.wanted = shown
        self._show()

    def turn(self) -> None:
        """Hide it if it is shown, show it if it is hidden; a screen reader says which."""
        self.choose(shown=self.place.isHidden())
        announce(self._home, f"{self.shows.title} {'hidden' if self.place.isHidden() else 'shown'}")

    def restore(self, *, wanted: bool, insisted: bool) -> None:
        """Take up what was chosen in an earlier run."""
        self.wanted, self.insisted = wanted, insisted
        self._show()

    def fit(self, *, narrow: bool) -> None:
        """Tell whether the window is too narrow for it."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._show()

    def _show(self) -> None:
        shown = self.insisted if self._narrow else self.wanted
        focused = QApplication.focusWidget()
        if not shown and focused is not None and self.place.isAncestorOf(focused):
            self._home.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.place.isHidden() is shown:
            self.place.setVisible(shown)
