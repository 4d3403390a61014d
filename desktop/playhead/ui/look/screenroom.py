"""Room on the screen: no window or dialog is larger than what can be seen of it."""

from typing import Final, cast

from PySide6.QtCore import QMargins, QRect, QSize
from PySide6.QtGui import QScreen, QWindow
from PySide6.QtWidgets import QWidget

_FRAME: Final = QMargins(8, 32, 8, 8)
"""Pixels that a window system puts around a window, as long as it has not said how many."""


def framed(wanted: QSize, frame: QMargins, available: QRect) -> QRect:
    """Geometry of a window in the middle of `available`: `wanted`, less what has no room within its frame."""
    inner = available.marginsRemoved(frame)
    size = wanted.boundedTo(inner.size())
    left = inner.left() + (inner.width() - size.width()) // 2
    top = inner.top() + (inner.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())


def room_for(window: QWidget) -> QSize:
    """Largest size, without its frame, of a window on the screen that it is on or will appear on."""
    return _screen(window).availableGeometry().marginsRemoved(_frame(window)).size()


def put_on_screen(window: QWidget, wanted: QSize) -> None:
    """Put a window into the middle of its screen, `wanted` large as far as there is room."""
    window.setGeometry(framed(wanted, _frame(window), _screen(window).availableGeometry()))


def pull_in(window: QWidget) -> None:
    """Move and shrink a window as little as is needed for all of it, with its frame, to be seen."""
    inner = _screen(window).availableGeometry().marginsRemoved(_frame(window))
    now = window.geometry()
    size = now.size().boundedTo(inner.size())
    left = max(inner.left(), min(now.left(), inner.right() + 1 - size.width()))
    top = max(inner.top(), min(now.top(), inner.bottom() + 1 - size.height()))
    wanted = QRect(left, top, size.width(), size.height())
    if wanted != now:
        window.setGeometry(wanted)


def _screen(window: QWidget) -> QScreen:
    """The screen of a window; of one that is not shown yet, that of the window which it belongs to."""
    parent = window.parentWidget()
    return (window if parent is None or window.isVisible() else parent.window()).screen()


def _frame(window: QWidget) -> QMargins:
    # The stubs forget that a window has no handle before it is shown.
    handle = cast("QWindow | None", window.windowHandle())
    known = handle.frameMargins() if handle is not None else QMargins()
    return _FRAME if known.isNull() else known
