"""Tab order of what comes later than the window: Qt puts it at the end, wherever it stands."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stop_in_place(holder: QWidget, stops: Iterable[QWidget]) -> None:
    """Let Tab come by `stops`, which are in `holder`, in this order, after what stands before `holder`."""
    before = _stop_before(holder)
    for stop in stops:
        if before is not None:
            QWidget.setTabOrder(before, stop)
        before = stop


def come_by(part: QWidget, before: QWidget) -> None:
    """Let Tab come by what is in `part`, in its own order, right after `before`."""
    stops, each = list[QWidget](), part.nextInFocusChain()
    while each is not None and part.isAncestorOf(each):
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            stops.append(each)
        each = each.nextInFocusChain()
    for stop in stops:
        QWidget.setTabOrder(before, stop)
        before = stop


def _stop_before(holder: QWidget) -> QWidget | None:
    """Widget at which Tab stops before it comes to `holder`."""
    found = holder.previousInFocusChain()
    while found is not None and found is not holder:
        if not holder.isAncestorOf(found) and found.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            return found
        found = found.previousInFocusChain()
    return None
