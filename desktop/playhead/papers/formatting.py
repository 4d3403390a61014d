"""Formatting of moments, numbers, states and texts for the files of an export."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from playhead.core.exports.report import Outcome, Report, State
from playhead.core.figures import clock
from playhead.core.finding.speechhits import Passage
from playhead.core.marks import Note
from playhead.core.recording import Party
from playhead.core.zone import is_zone_name

TITLES = {
    State.FAILED: "Failed",
    State.SKIPPED: "Skipped",
    State.LEFT: "Not reached",
    State.DOUBTFUL: "Kept, but Playhead cannot tell whether it is audio",
    State.KEPT: "Kept",
}
"""The title of each state."""
LONGEST = 120
"""Letters of a text that the report shows; its place is limited, and the tables have all of it."""

ZULU = timezone(timedelta(), "Z")
"""UTC, for moments at the ends of the calendar that the zone of an export cannot say."""
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def clean(text: str | None) -> str:
    """`text` without the characters that neither XML nor a table can hold; lines stay lines."""
    return _UNFIT.sub(" ", text or "").encode("utf-8", "replace").decode()


def zone_name(report: Report) -> str:
    """The zone that all times of the papers are in, as `Europe/Amsterdam` or `UTC+02:00`.

    Empty if it has no such name: an abbreviation would be that of one half of the year.
    """
    zone = report.plan.zone
    name = "UTC" if zone is UTC else str(getattr(zone, "key", ""))
    if is_zone_name(name):
        return name
    same = zone.utcoffset(None)
    return f"UTC{report.ended.astimezone(timezone(same)).isoformat()[-6:]}" if same is not None else ""


def zone_sentence(report: Report) -> str:
    """In which zone all times are."""
    name = zone_name(report)
    return (
        f"All times are in the zone {name}, with their offset from UTC."
        if name
        else "All times are those of the computer that made the export, each with its offset from UTC."
    )


def local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    """`moment` in the zone of the export, or in `ZULU` if that cannot say it; None if there is none."""
    if moment is None:
        return None
    for there in (zone, ZULU):
        try:
            return moment.astimezone(there)
        except (OverflowError, ValueError):
            continue
    return moment


def stamp(moment: datetime) -> str:
    """A moment that `local` gave, with its offset (ISO 8601)."""
    text = moment.isoformat(timespec="seconds")
    return f"{text.removesuffix('+00:00')}Z" if moment.tzinfo is ZULU else text


def iso(moment: datetime | None, zone: tzinfo) -> str:
    """`moment` in the zone of the export, with its offset (ISO 8601); empty if there is none."""
    there = local(moment, zone)
    return stamp(there) if there is not None else ""


def readable(moment: datetime | None, zone: tzinfo) -> str:
    """The same with a space in it, for people."""
    return iso(moment, zone).replace("T", " ")


def decimal(number: float) -> str:
    """A number in digits, to the thousandth, without an exponent."""
    return str(number) if isinstance(number, int) else f"{number:.3f}".rstrip("0").rstrip(".")


def noted(note: Note) -> str:
    """A note in one text, after the minute and second it belongs to."""
    return f"{clock(note.at)} {note.text}" if note.at is not None else note.text


def said(passage: Passage) -> str:
    """Words around what was said, behind their minute and second and the side that said them, where known."""
    where = ["" if passage.at is None else clock(passage.at), passage.side or ""]
    return ": ".join(part for part in (" ".join(filter(None, where)), passage.text) if part)


def called(party: Party | None) -> str:
    """Whom a reader takes a party for: name and number, or that it did not say; long ones are cut."""
    if party is None:
        return ""
    if party.anonymous and not party.address:
        return "anonymous"
    return " ".join(short(word) for word in (party.name, party.address) if word)


def short(text: str, longest: int = LONGEST) -> str:
    """`text`, or its beginning with an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def troubles(outcome: Outcome) -> str:
    """Files that did not come with the audio, or not whole, as a sentence's end; empty if none."""
    parts = [f"no copy: {outcome.copy_failure}"] if outcome.copy_failure else []
    parts += [f"copy with a flaw: {outcome.copy_flaw}"] if outcome.copy_flaw else []
    parts += [f"no transcript: {outcome.transcript_failure}"] if outcome.transcript_failure else []
    return "; ".join(parts)
