"""Finding the lists that tell what was said in JSON of an unknown shape, and choosing the one that tells all.

Makers of transcripts tell the same again as phrases and as words, put each side of a call under its own name,
and add lists of what they found in it. So lists whose paths differ in free names alone belong together, and
of all that is told the best form is taken of those that say much.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from playhead.providers.reading.pieces import (
    CHANNEL,
    RIVALS,
    SHAPE,
    SPEAKER,
    TEXT,
    Piece,
    is_silent,
    plain,
    plainly,
    text,
    timed_pieces,
    voice,
)
from playhead.providers.reading.sides import sides_of

_DEEPEST = 12
_WORDS = frozenset({"words", "items", "tokens", "elements"})
_LISTS = _WORDS | {"segments", "utterances", "phrases", "sentences", "lines", "results", "cues", "monologues"}
_FRAMES = _LISTS | RIVALS | {"transcript", "transcripts", "transcription", "transcriptions", "conversation"}
_FRAMES |= {"turns", "messages", "paragraphs", "captions", "chunks", "entries", "channels", "tracks"}
_FRAMES |= {"data", "result", "response", "payload", "output"}
"""Names that tell nothing of who speaks. Any other may be that of a voice."""
_WHOLE = frozenset({"text", "transcript"})
"""Fields that certainly hold what was said."""
_ABOUT = re.compile(
    r"entit|topic|keyword|keyphrase|highlight|chapter|summar|sentiment|intent|insight|categor|actionitem"
    r"|(?:tag|label)s$"
)
"""Names of what was found in a call instead of what was said in it."""
_SPEAKERS = frozenset({"speakers", "participants"})
"""Objects whose free names are those of speakers, and no channels."""
_FEWEST_ALIKE = 3
"""Times that are the same in two lists not by chance."""
_ENOUGH = 0.5
"""The part of the longest telling that another must have to tell all of it: words lack blanks and signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Pieces that belong together; none where a list tells that nothing was said."""

    path: str
    pieces: Sequence[Piece]

    @property
    def words(self) -> bool:
        """True if its pieces are to be joined to sentences."""
        return _is_words(self.path)


@dataclass(frozen=True, slots=True)
class _Place:
    """Place in the JSON, with who speaks there."""

    path: str = ""
    """Names that lead there, the free ones as `*`."""
    free: tuple[str, ...] = ()
    name: str = ""
    speaker: str | None = None
    channel: str | None = None

    def below(self, key: object) -> "_Place":
        """The place of what stands under that name here."""
        name = plain(key)
        if name in _FRAMES or _ABOUT.search(name):
            return replace(self, path=f"{self.path}/{name}", name=name)
        step = "*words" if "words" in name else "*"
        return replace(self, path=f"{self.path}/{step}", free=(*self.free, str(key)), name=name)


@dataclass(frozen=True, slots=True)
class _Find:
    """Pieces of one place; `fields` are the names of what their objects hold."""

    place: _Place
    fields: frozenset[str]
    pieces: Sequence[Piece]
    timed: bool


def timed_telling(said: object) -> Telling | None:
    """The telling with times; None if nothing has that shape."""
    finds = list(_finds(said, _Place(), 0))
    timed = [find for find in finds if find.timed]
    if (telling := _best(timed)) is not None:
        return telling
    # An empty list is no silence beside a text.
    is_silence = timed and not any(find.pieces and find.fields & _WHOLE for find in finds)
    return Telling(path="", pieces=()) if is_silence else None


def untimed_telling(said: object) -> Telling | None:
    """The telling with or without times."""
    return _best(list(_finds(said, _Place(), 0)))


def _best(finds: Sequence[_Find]) -> Telling | None:
    tellings = _together([find for find in finds if find.pieces])
    enough = _ENOUGH * max(map(_amount, tellings), default=0)

    def rank(telling: Telling) -> tuple[bool, bool, bool, int]:
        voices = any(piece.speaker or piece.channel for piece in telling.pieces)
        known = telling.path.rpartition("/")[2] in _LISTS
        return telling.words, not voices, not known, telling.path.count("/")

    return min((each for each in tellings if _amount(each) >= enough), key=rank, default=None)


def _amount(telling: Telling) -> int:
    return sum(len(piece.text) for piece in telling.pieces)


def _together(finds: Sequence[_Find]) -> list[Telling]:
    """Tellings of the finds whose paths are the same, and which keep texts and times under the same names."""
    places = dict[str, dict[tuple[str, ...], list[_Find]]]()
    for find in finds:
        places.setdefault(find.place.path, {}).setdefault(find.place.free, []).append(find)
    tellings = list[Telling]()
    for path, voices in places.items():
        alike = dict[frozenset[str], dict[tuple[str, ...], list[_Find]]]()
        for free, found in voices.items():
            fields = frozenset[str]().union(*(find.fields for find in found))
            alike.setdefault(fields & SHAPE, {})[free] = found
        tellings += (Telling(path=path, pieces=_voiced(each)) for each in alike.values())
    return tellings


def _voiced(voices: dict[tuple[str, ...], list[_Find]]) -> Sequence[Piece]:
    """The pieces of all voices, each named by the free name that tells it from the others."""
    differing = [place for place, names in enumerate(zip(*voices, strict=True)) if len(set(names)) > 1]
    named = {free: " ".join(free[place] for place in differing) for free in voices}
    if not differing:
        # Of a call with one silent side, the other may still be named.
        named = {free: next((name for name in free if sides_of([name])), "") for free in voices}
    are_sides = bool(sides_of(named.values()))
    pieces, told = list[Piece](), set[tuple[tuple[float, float], ...]]()
    for free, finds in voices.items():
        own = [piece for find in finds for piece in find.pieces]
        times = tuple((piece.start, piece.end) for piece in own)
        # Nobody speaks whenever another does: that is the same in another language or spelling.
        if times in told and not are_sides:
            continue
        if len(times) >= _FEWEST_ALIKE and all(find.timed for find in finds):
            told.add(times)
        if name := named[free]:
            around = plain(free[differing[0] - 1]) if differing and differing[0] else ""
            own = [_by(piece, name, is_speaker=around in _SPEAKERS) for piece in own]
        pieces += own
    return pieces


def _by(piece: Piece, name: str, *, is_speaker: bool) -> Piece:
    if is_speaker:
        return piece if piece.speaker else replace(piece, speaker=name)
    return piece if piece.channel else replace(piece, channel=name)


def _finds(value: object, place: _Place, depth: int) -> Iterator[_Find]:
    """Everything of the shape of something said, in the order in which it stands there."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        facts = plainly(value)
        speaker, channel = voice(facts, SPEAKER), voice(facts, CHANNEL)
        place = replace(place, speaker=speaker or place.speaker, channel=channel or place.channel)
        if not _ABOUT.search(place.name):
            name = next((name for name in TEXT if text(facts, (name,))), None)
            if name is not None:
                yield _untimed(place, str(facts[name]), frozenset(facts))
        for key, inner in value.items():
            if inner is None and plain(key) in _LISTS:  # an empty list that was never made
                yield _Find(place.below(key), frozenset(), (), timed=True)
            elif isinstance(inner, dict | list):
                yield from _finds(inner, place.below(key), depth + 1)
    elif isinstance(value, list):
        yield from _finds_in_list(value[:1] if place.name in RIVALS else value, place, depth)


def _finds_in_list(rows: list[object], place: _Place, depth: int) -> Iterator[_Find]:
    if not _ABOUT.search(place.name):
        if pieces := timed_pieces(rows, place.speaker, place.channel):
            fields = frozenset(plain(key) for row in rows if isinstance(row, dict) for key in row)
            yield _Find(place, fields, pieces, timed=True)
            return
        is_list = place.name in _LISTS
        if (is_list and not rows) or (rows and all(is_silent(row, timed=not is_list) for row in rows)):
            yield _Find(place, frozenset(), (), timed=True)
    for number, row in enumerate(rows):
        if isinstance(row, str) and place.name in _LISTS:
            yield _untimed(place, row, frozenset())
        else:
            is_channel = place.name in {"channels", "tracks"} and len(rows) > 1
            yield from _finds(row, replace(place, channel=str(number)) if is_channel else place, depth + 1)


def _untimed(place: _Place, said: str, fields: frozenset[str]) -> _Find:
    piece = Piece(text=said, speaker=place.speaker, channel=place.channel)
    return _Find(place, fields, (piece,), timed=False)


def _is_words(path: str) -> bool:
    return path.rpartition("/")[2] in {*_WORDS, "*words"}
