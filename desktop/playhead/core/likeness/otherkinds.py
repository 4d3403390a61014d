"""Kinds of what is no audio: texts in any encoding, archives and other files, by their first bytes."""

import codecs
import re
from typing import Literal
from unicodedata import category

_PAGE = re.compile(
    r"<(?:!doctype(?!\s+svg)|html|head|body|title|meta|script|style|div|span|table|center|h\d|p|br|a)\b",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"<(?:svg|!doctype\s+svg)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"%!PS|%PDF-|\{\\rtf")
_ASIDE = (("<!--", "-->"), ("<?", "?>"))
_MOST_ASIDES = 20
"""Comments and the like at the beginning that are passed over."""
_TAG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|html|head|body|\?xml|[a-z][\w-]*:[a-z])", re.IGNORECASE
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPACE = "\t\n\r\f\x0b\x1b"
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cf"})
"""Spaces, and marks that join letters or turn their direction."""
_NOT_WESTERN = re.compile(
    rb"[^\t\n\r\f\x20-\x7e\xa0-\xff\x80\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b]"
)
"""No letter of a western text; Windows has signs where Latin-1 has none."""
_ABOVE_ASCII = bytes(range(0x80, 0x100))
_MOST_ACCENTS = 0.3
"""The part of a western text that may be letters outside ASCII; of compressed sound half of the bytes are."""

Text = Literal["page", "text", "picture", "document"]


def text_kind(start: bytes, *, whole: bool) -> Text | None:
    """Kind of text that begins with `start`; None if it is no text."""
    text = _decoded(start, whole=whole)
    if text is None:
        return "page" if _TAG.match(start) else None
    bare = _bare(text)
    if _PICTURE.match(bare):
        return "picture"
    if _DOCUMENT.match(bare):
        return "document"
    return "page" if _PAGE.match(bare) or bare.startswith("<!--") else "text"


def _bare(text: str) -> str:
    """`text` without what stands before the first tag of a page."""
    text = text.lstrip()
    for _ in range(_MOST_ASIDES):
        end = next((end for begin, end in _ASIDE if text.startswith(begin)), None)
        if end is None or end not in text:
            break
        text = text.partition(end)[2].lstrip()
    return text


def _decoded(start: bytes, *, whole: bool) -> str | None:
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            text = _strictly(start, encoding, whole=whole)
            return text if text is not None and _is_readable(text.lstrip("\ufeff")) else None
    for encoding in ("utf-8", *_wide(start)):
        text = _strictly(start, encoding, whole=whole)
        if text is not None and _is_readable(text):
            return text
    return start.decode("latin-1") if _is_western(start) else None


def _strictly(start: bytes, encoding: str, *, whole: bool) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(start, whole)
    except UnicodeDecodeError:
        return None


def _wide(start: bytes) -> tuple[str, ...]:
    """The encodings of two or four bytes a letter that `start` may be in, as every other byte is a NUL."""
    some = start[:512]
    if len(some) < 4:
        return ()
    found: list[str] = []
    for encoding, width, letter in (
        ("utf-16-le", 2, 0),
        ("utf-16-be", 2, 1),
        ("utf-32-le", 4, 0),
        ("utf-32-be", 4, 3),
    ):
        rest = [some[at::width] for at in range(width) if at != letter]
        if sum(each.count(0) for each in rest) >= 0.8 * sum(len(each) for each in rest):
            found.append(encoding)
    return tuple(found)


def _is_readable(text: str) -> bool:
    return bool(text) and all(
        letter.isprintable() or letter in _SPACE or (letter > "\x80" and category(letter) in _UNSEEN)
        for letter in text
    )


def _is_western(start: bytes) -> bool:
    if _NOT_WESTERN.search(start):
        return False
    accents = len(start) - len(start.translate(None, _ABOVE_ASCII))
    return accents <= _MOST_ACCENTS * len(start)


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
