"""Meaning of a disk's errors for an export."""

import contextlib
import errno
import os
from collections.abc import Iterator

from playhead.core.errors import ExportError, Spoilt

_MEANINGS: dict[Spoilt, frozenset[str]] = {
    "full": frozenset({"ENOSPC", "EDQUOT"}),
    "large": frozenset({"EFBIG"}),
    "readonly": frozenset({"EROFS", "EACCES", "EPERM"}),
    "inway": frozenset({"EEXIST", "ENOTDIR", "EISDIR", "ENOTEMPTY", "ELOOP", "EBUSY", "ETXTBSY"}),
    "name": frozenset({"ENAMETOOLONG", "EILSEQ"}),
    "missing": frozenset(
        {
            *("ENOENT", "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH"),
            *("ENETDOWN", "ENETUNREACH", "ECONNRESET", "ECONNABORTED", "ECONNREFUSED", "ESHUTDOWN"),
        }
    ),
}
"""Codes of errors by what they say of the folder; every other one is a fault of the disk."""


def meaning(error: OSError) -> Spoilt:
    """The reason of the `ExportError` that an error of the disk is."""
    code = errno.errorcode.get(error.errno or 0, "")
    if os.name == "nt" and code == "EINVAL":
        return "missing"  # what the C library makes there of a disk or a share that is gone
    return next((reason for reason, codes in _MEANINGS.items() if code in codes), "disk")


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Raise `ExportError` for every `OSError` within."""
    try:
        yield
    except OSError as error:
        raise _meant(error, meaning(error)) from error


@contextlib.contextmanager
def naming() -> Iterator[None]:
    """The same where something gets or has a name: what is not valid there is that name."""
    try:
        yield
    except OSError as error:
        invalid = error.errno == errno.EINVAL and os.name != "nt"
        raise _meant(error, "name" if invalid else meaning(error)) from error


def _meant(error: OSError, reason: Spoilt) -> ExportError:
    return ExportError(reason, errno.errorcode.get(error.errno or 0, type(error).__name__))
