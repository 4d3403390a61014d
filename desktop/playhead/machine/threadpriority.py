"""Priority of single threads: work that nobody waits for gives way to everything else."""

import ctypes
import os
import sys
import threading
from contextlib import suppress

_NICE = 10
"""Niceness: such a thread has about a tenth of the processor where others want all of it."""
_BELOW_NORMAL = -1
"""THREAD_PRIORITY_BELOW_NORMAL."""
_UTILITY = 0x11
"""QOS_CLASS_UTILITY: work that goes on for long, and that nobody waits for."""


def step_back() -> None:
    """Let the thread that calls this, alone, give way to others; what the system refuses is done without.

    Not as far as the system could: a thread that never has its turn would keep Python's lock from the others.
    """
    with suppress(OSError, AttributeError):
        if sys.platform == "win32":
            # https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-setthreadpriority
            kernel = ctypes.windll.kernel32
            kernel.GetCurrentThread.restype = ctypes.c_void_p
            kernel.SetThreadPriority.argtypes = (ctypes.c_void_p, ctypes.c_int)
            kernel.SetThreadPriority(kernel.GetCurrentThread(), _BELOW_NORMAL)
        elif sys.platform == "darwin":
            # pthread/qos.h; niceness is of whole processes there.
            ctypes.CDLL(None).pthread_set_qos_class_self_np(_UTILITY, 0)
        else:
            # Linux counts every thread as a process here (setpriority(2), C library/kernel differences).
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
