"""`recordings.json`: everything that is known of an export and its recordings, for programs.

The file is read back by `core.exports.audit`; `VERSION` changes when older readers would get it wrong.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime, tzinfo
from typing import TextIO

from playhead.core.exports.audit import FORMAT, VERSION
from playhead.core.exports.choices import Choices, to_plain
from playhead.core.exports.custody import Sitting, origin_to_plain, sitting_to_plain
from playhead.core.exports.files import Kept
from playhead.core.exports.pastrow import PARTIES
from playhead.core.exports.report import Outcome, Report, State, reason
from playhead.core.finding.speechhits import Passage
from playhead.core.health.contradictions import contradictions
from playhead.core.health.verdicts import SoundHealth
from playhead.core.links import is_link, names_link
from playhead.core.marks import Marks
from playhead.core.recording import Party, Recording
from playhead.core.transcript import Transcript
from playhead.papers.exportdata import ExportData
from playhead.papers.formatting import iso, zone_name

_SECRET = re.compile(r"token|secret|passw|authorization|signature|credential", re.IGNORECASE)
_DEEPEST = 30


def write_json(export: ExportData, file: TextIO) -> None:
    """Write one object; its `recordings` come a line each."""
    head = json.dumps(dict(_head(export)), ensure_ascii=False, indent=1, allow_nan=False)
    file.write(head.removesuffix("\n}") + ',\n "recordings": [')
    separator = "\n"
    for outcome in export.report.outcomes:
        file.write(separator)
        row = dict(_row(outcome, export))
        file.write(json.dumps(row, ensure_ascii=False, allow_nan=False, default=str))
        separator = ",\n"
    file.write("\n ]\n}\n")


def discreet(value: object, depth: int = 0) -> object:
    """`value` as JSON holds it, less every link and whatever is named like a secret, at any depth.

    Providers' rows come here without links; this is the last door before somebody else reads them.
    """
    match value:
        case _ if depth > _DEEPEST:
            return None
        case dict():
            return {
                str(key): discreet(inner, depth + 1)
                for key, inner in value.items()
                if not (names_link(str(key)) or _SECRET.search(str(key)))
            }
        case list() | tuple():
            return [discreet(inner, depth + 1) for inner in value]
        case str() if is_link(value):
            return None
        case float() if not math.isfinite(value):
            return None
        case _:
            return value


def _head(export: ExportData) -> Iterator[tuple[str, object]]:
    report, zone = export.report, export.report.plan.zone
    yield "format", FORMAT
    yield "version", VERSION
    yield "program", export.program
    yield "began", iso(report.began, zone)
    yield "ended", iso(report.ended, zone)
    yield "zone", zone_name(report)
    yield "query", report.choices.query
    yield "coverage", report.choices.coverage
    yield "choices", _choices(report.choices)
    yield "accounts", dict(report.plan.labels)
    yield "origins", {account: origin_to_plain(each) for account, each in report.plan.origins.items()}
    yield "sittings", [_sitting(sitting, zone) for sitting in export.sittings]
    yield "counts", _counts(report)
    yield "bytes", report.size
    yield "cancelled", report.cancelled
    yield "stopped", reason(report.stopped) if report.stopped else None


def _sitting(sitting: Sitting, zone: tzinfo) -> Mapping[str, object]:
    moments = {"began": iso(sitting.began, zone), "ended": iso(sitting.ended, zone) or None}
    return {**sitting_to_plain(sitting), **moments}


def _choices(choices: Choices) -> Mapping[str, object]:
    plain = to_plain(choices)
    return {name: value for name, value in plain.items() if name not in {"query", "coverage"}}


def _row(outcome: Outcome, export: ExportData) -> Iterator[tuple[str, object]]:
    zone = export.report.plan.zone
    yield "result", outcome.state
    yield "number", export.number_of(outcome)
    if outcome.why:
        yield "why", outcome.why
    yield "file", _file(Kept(outcome.path, outcome.size, outcome.sha256)) if outcome.sha256 else None
    if outcome.media_type:
        yield "media_type", outcome.media_type
    if outcome.present:
        yield "present", True
    carried = export.carried_over(outcome)
    if carried is not None:
        yield "fetched", iso(outcome.fetched, zone) or None
        yield "sitting", export.sitting_of(outcome)
        yield "carried_over", carried
    if outcome.copy is not None or outcome.copy_failure:
        yield "copy", _copy(outcome)
    if outcome.transcript is not None:
        files = export.transcripts.get(outcome.recording.key, ())
        yield "transcript", {**_transcript(outcome.transcript), "files": [_file(file) for file in files]}
    elif outcome.transcript_failure:
        yield "transcript", {"why": outcome.transcript_failure}
    if outcome.marks is not None:
        yield "marks", _marks(outcome.marks, zone)
    yield from _heard(outcome)
    yield "recording", dict(plain_recording(outcome.recording, zone))


def _heard(outcome: Outcome) -> Iterator[tuple[str, object]]:
    """The words and the sound of it."""
    if outcome.said:
        yield "said", [plain_passage(each) for each in outcome.said]
    if outcome.health is not None:
        yield "health", _health(outcome.health, outcome.recording)
    if outcome.same is not None:
        yield "same_sound", {"group": outcome.same.group, "recordings": len(outcome.same.ids)}


def plain_passage(passage: Passage) -> Mapping[str, object]:
    """Words around what was said, with second and side, if known, and the words that were looked for."""
    return {
        "at": None if passage.at is None else round(passage.at, 2),
        "side": passage.side,
        "text": passage.text,
        "found": [passage.text[start:end] for start, end in passage.marks],
    }


def _health(health: SoundHealth, recording: Recording) -> Mapping[str, object]:
    otherwise = [
        {"said": each.said, "found": each.found} for each in contradictions(health.figures, recording)
    ]
    return {"verdict": health.verdict, "said_otherwise": otherwise, **health.figures.to_plain()}


def _counts(report: Report) -> Mapping[str, int]:
    """The number that ended in each state; of doubt only if there is any."""
    counts = {str(state): len(report.of(state)) for state in State}
    return {name: number for name, number in counts.items() if number or name != State.DOUBTFUL}


def _file(kept: Kept) -> Mapping[str, object]:
    return {"path": kept.path, "bytes": kept.size, "sha256": kept.sha256}


def _copy(outcome: Outcome) -> Mapping[str, object]:
    if outcome.copy is None:
        return {"why": outcome.copy_failure}
    file = _file(outcome.copy)
    return {**file, "flaw": outcome.copy_flaw} if outcome.copy_flaw else file


def plain_recording(recording: Recording, zone: tzinfo) -> Iterator[tuple[str, object]]:
    """The fields of a recording as JSON holds them, by their names; moments in `zone`."""
    for name in (each.name for each in fields(Recording)):
        value = getattr(recording, name)
        match value:
            case datetime():
                yield name, iso(value, zone)
            case Party():
                yield PARTIES[name], {each.name: getattr(value, each.name) for each in fields(Party)}
            case _ if name == "raw":
                yield name, discreet(dict(value))
            case _:
                yield PARTIES.get(name, name), value


def _transcript(transcript: Transcript) -> Mapping[str, object]:
    return {
        "id": transcript.id,
        "locale": transcript.locale,
        "summary": transcript.summary,
        "lines": [
            {
                "start": line.start if transcript.timed else None,
                "end": line.end if transcript.timed else None,
                "speaker": line.speaker,
                "text": line.text,
            }
            for line in transcript.lines
        ],
    }


def _marks(marks: Marks, zone: tzinfo) -> Mapping[str, object]:
    return {
        "starred": marks.starred,
        "heard_seconds": round(marks.heard.seconds, 1),
        "notes": [{"at": note.at, "text": note.text, "made": iso(note.made, zone)} for note in marks.notes],
    }
