"""ICU's data without what Qt never asks it for: 5 MB of 32.

Qt Core sorts file names, folds case and names time zones with ICU. Everything else that ICU knows (names of
languages, currencies and units, old encodings, breaking of lines, transliteration) Qt has itself, or a
program of widgets does not call. The data stand in a library of their own, in ICU's archive format: it is
read, and a library of the same name with fewer entries is linked, as `icupkg` and `pkgdata` would do;
neither is needed.

The format: https://unicode-org.github.io/icu/userguide/icu_data/ and `udata_swap` in ICU's `ucmndata.h`.
"""

from __future__ import annotations

import re
import struct
import tempfile
from typing import TYPE_CHECKING

import elf

if TYPE_CHECKING:
    from pathlib import Path

_KEPT = re.compile(
    r"[^/]+/(coll/.*|[^/]+\.(icu|nrm)|(root|pool|res_index|zoneinfo64|timezoneTypes|metaZones|windowsZones|"
    r"supplementalData|likelySubtags|keyTypeData|numberingSystems|plurals|icuver|icustd)\.res)"
)
"""Entries that stay: sorting, characters, normal forms, and tables about the whole world."""
_ALIGNMENT = 16


class NotIcuData(ValueError):
    """The bytes are no archive that is understood here."""


def slim(folder: Path) -> int:
    """Make the library of ICU's data in `folder` smaller; gives the bytes that it saves (0: there is none).

    Raises `NotIcuData`.
    """
    saved = 0
    for library in sorted(folder.glob("libicudata.so.*")):
        before = library.stat().st_size
        ((name, symbol),) = (
            (name, symbol) for name, symbol in elf.offered(library).items() if name.startswith("icudt")
        )
        content = library.read_bytes()
        with tempfile.NamedTemporaryFile() as archive:
            archive.write(without(content[_start(content) :][: symbol.size]))
            archive.flush()
            head = f".section .rodata\n.balign 16\n.globl {name}\n.type {name}, %object\n"
            body = f'{name}: .incbin "{archive.name}"\n.size {name}, .-{name}\n'
            elf.link(head + body, library)
        saved += before - library.stat().st_size
    return saved


def _start(content: bytes) -> int:
    """The place of the archive in a library: 12 bytes before the name of its format."""
    place = content.find(b"CmnD") - 12
    if place < 0:
        raise NotIcuData("it has no archive")
    return place


def without(archive: bytes) -> bytes:
    """Leave out of an archive what is not kept. Raises `NotIcuData`."""
    if archive[2:4] != b"\xda\x27" or archive[12:16] != b"CmnD" or archive[8]:
        raise NotIcuData("it is no archive of a little-endian computer")
    (head,) = struct.unpack_from("<H", archive)
    (count,) = struct.unpack_from("<I", archive, head)
    entries = list(struct.iter_unpack("<II", archive[head + 4 : head + 4 + 8 * count]))
    ends = [place for _name, place in entries[1:]] + [len(archive) - head]
    kept: list[tuple[bytes, bytes]] = []
    for (name, place), end in zip(entries, ends, strict=True):
        text = archive[head + name : archive.index(b"\0", head + name)]
        if _KEPT.fullmatch(text.decode("ascii")):
            kept.append((text, archive[head + place : head + end]))
    return archive[:head] + laid_out(kept)


def laid_out(entries: list[tuple[bytes, bytes]]) -> bytes:
    """Lay out what follows the head: the number of entries, their places, their names, their data."""
    names, place = b"", 4 + 8 * len(entries)
    name_places = []
    for name, _data in entries:
        name_places.append(place + len(names))
        names += name + b"\0"
    data = b""
    names += bytes(-(place + len(names)) % _ALIGNMENT)
    place += len(names)
    places = []
    for _name, each in entries:
        places.append(place + len(data))
        data += each + bytes(-len(each) % _ALIGNMENT)
    table = b"".join(struct.pack("<II", *pair) for pair in zip(name_places, places, strict=True))
    return struct.pack("<I", len(entries)) + table + names + data
