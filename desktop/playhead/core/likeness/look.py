"""Looking at the first bytes of what was sent as audio."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from playhead.core.errors import Instead
from playhead.core.likeness.containers import container
from playhead.core.likeness.frames import frames
from playhead.core.likeness.otherkinds import another_kind, text_kind

ENOUGH = 65_536
"""Bytes that tell as much as more of them would."""
_LEAST = 32
"""Bytes; nothing smaller holds sound."""
_FEW = 8
"""Letters that silence wavers between; any text of some length has more."""
_SPELLED = b"#!AMR"
"""A header that is text, and so may be the frames of silence behind it."""
_UNWRITTEN = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Bytes that are in no text; sound that is loud enough to hold a blank is full of them."""
_RAW = re.compile(
    r"(?:pcm_?)?(?:mu|u|a)-?law(?:-basic)?|g\.?711[au]?|pcm[ua]|ul|al|gsm|(?:aal2-)?g\.?72[2369][\w.-]*|sln\d*|slin\d*|l8|l16|l24"
    r"|raw|pcm|pcm_\w+|s16le|vox|adpcm|basic"
)
"""What sound without any header is called: of telephones, and of plain samples."""


@dataclass(frozen=True, slots=True)
class Look:
    """Verdict on the first bytes of a file; both empty: they show nothing."""

    instead: Instead | None = None
    """What it certainly is, if not audio."""
    sound: int | None = None
    """It is audio: the bytes before its sound, as far as is known."""

    @property
    def undecided(self) -> bool:
        """True if it neither looks like audio nor like anything else."""
        return self.instead is None and self.sound is None


def look(start: bytes, *, whole: bool, told: Collection[str] = ()) -> Look:
    """Look at the file that begins with `start`, which is all of it if `whole`.

    `told` is what others call it: media types, formats, endings. It counts only for sound without a header,
    as nothing in that can be known again.
    """
    if not start:
        return Look("nothing" if whole else None)
    if not start.startswith(_SPELLED) and (text := text_kind(start, whole=whole)):
        return _constant(start, told) or Look(text)
    if other := another_kind(start):
        return Look(other)
    found = container(start, whole=whole)
    if found is None:
        at = frames(start, whole=whole)
        found = at if at is None else (at, True)
    if found is not None:
        at, sounds = found
        return Look(sound=at) if sounds else Look("soundless" if whole else None)
    if whole and len(start) < _LEAST:
        return Look("scrap")
    return Look(sound=0) if is_raw(told) and any(start) and not _may_be_text(start) else Look()


def is_raw(told: Collection[str]) -> bool:
    """Tell whether any of these names is of sound without a header."""
    return any(_RAW.fullmatch(plain(name)) for name in told)


def plain(name: str) -> str:
    """A media type, a format or an ending, as one word."""
    word = name.partition(";")[0].strip().lower().rpartition("/")[2].lstrip(".").removeprefix("x-")
    return word.rpartition(".")[2] if word.startswith("vnd.") else word


def _may_be_text(start: bytes) -> bool:
    """Tell whether it has words and nothing that no text has, whatever its letters are encoded in."""
    return (b" " in start or b"\n" in start) and _UNWRITTEN.search(start) is None


def _constant(start: bytes, told: Collection[str]) -> Look | None:
    """Silence of a telephone, which is one letter over and over, or of a cheap one a few without words."""
    letters = set(start)
    if len(start) <= _LEAST or len(letters) > _FEW or letters & set(b" \n") or not is_raw(told):
        return None
    return Look(sound=0) if len(letters) == 1 and start[:1] in b"U\x7f~" else Look()
