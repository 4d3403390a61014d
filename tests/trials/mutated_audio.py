"""Audio with random faults through everything that decodes: `mutated_audio.py [how many of each] [seed]`.

Waveform, playing with seeks at one and a half times the speed, loudness and both copies of each: they may
only fail as `PlayheadError`, must not take longer than `LONGEST`, and get by with `MOST_MEMORY`.
"""

import logging
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

import av.logging

from playhead.core.errors import PlayheadError
from playhead.core.exports.choices import CopyForm
from playhead.core.media import Media
from playhead.sound.audiocopy import copy
from playhead.sound.decoder import Decoder
from playhead.sound.healthgauge import HealthGauge
from playhead.sound.measurement import outlines
from playhead.sound.media_reader import MediaReader
from playhead.sound.signal_path import signal_path
from support.audio.foreign_files import gsm, riff, speex, written
from support.audio.tones import FORMATS, encoded, sweep

SECONDS = 3.0
LONGEST = 10.0
MOST_MEMORY = 3 * 1024**3
"""Bytes of address space, of which the libraries take one half."""
_PLACES = 200
"""Bytes at the beginning that every other fault meets: headers decide most."""


def seeds() -> dict[str, tuple[bytes, str]]:
    """Sound of every kind, and how it is called."""
    made = {name: (encoded(name, sweep(SECONDS, form[2])), "") for name, form in FORMATS.items()}
    wave, telephone = sweep(SECONDS, 44_100), sweep(SECONDS, 8_000)
    opus = written("ogg", "libopus", 48_000, sweep(SECONDS, 48_000))
    flac = written("ogg", "flac", 8_000, telephone)
    return made | {
        "chain": (opus + flac + speex(1.0), ""),
        "speex": (speex(SECONDS), ""),
        "aiff": (written("aiff", "pcm_s16be", 8_000, telephone), ""),
        "caf": (written("caf", "pcm_s16le", 8_000, telephone), ""),
        "w64": (written("w64", "pcm_s16le", 8_000, telephone), ""),
        "au": (written("au", "pcm_mulaw", 8_000, telephone), ""),
        "wma": (written("asf", "wmav2", 44_100, wave, bit_rate=64_000), ""),
        "wavpack": (written("wv", "wavpack", 44_100, wave), ""),
        "mpeg-ts": (written("mpegts", "aac", 44_100, wave), ""),
        "adts": (written("adts", "aac", 44_100, wave), ""),
        "avi": (written("avi", "pcm_s16le", 8_000, telephone), ""),
        "flv": (written("flv", "aac", 44_100, wave), ""),
        "voc": (written("voc", "pcm_u8", 8_000, telephone), ""),
        "tta": (written("tta", "tta", 44_100, wave), ""),
        "real": (written("rm", "real_144", 8_000, telephone, bit_rate=8_000), ""),
        "rifx": (riff(8_000, 16, bytes(range(256)) * 180, order=">"), ""),
        "gsm": (gsm(SECONDS), "gsm"),
        "mu-law": (written("mulaw", "pcm_mulaw", 8_000, telephone), "ulaw"),
        "g722": (written("g722", "g722", 16_000, sweep(SECONDS, 16_000)), "g722"),
        "g726": (written("g726le", "g726le", 8_000, telephone), "g726"),
        "linear": (written("s16le", "pcm_s16le", 8_000, telephone), "sln"),
    }


def mutated(content: bytes, chance: random.Random) -> bytes:
    """`content` with a few faults: bytes and fields changed, pieces removed, doubled, filled or cut off."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8, 30))):
        at = chance.randrange(min(len(made), _PLACES) if chance.random() < 0.5 else len(made) or 1)
        size = chance.choice((1, 2, 4, 16, 200, 3000))
        match chance.randrange(6):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                made[at : at + 4] = chance.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\1\0\0\0")
                )
            case 2:
                made[at : at + size] = chance.randbytes(size)
            case 3:
                del made[at : at + size]
            case 4:
                made[at:at] = made[at : at + size]
            case _:
                del made[max(at, 40) :]
        if not made:
            return b""
    return bytes(made)


def stages(content: bytes, told: str, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything that decodes, by its name."""

    def reader() -> MediaReader:
        media = Media((told,) if told else ())
        media.write(content)
        media.finish()
        return MediaReader(media)

    def play() -> None:
        decoder = Decoder(reader())
        try:
            for place in (0.0, 2.0, 0.7):
                for _ in signal_path(decoder, place, 1.5):
                    pass
        finally:
            decoder.close()

    yield "waveform", lambda: list(outlines(reader()))
    yield "play", play
    yield "health", lambda: list(outlines(reader(), gauge=HealthGauge()))
    file = folder / f"a.{told or 'audio'}"
    file.write_bytes(content)
    for form in CopyForm:
        yield form, lambda form=form: copy(file, form, folder / "copy")  # type: ignore[misc]


def tried(name: str, content: bytes, told: str, folder: Path) -> list[str]:
    """The faults that a file brings to light."""
    faults = []
    for stage, work in stages(content, told, folder):
        begun = time.process_time()
        try:
            work()
        except PlayheadError:
            pass
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            faults.append(f"{name}, {stage}: {type(error).__name__}: {error}")
        if (seconds := time.process_time() - begun) > LONGEST:
            faults.append(f"{name}, {stage}: {seconds:.1f} s")
    return faults


def main(each: int = 200, seed: int = 1) -> int:
    """Try every kind; the exit code. What brought a fault to light is kept in a folder that is named."""
    logging.disable(logging.CRITICAL)
    av.logging.set_level(None)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    kept, worst = Path(tempfile.mkdtemp(prefix="mutated-audio-")), 0
    with tempfile.TemporaryDirectory() as folder:
        for name, (content, told) in seeds().items():
            chance, found = random.Random(f"{name} {seed}"), 0
            for number in range(each):
                changed = mutated(content, chance)
                (kept / "last").write_bytes(changed)
                faults = tried(name, changed, told, Path(folder))
                if faults:
                    found += 1
                    (kept / f"{name}-{number}").write_bytes(changed)
                    print(*faults[:5], sep="\n", flush=True)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"  {name:22}{each:6} files{found:6} with faults{memory:6} MB", flush=True)
            worst = worst or bool(found)
    print(f"  kept in {kept}")
    return int(worst)


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
