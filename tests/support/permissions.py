"""Permissions, for whoever runs the tests: root may do everything, and would see no folder that is shut."""

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

_VERSION = 0x20080522
"""Of the structures below (`linux/capability.h`)."""
_PAST_PERMISSIONS = (1 << 1) | (1 << 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def can_be_obeyed() -> bool:
    """Tell whether this system has permissions, and this process can be made to obey them."""
    return os.name == "posix" and (os.geteuid() != 0 or sys.platform == "linux")


@contextlib.contextmanager
def obeyed() -> Iterator[None]:
    """Make this thread, and those that it starts, obey permissions also as root.

    It stays the same user: as another one it could reach neither a temporary folder that is private nor
    modules that are imported only now.
    """
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION, 0), (_Sets * 2)()

    def call(name: str) -> None:
        if getattr(libc, name)(ctypes.byref(header), sets):
            raise OSError(ctypes.get_errno(), name)

    call("capget")
    before = sets[0].effective
    sets[0].effective = before & ~_PAST_PERMISSIONS
    call("capset")
    try:
        yield
    finally:
        sets[0].effective = before
        call("capset")


def has_small_disks() -> bool:
    """Whether this computer lets anybody have a disk of one's own."""
    if shutil.which("unshare") is None:
        return False
    trial = ["unshare", "-Urm", "sh", "-c", "mount -t tmpfs none /mnt"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0
