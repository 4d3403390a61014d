"""Event loop of the window: asyncio on that of Qt."""

import asyncio
import sys
import time
from collections import deque
from collections.abc import Callable
from contextvars import Context

import qasync
from PySide6.QtCore import QObject, Qt, QTimerEvent, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import TypeVarTuple, Unpack, override

Ts = TypeVarTuple("Ts")

_LONGEST = 0.004
"""Seconds for which callbacks run in one turn; then Qt has its own, for keys and painting."""
_HANDED_ON = 0.0005
"""Seconds after which a thread that works hands the interpreter on to one that waits for it."""


class WindowLoop(qasync.QEventLoop):  # type: ignore[misc] # without types
    """An event loop that wakes Qt once for all that is ready.

    qasync starts and ends a timer of Qt for each callback, which costs more than most callbacks do.

    While it is open, threads hand the interpreter on sooner than Python has them do (5 ms): the window gives
    it away at many a call of Qt, connections at every packet, and each waits for whoever reads a page.
    """

    def __init__(self, app: QApplication) -> None:
        self._ready: deque[asyncio.Handle] = deque()
        self._waking = _Waking()
        self._waking.woken.connect(self._turn)
        self._waking.rung.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._is_rung = False
        self._handed_on_before = sys.getswitchinterval()
        super().__init__(app)
        sys.setswitchinterval(_HANDED_ON)

    @override
    def call_soon(
        self,
        callback: Callable[[Unpack[Ts]], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """Call `callback` in one of the next turns, in the order in which callbacks were given."""
        handle = asyncio.Handle(callback, args, self, context=context)
        self._ready.append(handle)
        self._waking.wake()
        return handle

    @override
    def call_soon_threadsafe(
        self,
        callback: Callable[[Unpack[Ts]], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """The same from any thread; nothing happens when the loop is closed."""
        handle = asyncio.Handle(callback, args, self, context=context)
        self._ready.append(handle)
        if not self._is_rung:
            self._is_rung = True
            self._waking.ring()
        return handle

    @override
    def close(self) -> None:
        """Call nothing any more."""
        super().close()
        sys.setswitchinterval(self._handed_on_before)
        self._ready.clear()
        self._waking.rest()

    def _answer(self) -> None:
        # First, so that what other threads add from here on rings again.
        self._is_rung = False
        self._turn()

    def _turn(self) -> None:
        until = time.monotonic() + _LONGEST
        # What is added meanwhile waits for the next turn: what it asks for is laid out and painted by then.
        for _ in range(len(self._ready)):
            if not self._ready or self.is_closed():
                break
            handle = self._ready.popleft()
            if self._ready:
                # A loop within this callback, as while something is dragged, goes on with the others.
                self._waking.wake()
            if not handle.cancelled():
                handle._run()  # noqa: SLF001 - what asyncio's own loops do
            if time.monotonic() > until:
                break
        if self._ready:
            self._waking.wake()
        else:
            self._waking.rest()


class _Waking(QObject):
    """Source that wakes the loop: a timer of Qt that is due at once, or a signal from another thread."""

    woken = Signal()
    rung = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._timer = 0

    def wake(self) -> None:
        """Tell `woken` when Qt has had its turn."""
        if not self._timer:
            self._timer = self.startTimer(0)

    def ring(self) -> None:
        """Tell `rung` in the loop's own thread, soon; from any thread."""
        self.rung.emit()

    def rest(self) -> None:
        """Tell it no more."""
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0

    @override
    def timerEvent(self, event: QTimerEvent) -> None:
        # Ended first: Qt never fires a timer within its own event, as a loop within a callback needs.
        self.rest()
        self.woken.emit()
