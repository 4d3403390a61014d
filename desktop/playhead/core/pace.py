"""Pace: time and chance as the core and the providers live by them."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Time and chance, to be replaced where nobody wants to wait."""

    now: Callable[[], float] = time.monotonic
    """Seconds that only ever grow."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    """Waits for so many seconds."""
    chance: Callable[[], float] = random.random
    """Between 0 and 1."""


USUAL_PACE = Pace()
