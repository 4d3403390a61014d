"""Names of files that Windows, macOS and Linux all accept, whatever they were made from."""

import itertools
import re
import unicodedata
from collections.abc import Iterator

PART_BYTES = 245
"""How long one part of a path may be in UTF-8: systems stop at 255, and `.part` comes after it at first."""
TAIL_BYTES = 20
"""What may come to a name where a disk takes only shorter ones: a number, another extension, `.part`."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
"""What Windows refuses; and what the lists of a BagIt bag, and links, write letters in another way with."""
_SPACE = re.compile(r"\s+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control and format characters (bidi marks and zero-width ones too), surrogates, unassigned ones."""


def safe_part(text: str, *, suffix: str = "", limit: int = PART_BYTES) -> str:
    """`text` and then `suffix`, as one part of a path: a file's or folder's name that is safe everywhere.

    At most `limit` bytes of UTF-8, in normal form C; never empty, hidden, reserved, or with a trailing dot or
    space. If it is too long, `suffix` is kept and `text` is cut.
    """
    name = visible(text)
    name = _FORBIDDEN.sub("_", name)
    if name.startswith((".", "-", "~")):
        name = f"_{name[1:]}"
    name = _cut(name, limit - len(suffix.encode()) - 1) or "_"
    if _RESERVED.fullmatch(name.partition(".")[0].rstrip()):
        stem, dot, rest = name.partition(".")
        name = f"{stem.rstrip()}_{dot}{rest}"
    return unicodedata.normalize("NFC", name + suffix)


def visible(text: str) -> str:
    """`text` in normal form C, without what cannot be seen, with single spaces and none at the ends."""
    if text.isascii() and text.isprintable():
        return _SPACE.sub(" ", text).strip()
    # A space goes in for a line break or tab before control characters go.
    spaced = _SPACE.sub(" ", text)
    kept = "".join(letter for letter in spaced if unicodedata.category(letter) not in _INVISIBLE)
    return unicodedata.normalize("NFC", _SPACE.sub(" ", kept)).strip()


def numbered(path: str, number: int) -> str:
    """`path` with ` (2)` or whatever `number` is, before its extension."""
    folder, slash, name = path.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    tail = f" ({number}){dot}{extension}" if stem else f" ({number})"
    return f"{folder}{slash}{safe_part(stem or name, suffix=tail)}"


def candidates(path: str) -> Iterator[str]:
    """`path`, then with ` (2)`, ` (3)` and so on without end: the first that nobody has is taken."""
    yield path
    for number in itertools.count(2):
        yield numbered(path, number)


def same_file(path: str) -> str:
    """Key of a path under which some system takes two for one: without case and Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def units(text: str) -> int:
    """The length as Windows counts it: UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _cut(name: str, limit: int) -> str:
    """The beginning of `name` that fits `limit` bytes, with no dot or space at its end."""
    raw = name.encode()
    if len(raw) > limit:
        name = raw[: max(0, limit)].decode(errors="ignore")
    return name.rstrip(". ")
