"""One Playhead per profile."""

import logging
import socket
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playhead.core.errors import ProfileInUse

if TYPE_CHECKING:
    from filelock import BaseFileLock

_log = logging.getLogger(__name__)

HOLDER = "-holder"
"""Ends the name of the file that stands in for a lock where there are none; it names computer and process."""
_PATIENCE = 0.5
"""Seconds in which what a process that is no more has left there is cleared away."""


@contextmanager
def held(lock: Path) -> Iterator[bool]:
    """Hold `lock` for as long as the context lasts; raises `ProfileInUse` if another process holds it.

    The operating system lets go of it when a process ends, however it ends. Where a folder has no locks, as
    some that are shared by computers, a file stands in for it: one of a process of this computer that is no
    more does not count, and of another computer nobody can know (`reason` `elsewhere`). Gives False where the
    folder cannot be written: two programs cannot write there either.
    """
    from filelock import FileLock, SoftFileLock

    holder = lock.with_name(lock.name + HOLDER)
    with ExitStack() as stack:
        try:
            _take(FileLock(lock, timeout=0, mode=0o600, fallback_to_soft=False), stack)
        except ProfileInUse:
            raise
        except (OSError, NotImplementedError) as error:
            _log.info("no lock can be had: %s", type(error).__name__)
            guard = SoftFileLock(holder, timeout=_PATIENCE, mode=0o600)
            try:
                _take(guard, stack)
            except ProfileInUse:
                raise ProfileInUse(reason="" if _here(holder) else "elsewhere") from None
            except OSError as closed:
                _log.info("profile cannot be locked: %s", type(closed).__name__)
                yield False
                return
        yield True


def _take(guard: "BaseFileLock", stack: ExitStack) -> None:
    from filelock import Timeout

    try:
        with warnings.catch_warnings(action="ignore"):
            guard.acquire()
    except Timeout as busy:
        raise ProfileInUse from busy
    stack.callback(guard.release)


def _here(holder: Path) -> bool:
    """Tell whether the process that a file names is one of this computer."""
    try:
        named = holder.read_text(encoding="utf-8", errors="replace")[:1000].splitlines()
    except OSError:
        return True
    return len(named) > 1 and named[1].startswith(socket.gethostname())
