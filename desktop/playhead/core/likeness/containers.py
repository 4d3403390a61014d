"""Files that say what they are, and hold sound behind that."""

from collections.abc import Iterator, Mapping

from playhead.core.likeness.frames import frames

Found = tuple[int, bool]
"""The bytes before the sound as far as is known, and whether there is any behind them."""

_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_W64 = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00"
_W64_DATA = b"data\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"
_CLUSTER = b"\x1f\x43\xb6\x75"
_SPOKEN = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   ", b"CELT", b"PCM     ")
"""How the first packets of sound in Ogg begin."""
_FLAT: Mapping[bytes, int] = {
    b"#!AMR\n": 6,
    b"#!AMR-WB\n": 9,
    b"#!AMR_MC1.0\n": 16,
    b"#!AMR-WB_MC1.0\n": 19,
    b"#!iLBC20\n": 9,
    b"#!iLBC30\n": 9,
    b"#!SILK_V3": 9,
    b"\x02#!SILK_V3": 10,
    b"wvpk": 32,
    b"TTA1": 22,
    b"MAC ": 76,
    b"ajkg": 8,
    b"Creative Voice File\x1a": 32,
    b"NIST_1A\n": 1024,
    b".RMF\x00\x00": 18,
    b".ra\xfd": 16,
    b"ADIF": 16,
    b"2BIT": 128,
    b"DSD ": 92,
    b"FRM8": 16,
    b"\x7f\xfe\x80\x01": 14,
    b"\xf8\x72\x6f\xba": 16,
    # A pack and the system header of an MPEG program stream.
    b"\x00\x00\x01\xba": 14,
}
"""Beginnings that nothing else has, and about how many bytes stand before the sound."""
_BOXES = frozenset(
    {b"ftyp", b"moov", b"mdat", b"moof", b"free", b"skip", b"wide", b"pnot", b"uuid", b"styp", b"sidx"}
)


def container(start: bytes, *, whole: bool) -> Found | None:
    """Container of sound that begins with `start`; None if it is of no such kind."""
    if start[:3] == b"ID3":
        return _tagged(start, whole=whole)
    for beginning, before in _FLAT.items():
        if start.startswith(beginning):
            return before, not whole or len(start) > before
    walked = _walked(start)
    if walked is None:
        return _stream(start)
    at, sounds = walked
    return at, sounds or not whole


def _walked(start: bytes) -> Found | None:
    """Offset of the sound in a file made of parts, and True if one with sound was met."""
    match start[:4]:
        case b"RIFF" | b"RIFX" | b"RF64" | b"BW64" if start[8:12] == b"WAVE":
            return _wave(start, "big" if start[:4] == b"RIFX" else "little")
        case b"FORM" if start[8:12] in {b"AIFF", b"AIFC"}:
            return _aiff(start)
        case b"riff" if start[:16] == _W64:
            at = start.find(_W64_DATA)
            return (at + 24, len(start) > at + 24) if at >= 0 else (len(start), False)
        case b"OggS" if start[4:5] == b"\x00":
            return _ogg(start)
        case b"fLaC":
            return _flac(start)
        case b".snd" | b"dns.":
            before = max(24, int.from_bytes(start[4:8], "big" if start[:1] == b"." else "little"))
            return before, len(start) > before
        case b"caff":
            return _caf(start)
        case b"\x1a\x45\xdf\xa3" if b"webm" in start[:64] or b"matroska" in start[:64]:
            at = start.find(_CLUSTER)
            return (at + 16, len(start) > at + 16) if at >= 0 else (len(start), False)
    if start[:16] == _ASF:
        before = int.from_bytes(start[16:24], "little") + 50
        return before, len(start) > before
    return _mp4(start) if start[4:8] in _BOXES else None


def _wave(start: bytes, order: str) -> Found | None:
    known = False
    for name, at, size in _chunks(start, 12, "big" if order == "big" else "little", 4):
        known = known or name == b"fmt "
        if not _is_chunk(name) or (name == b"data" and not known):
            return None
        if name == b"data":
            # A recorder that was cut off leaves a size of nothing before all of its sound.
            empty = size == 0 and _is_chunk(start[at : at + 4])
            return at, not empty and len(start) > at
    return len(start), False


def _aiff(start: bytes) -> Found | None:
    for name, at, _ in _chunks(start, 12, "big", 4):
        if not _is_chunk(name):
            return None
        if name == b"SSND":
            return at + 8, len(start) > at + 8
    return len(start), False


def _caf(start: bytes) -> Found | None:
    for name, at, _ in _chunks(start, 8, "big", 8, padded=False):
        if not _is_chunk(name):
            return None
        if name == b"data":
            return at + 4, len(start) > at + 4
    return len(start), False


def _chunks(
    start: bytes, at: int, order: str, width: int, *, padded: bool = True
) -> Iterator[tuple[bytes, int, int]]:
    """Name, place and size of each part, as far as `start` holds their heads."""
    while at + 4 + width <= len(start):
        name = start[at : at + 4]
        size = int.from_bytes(start[at + 4 : at + 4 + width], "big" if order == "big" else "little")
        at += 4 + width
        yield name, at, size
        at += size + (size & 1 if padded else 0)


def _is_chunk(name: bytes) -> bool:
    return len(name) == 4 and name.isascii() and name.decode().isprintable()


def _ogg(start: bytes) -> Found | None:
    """The pages before the sound say that it has lasted for nothing so far."""
    at, spoken = 0, False
    while start[at : at + 4] == b"OggS" and at + 27 <= len(start):
        lacing = start[at + 27 : at + 27 + start[at + 26]]
        first = at + 27 + start[at + 26]
        spoken = spoken or any(start[first : first + 16].startswith(kind) for kind in _SPOKEN)
        if spoken and start[at + 6 : at + 14] not in {bytes(8), b"\xff" * 8}:
            return first, len(start) > first
        at = first + sum(lacing)
    return (min(at, len(start)), False) if spoken or len(start) < 64 else None


def _flac(start: bytes) -> Found | None:
    if len(start) >= 8 and (start[4] & 0x7F or start[5:8] != b"\x00\x00\x22"):
        return None
    at, last = 4, False
    while not last and at + 4 <= len(start):
        last = start[at] >= 0x80
        at += 4 + int.from_bytes(start[at + 1 : at + 4], "big")
    return (at, len(start) > at) if last else (len(start), False)


def _mp4(start: bytes) -> Found | None:
    at = 0
    while at + 8 <= len(start):
        size, name = int.from_bytes(start[at : at + 4], "big"), start[at + 4 : at + 8]
        head = 8
        if size == 1:
            size, head = int.from_bytes(start[at + 8 : at + 16], "big"), 16
        if name == b"mdat":
            return at + head, len(start) > at + head and size != head
        if not _is_chunk(name) or (size < head and size):
            return None
        if not size:
            break
        at += size
    return at, False


def _tagged(start: bytes, *, whole: bool) -> Found | None:
    """Skip tags at the beginning."""
    at = 0
    while start[at : at + 3] == b"ID3" and len(start) >= at + 10:
        size = start[at + 6 : at + 10]
        if start[at + 3] > 5 or max(size) >= 0x80:
            return None
        footer = 10 if start[at + 5] & 0x10 else 0
        at += 10 + footer + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    if at >= len(start) or not at:
        return max(at, len(start)), not whole
    rest = start[at:]
    found = None if rest[:3] == b"ID3" else container(rest, whole=whole)
    if found is None:
        begun = frames(rest, whole=whole)
        # Some leave room behind the tag, of any size.
        found = (begun or 0, begun is not None) if begun is not None or not any(rest) else None
    return (at + found[0], found[1] or not whole) if found is not None else None


def _stream(start: bytes) -> Found | None:
    """Packets of a transport stream, each with its mark."""
    for first, step in ((0, 188), (4, 192), (0, 204)):
        marks = start[first : first + 5 * step : step]
        if len(marks) >= 3 and set(marks) == {0x47}:
            return 0, True
    return None
