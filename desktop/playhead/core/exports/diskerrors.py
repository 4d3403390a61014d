"""What the errors of a disk mean for an export."""

import contextlib
import errno
import os
from collections.abc import Iterator

from playhead.core.errors import ExportError, Spoilt

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_IN_WAY = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY, errno.ENAMETOOLONG}
if os.name != "nt":  # there it is what the C library makes of a disk or a share that is gone
    _IN_WAY.add(errno.EINVAL)


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Raise `ExportError` for every `OSError` within."""
    try:
        yield
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise ExportError(_kind(error), code) from error


def _kind(error: OSError) -> Spoilt:
    if error.errno in _FULL:
        return "full"
    if error.errno in _READ_ONLY:
        return "readonly"
    return "inway" if error.errno in _IN_WAY else "missing"
