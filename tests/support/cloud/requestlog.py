"""Log of the requests that the demo cloud was sent."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and the status of its answer (0: the connection ended before one)."""

    method: str
    host: str
    path: str
    query: Mapping[str, str]
    authorization: str | None
    range: str | None
    status: int


class RequestLog:
    """All requests since the start or the last `clear`, in the order of their answers; safe in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: list[Asked] = []

    def add(self, asked: Asked) -> None:
        """Notes one more request."""
        with self._lock:
            self._asked.append(asked)

    def clear(self) -> None:
        """Forgets what was noted."""
        with self._lock:
            self._asked.clear()

    def __iter__(self) -> Iterator[Asked]:
        with self._lock:
            return iter(tuple(self._asked))

    def __len__(self) -> int:
        with self._lock:
            return len(self._asked)

    def __getitem__(self, index: int) -> Asked:
        with self._lock:
            return self._asked[index]
