"""Convirza's prompts, whispers, voicemails and surveys as functions of their place in the list."""

from datetime import datetime
from typing import Any

from playhead.demo.audio import AudioShelf, Clip
from playhead.demo.calendar import iso, mixed

KINDS = ("prompt", "whisper", "voicemail", "survey")
_FIRST_ID = 4101
_SHARES = 5 * ("prompt",) + 2 * ("whisper",) + 2 * ("voicemail",) + ("survey",)
_PLACES = ("Amsterdam", "Boston", "Cardiff", "Essen", "Malmö", "Perth", "東京", "القاهرة", "São Paulo")
_AUTHORS: tuple[object, ...] = ("Ines Duarte", "Noah Smith", "Zoë van der Berg", 17)
_FIRST_FLAW, _FLAW_EVERY = 4, 5
"""Places in the list: of the newest prompt that something may be wrong with, and from one to the next."""
_DAY_MS = 86_400_000


class Prompts:
    """The prompts of one organisation; place 0 is the newest, and has the highest id."""

    def __init__(self, count: int, seed: int, now: datetime, shelf: AudioShelf) -> None:
        self.total = count
        self.deleted = set[int]()
        """Places of prompts that somebody has deleted since."""
        self._seed = seed
        self._newest = int(now.timestamp() * 1000) - 3 * 3_600_000
        self._step = min(3 * _DAY_MS, 900 * _DAY_MS // max(1, count))
        self._shelf = shelf
        self._flawed = shelf.flawed_of_kind("prompt")
        self._copies = [clip for clip in shelf.copies if clip.kind == "prompt"]
        self._clips = {kind: shelf.of_kind(kind) for kind in KINDS}

    def place_of(self, number: int) -> int | None:
        """The place of the prompt with this id, or None."""
        place = self.total - 1 - (number - _FIRST_ID)
        return place if 0 <= place < self.total else None

    def number(self, place: int) -> int:
        """The id of the prompt at a place."""
        return _FIRST_ID + self.total - 1 - place

    def kind(self, place: int) -> str:
        """One of the four kinds."""
        return _SHARES[self._bits(place) % len(_SHARES)]

    def clip(self, place: int) -> Clip:
        """The clip that is heard."""
        kind = self.kind(place)
        times, rest = divmod(place - _FIRST_FLAW, _FLAW_EVERY)
        if kind == "prompt" and times >= 0 and not rest:
            return self._flawed[times % len(self._flawed)]
        clips, bits = self._clips[kind], self._bits(place)
        found = clips[(bits >> 8) % len(clips)]
        # One prompt is kept in several forms, as it is where many people keep prompts.
        copies = [each for each in self._copies if each.title == found.title and kind == "prompt"]
        return copies[(bits >> 48) % len(copies)] if copies and not bits >> 52 & 3 else found

    def audio(self, place: int) -> bytes:
        """The bytes of its file."""
        return self._shelf.audio(self.clip(place), str(self.number(place)))

    def filename(self, place: int) -> str:
        """The name of its file: unique, and safe in an address."""
        stem, _, extension = self.clip(place).file.rpartition(".")
        return f"{stem}-{self.number(place)}.{extension}"

    def created(self, place: int) -> int:
        """Moment at which it was made, in milliseconds since 1970 UTC; falls strictly with the place."""
        return self._newest - place * self._step - self._bits(place) % max(1, self._step // 2)

    def has_link(self, place: int) -> bool:
        """Tell whether the list gives an address for it: a few have none."""
        return self._bits(place) >> 16 & 31 != 0

    def row(self, place: int) -> dict[str, Any]:
        """The prompt as the API describes it, without a link."""
        bits, clip = self._bits(place), self.clip(place)
        name = f"{clip.title} – {_PLACES[(bits >> 24) % len(_PLACES)]}"
        if bits >> 32 & 15 == 0:
            name = "<img src=x> " + name
        row: dict[str, Any] = {
            "id": self.number(place),
            "name": name,
            "filename": self.filename(place),
            "type": self.kind(place),
            "recording_file_type": clip.format,
        }
        if bits >> 36 & 1:
            row["size"] = len(self.audio(place))
            row["duration"] = clip.seconds
            row["created_at"] = iso(self.created(place))
            row["created_by"] = _AUTHORS[(bits >> 37) % len(_AUTHORS)]
        return row

    def _bits(self, place: int) -> int:
        return mixed(self._seed ^ 0xC0, self.total - place)
