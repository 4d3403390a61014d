"""Doorbell of a profile: a second start rings, and the first one answers by coming to the front.

The bell is a socket in the file system (a named pipe on Windows), so no port is opened. A file in the
profile, readable by this person alone, holds its address and a key that only this profile's programs know.
"""

import hashlib
import json
import logging
import os
import secrets
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Listener

_log = logging.getLogger(__name__)

_LONGEST = 20_000
"""Bytes of what a ring can say."""
_PATIENCE = 3.0
"""Seconds after which the first program counts as one that does not answer."""
_ANSWER = b"coming"
_LONGEST_ADDRESS = 100
"""Bytes of a socket's path: Linux takes 107, macOS and the BSDs 103 (unix(7), sys/un.h)."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Wish of a second start."""

    folder: str = ""
    """Exported folder to be opened; empty if there is none."""
    token: str = ""
    """Permission of the window system to come to the front; empty where there is none."""


@contextmanager
def answering(file: Path, rung: Callable[[Ring], None]) -> Iterator[None]:
    """Listen while the context lasts, and call `rung`, in a thread of its own, at every ring.

    Where nothing can be listened to, nobody is the worse for it: a second start is refused in words.
    """
    from multiprocessing.connection import Listener

    key = secrets.token_bytes(32)
    address = _address(file)
    try:
        with suppress(FileNotFoundError):
            file.unlink()
        if sys.platform != "win32":
            # Of a program that was ended by force; the lock says that there is no other one.
            with suppress(FileNotFoundError):
                Path(address).unlink()
        listener = Listener(address, authkey=key)
        _write(file, address, key)
    except OSError as error:
        _log.info("no doorbell: %s", type(error).__name__)
        yield
        return
    threading.Thread(target=_listen, args=(listener, rung), name="doorbell", daemon=True).start()
    try:
        yield
    finally:
        with suppress(OSError):
            file.unlink()
        # Closing does not wake the thread that accepts; it ends with the process.
        with suppress(OSError):
            listener.close()


def ring(file: Path, wish: Ring, patience: float = _PATIENCE) -> bool:
    """Ring at the program that uses the profile; False if it does not answer for `patience` seconds."""
    answered = threading.Event()
    threading.Thread(target=_ring, args=(file, wish, answered), name="ring", daemon=True).start()
    return answered.wait(patience)


def _ring(file: Path, wish: Ring, answered: threading.Event) -> None:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    try:
        entry = json.loads(file.read_text(encoding="utf-8"))
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.AllowSetForegroundWindow(-1)
        with Client(entry["address"], authkey=bytes.fromhex(entry["key"])) as line:
            line.send_bytes(json.dumps(asdict(wish)).encode())
            if line.recv_bytes(_LONGEST) == _ANSWER:
                answered.set()
    except (OSError, EOFError, AuthenticationError, ValueError, KeyError, TypeError) as error:
        _log.info("nobody answers the doorbell: %s", type(error).__name__)


def _listen(listener: "Listener", rung: Callable[[Ring], None]) -> None:
    from multiprocessing import AuthenticationError

    while True:
        try:
            with listener.accept() as line:
                said = json.loads(line.recv_bytes(_LONGEST))
                wish = Ring(str(said.get("folder", "")), str(said.get("token", "")))
                line.send_bytes(_ANSWER)
        except (AuthenticationError, EOFError, ValueError, AttributeError, ConnectionError):
            continue  # a stranger, or one that went away
        except OSError:
            return  # closed
        rung(wish)


def _address(file: Path) -> str:
    """The address of the bell: its name is the profile's, and short enough for every system."""
    name = f"playhead-{hashlib.sha256(os.fsencode(file)).hexdigest()[:16]}"
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    for place in filter(None, (given, tempfile.gettempdir())):
        address = str(Path(place, name))
        if len(os.fsencode(address)) <= _LONGEST_ADDRESS and os.access(place, os.W_OK):
            return address
    return str(Path("/tmp", name))  # noqa: S108 - whoever else is there lacks the key


def _write(file: Path, address: str, key: bytes) -> None:
    """Write the file for this person alone."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        json.dump({"address": address, "key": key.hex()}, opened)
