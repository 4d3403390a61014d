"""Files that another program holds open for a moment: on Windows, nobody else may rename them meanwhile."""

import os
import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

PAUSES: Final[Sequence[float]] = (0.05, 0.1, 0.2, 0.4, 0.8, 0.8) if os.name == "nt" else ()
"""Seconds between attempts. Virus scanners and indexers look at every new file, mostly for less than a second
(https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-movefileexw: a sharing violation)."""


def patiently(work: Callable[[], T], pauses: Sequence[float] = PAUSES) -> T:
    """What `work` gives, done again after each pause while it raises `PermissionError`. Waits for as long."""
    for pause in pauses:
        try:
            return work()
        except PermissionError:
            # No loop is here to wait with: whoever works with files does it in a thread.
            time.sleep(pause)
    return work()
