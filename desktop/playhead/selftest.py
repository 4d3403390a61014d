"""Self-test: a line for each thing that Playhead needs, for bundles and for support."""

import asyncio
import ssl
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from playhead import __version__
from playhead.core.errors import VaultError

LIMIT = 30.0
"""Seconds that one check may take."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something that has to work, or (`needed` false) that Playhead can do without."""

    name: str
    probe: Callable[[], Awaitable[str]]
    """Gives what was found, in a few words; raises if it does not work."""
    needed: bool = True


def self_test() -> int:
    """Print a line for each check; 0 if everything that is needed works, else 1."""
    from PySide6.QtWidgets import QApplication

    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setQuitOnLastWindowClosed(False)
    from playhead.windowloop import WindowLoop

    sys.stdout.write(f"Playhead {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n")
    with WindowLoop(qt) as loop:
        works = loop.run_until_complete(_run())
    sys.stdout.write("everything needed works\n" if works else "something needed does not work\n")
    return 0 if works else 1


async def _run() -> bool:
    works = True
    for check in CHECKS:
        try:
            found = await asyncio.wait_for(check.probe(), LIMIT)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a check is its result
            works = works and not check.needed
            mark, found = ("FAIL" if check.needed else "none"), f"{type(error).__name__}: {error}"
        else:
            mark = "ok"
        sys.stdout.write(f"{mark:5} {check.name}: {found}\n")
        sys.stdout.flush()
    return works


async def _event_loop() -> str:
    await asyncio.sleep(0)
    return type(asyncio.get_running_loop()).__name__


async def _resources() -> str:
    from playhead.runparts import resources

    folder = resources()
    icons = len(list((folder / "icons").glob("*.svg")))
    pages = len(list((folder / "guide").glob("*.md")))
    if not icons or not pages or not (folder / "demo" / "audio.json").is_file():
        raise FileNotFoundError("icons, guide or demo audio are missing")
    return f"{icons} icons, {pages} pages of the guide, demo audio"


async def _sound_device() -> str:
    from PySide6.QtMultimedia import QMediaDevices

    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        raise LookupError("no sound device; recordings can be seen and exported, not heard")
    return device.description()


async def _codecs() -> str:
    def decode() -> str:
        import av

        decoders = ["mp3", "aac", "opus", "vorbis", "flac", "pcm_mulaw", "pcm_alaw", "gsm_ms", "amrnb"]
        missing = [name for name in decoders if name not in av.codecs_available]
        if "mp3" in missing or "pcm_mulaw" in missing:
            raise LookupError(f"missing: {', '.join(missing)}")
        from playhead.runparts import resources

        files = sorted((resources() / "demo").glob("*.*3"))
        with av.open(BytesIO(files[0].read_bytes()), mode="r") as container:
            next(container.decode(audio=0))
        return "all" if not missing else f"all but {', '.join(missing)}"

    return await asyncio.to_thread(decode)


async def _vault() -> str:
    from playhead.machine.vault import KeyringVault

    vault = KeyringVault(limit=10)
    try:
        await vault.get("self-test")
    except VaultError as error:
        raise LookupError(f"{type(error).__name__}; secrets can be kept until Playhead quits") from error
    return vault.name


async def _catalogue() -> str:
    from playhead.catalogue.store import open_catalogue

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "catalogue.db")
        store = await open_catalogue(path, bytes(range(32)))
        await store.recordings.counts()
        await store.close()
        if (await asyncio.to_thread(path.read_bytes)).startswith(b"SQLite format 3"):
            raise ValueError("the catalogue is not encrypted")
    return "encrypted"


async def _tls() -> str:
    def roots() -> str:
        from playhead.providers.http.client import trust

        context = trust()
        if context.verify_mode is not ssl.CERT_REQUIRED:
            raise ssl.SSLError("certificates are not checked")
        return type(context).__module__.partition(".")[0]

    return await asyncio.to_thread(roots)


CHECKS = (
    Check("event loop", _event_loop),
    Check("resources", _resources),
    Check("codecs", _codecs),
    Check("encrypted catalogue", _catalogue),
    Check("TLS roots", _tls),
    Check("sound device", _sound_device, needed=False),
    Check("keyring", _vault, needed=False),
)
"""In the order in which they are printed."""
