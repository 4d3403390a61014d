"""Files that another program holds for a moment: nobody else may rename them, or open them, meanwhile."""

import errno
import os
import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

PAUSES: Final[Sequence[float]] = (0.05, 0.1, 0.2, 0.4, 0.8, 0.8)
"""Seconds between attempts. On Windows, virus scanners and indexers look at every new file, mostly for less
than a second (https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-movefileexw: a sharing
violation)."""
_BUSY = {errno.EBUSY, errno.ETXTBSY, errno.EAGAIN}


def patiently(work: Callable[[], T], pauses: Sequence[float] = PAUSES) -> T:
    """Do `work`, again after each pause while a file is held by another program. Waits for as long.

    That is what `PermissionError` means on Windows, and what some codes mean everywhere.
    """
    for pause in pauses:
        try:
            return work()
        except OSError as error:
            if error.errno not in _BUSY and not (os.name == "nt" and isinstance(error, PermissionError)):
                raise
            # No loop is here to wait with: whoever works with files does it in a thread.
            time.sleep(pause)
    return work()
