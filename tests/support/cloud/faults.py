"""Fault switches: what the demo cloud shall do wrong, where, and how often."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

Scope = Literal[
    "bird-list", "bird-get", "mp3", "transcripts", "convirza-list", "profile", "oauth", "media", "any"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to do wrong with the requests of `scope` whose path contains `path`; fields may be combined.

    The first `after` such requests pass, then `times` of them are spoiled (None: until cleared).
    """

    scope: Scope
    path: str = ""
    after: int = 0
    times: int | None = None
    delay: float = 0.0
    """Seconds before anything is answered."""
    status: int | None = None
    """Answered instead, with the provider's kind of error body."""
    retry_after: str | None = None
    """Goes with `status`: seconds, or an HTTP date."""
    html: bool = False
    """An HTML page instead of the answer, with `status` or 200."""
    redirect: str | None = None
    """302 to this address; "" is the same address again, for ever."""
    change: Callable[[Any], Any] | None = None
    """Applied to the JSON of a good answer (see `support.cloud.answerchanges` for ready ones)."""
    truncate: int | None = None
    """Only so many bytes of the body, and a Content-Length that agrees; 0 is an empty body."""
    announce: int = 0
    """How many bytes more (or fewer, if negative) Content-Length says than there are."""
    cut: int | None = None
    """The connection dies after so many bytes of the body."""
    stall: int | None = None
    """Nothing comes after so many bytes of the body until `release`, `clear` or the end of the cloud."""
    rate: int | None = None
    """Bytes a second."""
    gzip: bool = False
    """The body comes with Content-Encoding: gzip, asked for or not."""
    ignore_range: bool = False
    """200 with everything instead of 206."""
    etag: str | None = None
    """An ETag that differs from the one before."""


class Faults:
    """The faults that are switched on, in the order of `add`: the first that fits a request spoils it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: list[_Entry] = []
        self._held: list[Future[None]] = []

    def add(self, *faults: Fault) -> None:
        """Switches faults on, behind those that are."""
        with self._lock:
            self._queue += [_Entry(fault, fault.after, fault.times) for fault in faults]

    def clear(self) -> None:
        """Switches all faults off and releases what is stalled."""
        with self._lock:
            self._queue.clear()
        self.release()

    def release(self) -> None:
        """Lets stalled answers go on."""
        with self._lock:
            held, self._held = self._held, []
        for hold in held:
            with suppress(InvalidStateError):  # the client went away meanwhile
                hold.set_result(None)

    def take(self, scope: str, path: str) -> Fault | None:
        """The fault that spoils a request, counted as used."""
        with self._lock:
            for entry in self._queue:
                if entry.fault.scope in {scope, "any"} and entry.fault.path in path and entry.use():
                    return entry.fault
        return None

    def hold(self) -> "Future[None]":
        """Something to wait for: done at the next `release`."""
        hold: Future[None] = Future()
        with self._lock:
            self._held.append(hold)
        return hold


@dataclass(slots=True)
class _Entry:
    fault: Fault
    passes: int
    left: int | None

    def use(self) -> bool:
        if self.passes:
            self.passes -= 1
            return False
        if self.left is None:
            return True
        self.left -= 1
        return self.left >= 0
