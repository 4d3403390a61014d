"""Sound that is nothing but frames one after another: MPEG layers I to III, AAC, AC-3."""

from collections.abc import Callable, Iterator

_RATES = (44_100, 48_000, 32_000)
_BITS = {
    (3, 3): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""kbit/s by version (3: MPEG-1) and layer as the header counts them (3: layer I)."""
_AC3_WORDS = (64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 896, 1024, 1152, 1280)
"""Words of 16 bits in a frame at 48 kHz, by half of its code."""
_HERE, _LATER = 2, 3
"""How many frames have to follow one another: at the beginning, and behind something else."""

_Frame = tuple[int, bytes]
"""Bytes of a frame, and what all frames of a file have in common."""


def frames(start: bytes, *, whole: bool) -> int | None:
    """Offset at which the frames in `start` begin; None if there are none.

    One header proves nothing, as its bits are found in texts and in noise: the next ones have to stand where
    it says, and to be of the same kind.
    """
    for at in _candidates(start):
        for read in (_mpeg, _adts, _ac3):
            if _follow(start, at, read, whole=whole):
                return at
    return None


def _candidates(start: bytes) -> Iterator[int]:
    for mark in (b"\xff", b"\x0b\x77"):
        at = start.find(mark)
        while at >= 0:
            yield at
            at = start.find(mark, at + 1)


def _follow(start: bytes, at: int, read: Callable[[bytes, int], _Frame | None], *, whole: bool) -> bool:
    needed = _LATER if at else _HERE
    place, found, kind = at, 0, b""
    while found < needed:
        frame = read(start, place)
        if frame is None or (found and frame[1] != kind):
            break
        place, found, kind = place + frame[0], found + 1, frame[1]
    return found == needed or (whole and place == len(start) and 0 < found >= needed - 1)


def _mpeg(start: bytes, at: int) -> _Frame | None:
    head = start[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer == 0 or bits in {0, 15} or rate == 3 or head[3] & 3 == 2:
        return None
    table = _BITS[3, layer] if version == 3 else _BITS[2, 3 if layer == 3 else 2]
    kilobits, hertz = table[bits - 1], _RATES[rate] >> {3: 0, 2: 1, 0: 2}[version]
    padding = head[2] >> 1 & 1
    if layer == 3:
        size = (12_000 * kilobits // hertz + padding) * 4
    else:
        size = (72_000 if layer == 1 and version != 3 else 144_000) * kilobits // hertz + padding
    return size, bytes((head[1] & 0xFE, head[2] & 0x0C))


def _adts(start: bytes, at: int) -> _Frame | None:
    head = start[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or head[2] >> 2 & 15 > 12:
        return None
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return (size, bytes((head[1], head[2], head[3] & 0xC0))) if size > 7 else None


def _ac3(start: bytes, at: int) -> _Frame | None:
    head = start[at : at + 6]
    if len(head) < 6 or head[:2] != b"\x0b\x77" or head[5] >> 3 > 8:
        return None
    rate, code = head[4] >> 6, head[4] & 63
    if rate == 3 or code >= 38:
        return None
    words = _AC3_WORDS[code >> 1]
    size = {0: words, 1: words * 320 // 147 // 2 + (code & 1), 2: words * 3 // 2}[rate] * 2
    return size, bytes((rate, head[5] >> 3))
