"""Faults of decoding, as errors that can be told."""

from collections.abc import Iterator
from contextlib import contextmanager

import av

from playhead.core.errors import Garbled

FAULTS = (av.FFmpegError, ArithmeticError, BufferError, LookupError, MemoryError, OSError, ValueError)
"""What FFmpeg, PyAV and NumPy raise for a broken file; other errors are faults of the program."""


@contextmanager
def told_faults() -> Iterator[None]:
    """Turn what a broken file makes FFmpeg and what is around it raise into `Garbled("broken")`.

    Nothing of the text of an error is kept, as it may quote the file.
    """
    try:
        yield
    except FAULTS as error:
        raise Garbled("broken", type(error).__name__) from error
