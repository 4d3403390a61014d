"""Kinds of files that are no audio, by how they begin."""

from typing import Literal

Kind = Literal["picture", "document", "archive", "program", "file"]

_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"GIF8", "picture"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"8BPS", "picture"),
    (b"%PDF-", "document"),
    (b"%!PS", "document"),
    (b"\xc5\xd0\xd3\xc6", "document"),
    (b"{\\rtf", "document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document"),
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"PK\x07\x08", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"\x04\x22\x4d\x18", "archive"),
    (b"MSCF\x00", "archive"),
    (b"LZIP", "archive"),
    (b"!<arch>\n", "archive"),
    (b"xar!", "archive"),
    (b"\x7fELF", "program"),
    (b"\xfe\xed\xfa", "program"),
    (b"\xce\xfa\xed\xfe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\x00asm", "program"),
    (b"dex\n", "program"),
    (b"SQLite format 3\x00", "file"),
    (b"OTTO\x00", "file"),
    (b"ttcf\x00", "file"),
    (b"true\x00", "file"),
    (b"wOFF", "file"),
    (b"wOF2", "file"),
    (b"MThd\x00\x00\x00\x06", "file"),
    (b"-----BEGIN", "file"),
)
_PICTURE_BRANDS = frozenset(
    {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"jxl "}
)


def another_kind(start: bytes) -> Kind | None:
    """Kind of file without audio that begins with `start`, if it is one."""
    for beginning, kind in _BEGINNINGS:
        if start.startswith(beginning):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "picture"
    if start[4:8] == b"ftyp" and start[8:12] in _PICTURE_BRANDS:
        return "picture"
    if start[:5] == b"\x00\x01\x00\x00\x00" and start[5:6] < b"@" and start[12:16].isalnum():
        return "file"  # a font
    if start[:3] == b"BZh" and start[4:10] == b"1AY&SY":
        return "archive"
    if (
        start[:2] == b"BM"
        and start[6:10] == bytes(4)
        and start[14:15] in b"\x0c\x28\x6c\x7c"
        and start[14:15]
    ):
        return "picture"
    if start[:2] == b"MZ" and _is_program(start):
        return "program"
    return "archive" if start[257:262] == b"ustar" else None


def _is_program(start: bytes) -> bool:
    at = int.from_bytes(start[60:64], "little")
    return start[at : at + 4] == b"PE\x00\x00" or b"DOS mode" in start[:512]
