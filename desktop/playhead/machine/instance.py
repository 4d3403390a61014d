"""One Playhead per profile."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhead.core.errors import ProfileInUse

_log = logging.getLogger(__name__)


@contextmanager
def held(lock: Path) -> Iterator[bool]:
    """Hold `lock` for as long as the context lasts; raises `ProfileInUse` if another process holds it.

    The operating system lets go of it when a process ends, however it ends. Gives False where no lock can be
    had because the folder cannot be written or has no locks: two programs cannot write there either.
    """
    from filelock import FileLock, Timeout

    guard = FileLock(lock, timeout=0, mode=0o600)
    try:
        guard.acquire()
    except Timeout as busy:
        raise ProfileInUse(str(lock.name)) from busy
    except (OSError, NotImplementedError) as error:
        _log.info("profile cannot be locked: %s", type(error).__name__)
        yield False
        return
    try:
        yield True
    finally:
        guard.release()
