"""Progress of starring very many recordings: a notice that can stop it."""

import asyncio

from playhead.core.figures import number
from playhead.ui.shell.notices import NoticeBar

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
