"""Keys in tool tips: what a button does can be done by key, and the tip says by which now."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from playhead.ui.shell.actions import Action
from playhead.ui.shell.commands import Commands

Keyed = tuple[QWidget, tuple[Action, ...]]
"""A control, and the actions that do by key what it does."""


class KeyTips(QObject):
    """Adds the keys of actions to the tool tips of controls, as they are when the tip is shown."""

    def __init__(self, commands: Commands, controls: Iterable[Keyed]) -> None:
        super().__init__(commands)
        self._commands = commands
        self._actions: dict[QObject, tuple[Action, ...]] = {}
        for control, actions in controls:
            self._actions[control] = actions
            control.installEventFilter(self)

    def tip(self, control: QWidget) -> str:
        """The tool tip of a control, with its keys."""
        actions = self._actions[control]
        keys = " · ".join(key for key in map(self._commands.key, actions) if key)
        text = control.toolTip() or actions[0].title.removesuffix("…")
        return f"{text} ({keys})" if keys else text

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QHelpEvent)
            and event.type() is QEvent.Type.ToolTip
            and isinstance(watched, QWidget)
        ):
            QToolTip.showText(event.globalPos(), self.tip(watched), watched)
            return True
        return super().eventFilter(watched, event)
