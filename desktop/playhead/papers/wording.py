"""How the papers say moments, lengths, sizes, states and texts."""

import re
from datetime import datetime, tzinfo

from playhead.core.exports.report import Outcome, Report, State
from playhead.core.figures import clock
from playhead.core.marks import Note
from playhead.core.recording import Party

TITLES = {
    State.FAILED: "Failed",
    State.SKIPPED: "Skipped",
    State.LEFT: "Not reached",
    State.KEPT: "Kept",
}
"""What each state is called, in the order in which a reader needs them."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def clean(text: str | None) -> str:
    """`text` without the characters that neither XML nor a table can hold; lines stay lines."""
    return _UNFIT.sub(" ", text or "").encode("utf-8", "replace").decode()


def zone_name(report: Report) -> str:
    """The zone that all times of the papers are in: its name where it has one."""
    zone = report.plan.zone
    return str(getattr(zone, "key", None) or report.ended.astimezone(zone).tzname() or zone)


def local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    """`moment` in the zone of the export; None if there is none, or none that the zone can say."""
    try:
        return moment.astimezone(zone) if moment is not None else None
    except (OverflowError, ValueError):
        return None


def iso(moment: datetime | None, zone: tzinfo) -> str:
    """`moment` in the zone of the export, with its offset (ISO 8601); empty if there is none."""
    there = local(moment, zone)
    return there.isoformat(timespec="seconds") if there is not None else ""


def readable(moment: datetime | None, zone: tzinfo) -> str:
    """The same with a space in it, for people."""
    return iso(moment, zone).replace("T", " ")


def decimal(number: float) -> str:
    """A number in digits, to the thousandth, without an exponent."""
    return str(number) if isinstance(number, int) else f"{number:.3f}".rstrip("0").rstrip(".")


def noted(note: Note) -> str:
    """A note in one text, after the minute and second it belongs to."""
    return f"{clock(note.at)} {note.text}" if note.at is not None else note.text


def called(party: Party | None) -> str:
    """Whom a reader takes a party for: name and number, or that it did not say."""
    if party is None:
        return ""
    if party.anonymous and not party.address:
        return "anonymous"
    return " ".join(word for word in (party.name, party.address) if word)


def troubles(outcome: Outcome) -> str:
    """What did not come with the audio although it was chosen, as a sentence's end; empty if nothing."""
    parts = [f"no copy: {outcome.copy_failure}"] if outcome.copy_failure else []
    parts += [f"no transcript: {outcome.transcript_failure}"] if outcome.transcript_failure else []
    return "; ".join(parts)
