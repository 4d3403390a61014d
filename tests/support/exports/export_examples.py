"""An invented export whose audio is on the disk, with everything in it that can happen."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playhead.core.errors import ExportError
from playhead.core.exports.choices import Choices
from playhead.core.exports.files import Kept
from playhead.core.exports.plan import Plan, Planned
from playhead.core.exports.report import Outcome, Report, State, flaw
from playhead.core.marks import Marks, Note, Spans
from playhead.core.recording import Party, Recording
from playhead.core.transcript import Line, Transcript

ZONE = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 7, 14, 10, 0, tzinfo=UTC)
PROGRAM = "Playhead 1.0"
HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> \u202eevil\ud800 \x07_x0041_\nsecond line'
LINK = "https://media.example/a.mp3?X-Amz-Signature=abc"


def recording(number: int, **changes: object) -> Recording:
    """An invented call."""
    fields: dict[str, object] = {
        "account": "a1",
        "id": f"5b74ee9e-{number:04d}",
        "provider": "bird",
        "direction": "incoming",
        "status": "available",
        "caller": Party(number="0031205550123", identity="+31205550123", name="Maria Jansen"),
        "callee": Party(number="+15550142"),
        "started": NOON + timedelta(minutes=number),
        "duration": 61.25,
        "format": "mp3",
        "stereo": True,
        "size": 12_345_678_901,
        "raw": {"id": f"5b74ee9e-{number:04d}", "nested": [{"count": 3, "ratio": 0.5}], "text": "plain"},
    }
    return Recording(**{**fields, **changes})  # type: ignore[arg-type]


SPOKEN = Transcript(
    id="t1",
    locale="en-GB",
    summary="A refund is asked for.",
    lines=(
        Line(start=0.5, end=2.0, text="Good day & <welcome>", speaker="left"),
        Line(start=2.0, end=2.0, text="Hello\n\nthere --> you", speaker="right"),
        Line(start=3661.5, end=3662.0, text=""),
    ),
)
MARKED = Marks(
    starred=True,
    notes=(Note(id=1, text="call back\nsoon", made=NOON), Note(id=2, text="refund", at=62.0, made=NOON)),
)


def kept(
    folder: Path, number: int, *, recorded: Recording | None = None, path: str = "", **changes: object
) -> Outcome:
    """A recording whose audio lies in `folder`."""
    path = path or f"2026-07-14/+31205550123_{number}.mp3"
    content = bytes([number % 256]) * 1000
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)
    fields: dict[str, object] = {
        "recording": recorded or recording(number),
        "state": State.KEPT,
        "path": path,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return Outcome(**{**fields, **changes})  # type: ignore[arg-type]


def copied(folder: Path, path: str) -> Kept:
    """A copy that lies in `folder`."""
    content = b"copy"
    (folder / path).write_bytes(content)
    return Kept(path, len(content), hashlib.sha256(content).hexdigest())


def report(
    folder: Path, outcomes: Sequence[Outcome], choices: Choices | None = None, **changes: object
) -> Report:
    """The report of an export of `outcomes` into `folder`."""
    files = tuple(Planned(outcome.recording, outcome.path or "none.mp3") for outcome in outcomes)
    fields: dict[str, object] = {
        "plan": Plan(folder, files, {"a1": "EU support", "a2": "@SUM(A1) <b>US</b>"}, ZONE),
        "outcomes": tuple(outcomes),
        "began": NOON,
        "ended": NOON + timedelta(minutes=3),
        "choices": choices or Choices(query="from:+31* is:transcribed", coverage="Everything of EU support."),
    }
    return Report(**{**fields, **changes})  # type: ignore[arg-type]


def everything(folder: Path, **chosen: object) -> Report:
    """Kept with all that can come along, skipped, failed, not reached; hostile texts; a link."""
    folder.mkdir(parents=True, exist_ok=True)
    hostile = recording(
        2,
        account="a2",
        id="00012345678901234567890",
        provider="convirza",
        kind="voicemail",
        name=HOSTILE,
        caller=Party(name="עברית (hi)", anonymous=True),
        started=None,
        duration=1_234_567.125,
        raw={
            "name": HOSTILE,
            "deep": {"token": "t0ps3cret", "file": LINK, "downloadUrl": LINK},
            "nan": float("nan"),
        },
    )
    outcomes = [
        kept(
            folder,
            1,
            transcript=SPOKEN,
            marks=MARKED,
            copy=None,
            copy_flaw=flaw(Spans(((1.0, 1.6),))),
        ),
        kept(
            folder,
            2,
            recorded=hostile,
            path="a b/100% #1 [x] ü.mp3",
            transcript_failure="the connection failed",
        ),
        kept(folder, 3, present=True, copy_failure="a part of it is damaged", media_type="audio/mpeg"),
        Outcome(
            recording=recording(4, status="ongoing"),
            state=State.SKIPPED,
            why="it has no audio: its status is ongoing",
        ),
        Outcome(
            recording=recording(5),
            state=State.FAILED,
            why="the provider does not have it (HTTP 404, request req-7)",
        ),
        Outcome(recording=recording(6), state=State.LEFT, why="the disk is full"),
    ]
    outcomes[0] = replace(outcomes[0], copy=copied(folder, "2026-07-14/+31205550123_1.opus"))
    choices = Choices(
        query="from:+31* <b>is:transcribed</b>",
        coverage="37 match in 1 204 loaded · more exist at Bird.",
        marks=True,
        **chosen,  # type: ignore[arg-type]
    )
    return report(folder, outcomes, choices, stopped=ExportError("full"))
