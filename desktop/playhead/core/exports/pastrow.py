"""Reading of `recordings.json`: an export and each of its recordings.

Everything here raises `TypeError`, `ValueError` or `KeyError` if it is not what an export writes.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, tzinfo
from typing import Any, cast

from playhead.core.exports.choices import Choices, from_plain
from playhead.core.exports.custody import Sitting, sitting_from_plain
from playhead.core.exports.files import Kept
from playhead.core.exports.report import Outcome, State
from playhead.core.exports.sums import inside
from playhead.core.marks import Marks, Note
from playhead.core.recording import Party, Recording
from playhead.core.transcript import Line, Transcript
from playhead.core.zone import zone_of_moments


def past_zone(told: Mapping[str, object]) -> tzinfo:
    """The zone by the name that the record says, or by the offsets of its moments; raises as `pastrow` does.

    Earlier versions wrote an abbreviation such as `EST` where the system had told no name.
    """
    return zone_of_moments(a_text(told["zone"]), _moments(told))


def _moments(told: Mapping[str, object]) -> Iterator[datetime]:
    rows = (an_object(an_object(row)["recording"]) for row in a_list(told["recordings"]))
    texts = [told["began"], told["ended"], *(row.get(name) for row in rows for name in _MOMENTS)]
    for text in texts:
        # Those in UTC with a Z are what the zone could not say.
        if isinstance(text, str) and not text.endswith("Z"):
            with contextlib.suppress(ValueError, OverflowError):
                moment = datetime.fromisoformat(text)
                if moment.tzinfo is not None and 1 < moment.year < 9999:
                    yield moment


PARTIES = {"caller": "from", "callee": "to"}
"""What the parties of a recording are called in the file."""
_SUM = re.compile(r"[0-9a-f]{64}")
_MOMENTS = ("started", "ended", "created", "updated")
_REQUIRED = {"account", "id", "kind"}
_KINDS: dict[str, tuple[type, ...]] = {
    "duration": (int, float),
    "measured": (int, float),
    "stereo": (bool,),
    "transcribed": (bool,),
    "size": (int,),
    "position": (int,),
    "anonymous": (bool,),
}
"""What is not text."""
_FIELDS = tuple(field.name for field in fields(Recording))
_PARTY_FIELDS = frozenset(field.name for field in fields(Party))


def past_sittings(told: object) -> Sequence[Sitting | None]:
    """The runs of the export, in their order; None for one that makes no sense."""
    return [sitting_from_plain(each) for each in told] if isinstance(told, list) else []


def past_outcome(row: object, sittings: Sequence[Sitting | None] = ()) -> Outcome:
    """Outcome of the recording; rows refer to `sittings` by number."""
    facts = an_object(row)
    file, copy = a_file(facts.get("file")), facts.get("copy")
    said, marks = facts.get("transcript"), facts.get("marks")
    state = State(a_text(facts["result"]))
    if state.has_file is (file is None):
        raise ValueError("kept without a file, or the other way round")
    return Outcome(
        recording=_recording(an_object(facts["recording"])),
        state=state,
        path=file.path if file else "",
        size=file.size if file else 0,
        sha256=file.sha256 if file else "",
        media_type=a_text(facts.get("media_type", "")),
        why=a_text(facts.get("why", "")),
        present=facts.get("present") is True,
        fetched=a_moment(facts["fetched"]) if facts.get("fetched") else None,
        sitting=_sitting(facts.get("sitting"), sittings),
        copy=a_file(copy),
        copy_failure=_why(copy),
        copy_flaw=a_text(copy.get("flaw", "")) if isinstance(copy, dict) else "",
        transcript=_transcript(an_object(said)) if said is not None and not _why(said) else None,
        transcript_failure=_why(said),
        marks=_marks(an_object(marks)) if marks is not None else None,
    )


def past_choices(told: Mapping[str, object]) -> Choices:
    """Choices of the person, from the whole record."""
    chosen = an_object(told["choices"])
    return from_plain({**chosen, "query": told["query"], "coverage": told["coverage"]})


def a_file(told: object) -> Kept | None:
    """A file of the export; None if there is none. A path that leads out of the folder is refused."""
    if told is None or "path" not in (facts := an_object(told)):
        return None
    path, size, digest = a_text(facts["path"]), facts["bytes"], a_text(facts["sha256"])
    if not inside(path) or type(size) is not int or size < 0 or not _SUM.fullmatch(digest):
        raise ValueError("no file of this folder")
    return Kept(path, size, digest)


def a_moment(told: object) -> datetime:
    """A moment, in UTC."""
    moment = datetime.fromisoformat(a_text(told))
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC)


def an_object(told: object) -> Mapping[str, object]:
    """A JSON object."""
    if not isinstance(told, dict):
        raise TypeError("no object")
    return told


def a_list(told: object) -> list[object]:
    """A JSON array."""
    if not isinstance(told, list):
        raise TypeError("no list")
    return told


def a_text(told: object) -> str:
    """A text."""
    if not isinstance(told, str):
        raise TypeError("no text")
    return told


def _recording(facts: Mapping[str, object]) -> Recording:
    values: dict[str, Any] = {}
    for name in _FIELDS:
        told = facts.get(PARTIES.get(name, name))
        if name == "provider":
            values[name] = a_text(told)
        elif name == "raw":
            values[name] = an_object(told or {})
        elif told is None:
            if name in _REQUIRED:
                raise ValueError(f"no {name}")
        elif name in PARTIES:
            party = an_object(told)
            values[name] = Party(**{key: _value(key, party[key]) for key in _PARTY_FIELDS & party.keys()})
        else:
            values[name] = (a_moment(told) if told else None) if name in _MOMENTS else _value(name, told)
    return Recording(**values)


def _value(name: str, told: object) -> Any:
    kinds = _KINDS.get(name, (str,))
    if told is not None and type(told) not in kinds:
        raise TypeError(f"{name} is of another kind")
    return told


def _transcript(facts: Mapping[str, object]) -> Transcript:
    return Transcript(
        id=a_text(facts["id"]),
        locale=cast("str | None", _value("locale", facts["locale"])),
        summary=cast("str | None", _value("summary", facts["summary"])),
        lines=tuple(_line(an_object(line)) for line in a_list(facts["lines"])),
    )


def _line(facts: Mapping[str, object]) -> Line:
    return Line(
        start=float(cast("float", facts["start"])),
        end=float(cast("float", facts["end"])),
        text=a_text(facts["text"]),
        speaker=cast("str | None", _value("speaker", facts["speaker"])),
    )


def _marks(facts: Mapping[str, object]) -> Marks:
    notes = [an_object(note) for note in a_list(facts["notes"])]
    return Marks(
        starred=facts["starred"] is True,
        notes=tuple(
            Note(
                id=0,
                text=a_text(note["text"]),
                at=float(cast("float", note["at"])) if note["at"] is not None else None,
                made=a_moment(note["made"]),
            )
            for note in notes
        ),
    )


def _sitting(told: object, sittings: Sequence[Sitting | None]) -> Sitting | None:
    return sittings[told - 1] if type(told) is int and 0 < told <= len(sittings) else None


def _why(told: object) -> str:
    return a_text(told["why"]) if isinstance(told, dict) and "why" in told else ""
