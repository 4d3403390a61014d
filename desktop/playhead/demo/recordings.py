"""Bird's recordings as functions of their serial number: a million of them cost nothing until asked for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playhead.demo.audio import AudioShelf, Clip
from playhead.demo.calendar import Calendar, iso, mixed
from playhead.demo.ids import Ids
from playhead.demo.people import LINES, DemoParty, PhoneBook

NOT_SET = "0001-01-01T00:00:00Z"
_ORIGINS = ("create-call", "call-command-record-call", "call-command-record", "bridge-call")
_ODD_STATUSES = ("absent", "absent", "failed", "failed", "completed", "paused", "accepted", "quarantined")
_FAVOURITE_MP3 = 8
_PLAIN = 3
_FIRST_FLAW, _FLAW_EVERY = 9, 7
"""Ages in recordings: of the newest one that something is wrong with, and from one to the next."""
_LEFT_OUT: dict[int, tuple[str, ...]] = {
    0: ("channelId", "direction"),
    1: ("startedAt", "endedAt"),
    2: ("duration",),
    3: ("originator",),
    4: ("receiver",),
    5: ("startedAt", "endedAt", "duration", "channelId", "direction", "originator", "receiver"),
}


@dataclass(frozen=True, slots=True)
class Sketch:
    """Facts that filters ask of a recording, without the cost of the whole row."""

    serial: int
    bits: int
    status: str
    direction: str
    line: int
    caller: DemoParty | None

    @property
    def is_conference(self) -> bool:
        """True for a conference, which has neither direction nor parties."""
        return not self.direction

    @property
    def sender(self) -> DemoParty | None:
        """Caller; None for a conference and for an anonymous caller."""
        return self.caller if self.direction == "incoming" else LINES[self.line] if self.direction else None

    @property
    def target(self) -> DemoParty | None:
        """Person called; None for a conference."""
        return LINES[self.line] if self.direction == "incoming" else self.caller

    @property
    def left_out(self) -> tuple[str, ...]:
        """The optional fields that this recording's row lacks."""
        return _LEFT_OUT.get(self.bits >> 28 & 0x3F, ())

    @property
    def is_written_down(self) -> bool:
        """True if what was said in it is transcribed: one in eight of the calls that can be heard."""
        return self.status == "available" and not self.is_conference and self.bits >> 52 & 7 == 0


class BirdRecordings:
    """All recordings of one workspace; serial 0 is the oldest, `total - 1` the newest."""

    def __init__(self, count: int, seed: int, now: datetime, shelf: AudioShelf) -> None:
        self.total = count
        self.deleted = set[int]()
        """Serials of recordings that somebody has deleted since."""
        self.all_finished = False
        """Whether those that were going on at the start have ended."""
        self._count = count
        self._seed = seed
        self._calendar = Calendar(count, now, seed)
        self._book = PhoneBook(seed)
        self._ids = Ids(seed, "recording")
        self._calls = Ids(seed, "call")
        channels = Ids(seed, "channel")
        self._contacts = Ids(seed, "contact")
        self.channels = tuple(channels.of(index) for index in range(len(LINES)))
        self._stereo_calls = _by_taste([clip for clip in shelf.of_kind("call") if clip.channels == 2])
        self._mono_calls = _by_taste([clip for clip in shelf.of_kind("call") if clip.channels == 1])
        self._conferences = shelf.of_kind("conference")
        self._flawed = shelf.flawed_of_kind("call")
        self._copies = [clip for clip in shelf.copies if clip.kind == "call"]

    def created(self, serial: int) -> int:
        """Moment of its creation, in milliseconds since 1970 UTC; rises strictly with the serial."""
        return self._calendar.millisecond(serial)

    def first_at(self, millisecond: int) -> int:
        """The lowest serial created at or after a moment; `total` if there is none."""
        return self._calendar.first_at(millisecond, self.total)

    def id_of(self, serial: int) -> str:
        """The id of a recording."""
        return self._ids.of(serial)

    def serial(self, recording_id: str) -> int | None:
        """The serial that an id belongs to, even if the recording was deleted; None for a foreign id."""
        serial = self._ids.serial(recording_id)
        return serial if serial is not None and serial < self.total else None

    def find(self, recording_id: str) -> int | None:
        """The serial of a recording by its id, or None."""
        return self._known(self._ids.serial(recording_id))

    def find_source(self, source_id: str) -> int | None:
        """The serial of the recording of this call or conference, or None."""
        return self._known(self._calls.serial(source_id))

    def sketch(self, serial: int) -> Sketch:
        """Facts that a filter needs of a recording."""
        bits = self._bits(serial)
        direction = "" if bits % 100 < 8 else "incoming" if bits >> 7 & 15 < 9 else "outgoing"
        chance = (bits >> 11 & 0xFFFF) * (bits >> 27 & 0xFFFF) >> 16  # low numbers come more often
        anonymous = direction == "incoming" and bits >> 58 & 15 == 0
        caller = self._book[chance * len(self._book) >> 16] if direction and not anonymous else None
        return Sketch(serial, bits, self._status(serial, bits), direction, (bits >> 43) % len(LINES), caller)

    def is_transcribed(self, sketch: Sketch) -> bool:
        """True if a transcription of a recording exists."""
        if not sketch.is_written_down:
            return False
        clip = self.clip(sketch)
        return clip is not None and bool(clip.lines)

    def clip(self, sketch: Sketch) -> Clip | None:
        """Clip that is heard in a recording, or None where nothing is."""
        if sketch.status != "available":
            return None
        flaw = self._flaw(sketch.serial)
        if flaw is not None:
            return self._flawed[flaw]
        choice = sketch.bits >> 45 & 0x7F
        if sketch.is_conference:
            return self._conferences[choice % len(self._conferences)]
        stereo = sketch.bits >> 33 & 0xFF < 154
        if not stereo and self._copies and not sketch.bits >> 38 & 7:
            # Somebody hears a prompt, and hangs up.
            return self._copies[choice % len(self._copies)]
        clips = self._stereo_calls if stereo else self._mono_calls
        return clips[choice % len(clips)]

    def row(self, serial: int) -> dict[str, Any]:
        """The recording as the API describes it, without a link."""
        sketch = self.sketch(serial)
        clip = self.clip(sketch)
        row: dict[str, Any] = {
            "id": self._ids.of(serial),
            "source": "conference" if sketch.is_conference else "call",
            "sourceId": self._calls.of(serial),
            "channelId": self.channels[sketch.line],
            "status": sketch.status,
            "origin": _ORIGINS[sketch.bits >> 56 & 3],
            "stereo": clip.channels == 2 if clip else sketch.bits >> 33 & 0xFF < 154,
            "format": clip.format if clip else "mp3",
            "transcription": sketch.bits >> 50 & 15 == 0,
            **self._times(sketch, clip),
        }
        if sketch.is_conference:
            row["conferenceId"] = row["sourceId"]
            row["roomInfoUrl"] = f"https://rooms.example/{row['conferenceId']}"
        else:
            row["direction"] = sketch.direction
            row["originator"] = self._identifier(sketch.sender, sketch)
            row["receiver"] = self._identifier(sketch.target, sketch)
        for name in sketch.left_out:
            row.pop(name, None)
        return row

    def _bits(self, serial: int) -> int:
        bits = mixed(self._seed, serial)
        # The newest few are what a newcomer tries first: ordinary calls.
        plain = 0 <= self._count - 1 - serial < _PLAIN or self._flaw(serial) is not None
        while plain and not _is_plain(bits):
            bits = mixed(bits, serial)
        return bits

    def _flaw(self, serial: int) -> int | None:
        """The number of the clip that something is wrong with, if this recording has one of them."""
        times, rest = divmod(self._count - 1 - serial - _FIRST_FLAW, _FLAW_EVERY)
        return times % len(self._flawed) if times >= 0 and not rest and self._flawed else None

    def _status(self, serial: int, bits: int) -> str:
        age = self._count - 1 - serial
        if age in (3, 6):
            return "available" if self.all_finished else "ongoing"
        if 0 <= age < _PLAIN or bits >> 20 & 0xF or self._flaw(serial) is not None:
            return "available"
        return _ODD_STATUSES[bits >> 24 & 7]

    def _times(self, sketch: Sketch, clip: Clip | None) -> dict[str, Any]:
        created = self.created(sketch.serial)
        started = created - 80 - (sketch.bits & 0x7F)
        length = clip.seconds if clip else 0.0
        ended = started + round(length * 1000)
        times: dict[str, Any] = {"createdAt": iso(created), "startedAt": iso(started)}
        unset = sketch.status in {"ongoing", "accepted"} or (clip and sketch.bits >> 36 & 0x7F == 1)
        return times | {
            "updatedAt": iso(created if unset else ended + 1100),
            "endedAt": NOT_SET if unset else iso(ended),
            "duration": 0 if unset else int(length),
        }

    def _identifier(self, party: DemoParty | None, sketch: Sketch) -> dict[str, Any]:
        if party is None:
            return {"number": {"type": "pstn", "anonymous": True, "callerIdName": "Anonymous"}}
        plus = sketch.bits >> 40 & 3 == 0
        number: dict[str, Any] = {
            "type": "sip" if sketch.bits >> 48 & 15 == 0 else "pstn",
            "number": party.number if plus else party.number[1:],
            "anonymous": False,
            "countryIsoCode": party.country,
        }
        if party.name:
            number["callerIdName"] = party.name
        if party in LINES:
            return {"number": number | {"identity": party.number}}
        contact = self._contacts.of(int(party.number[1:]))
        return {
            "contact": {"id": contact, "identifierKey": "phonenumber", "identifierValue": party.number},
            "number": number,
        }

    def _known(self, serial: int | None) -> int | None:
        there = serial is not None and serial < self.total and serial not in self.deleted
        return serial if there else None


def _is_plain(bits: int) -> bool:
    """A stereo call with all its fields, whose times are set."""
    return bits % 100 >= 8 and bits >> 33 & 0xFF < 154 and bits >> 28 & 0x3F > 5 and bits >> 36 & 0x7F != 1


def _by_taste(clips: list[Clip]) -> tuple[Clip, ...]:
    """Clips as often as they should be heard: mostly mp3."""
    return tuple(clip for clip in clips for _ in range(_FAVOURITE_MP3 if clip.format == "mp3" else 2))
