"""The frame before the first sound of an MP3 file, in which encoders write how many frames follow.

Sources: the Xing header (Xing Technologies, "Variable Bitrate SDK"; LAME writes it as `Info` where the bit
rate is constant), and VBRI (Fraunhofer).
"""

from playhead.sound.media_reader import Reader

_LONGEST = 2_881
"""Bytes of the longest frame of layer III."""
_HAS_FRAMES = 1


def frames_told(reader: Reader, sound: int) -> int | None:
    """Frames that the header tells which stands before byte `sound`; None if there is none."""
    start = max(0, sound - _LONGEST)
    reader.seek(start)
    before = bytearray()
    while start + len(before) < sound and (chunk := reader.read(sound - start - len(before))):
        before += chunk
    content = bytes(before)
    for mark in (b"Xing", b"Info"):
        at = content.rfind(mark)
        if at >= 0 and int.from_bytes(content[at + 4 : at + 8], "big") & _HAS_FRAMES:
            return int.from_bytes(content[at + 8 : at + 12], "big") or None
    at = content.rfind(b"VBRI")
    return int.from_bytes(content[at + 14 : at + 18], "big") or None if at >= 0 else None
