"""Preparation of the first sound of a process."""

import asyncio
import importlib

_PARTS = ("decoder", "signal_path", "voice", "measurement", "system_speakers", "engine")


async def get_ready() -> None:
    """Import PyAV, numpy and QtMultimedia ahead, on a thread: together they take a quarter of a second.

    One part after another, so that quitting waits for one of them at most. No device is opened.
    """
    for part in _PARTS:
        await asyncio.to_thread(importlib.import_module, f"playhead.sound.{part}")
