"""Transcripts as files beside the audio: `.vtt` for players, `.txt` for readers."""

import re
from collections.abc import Iterable, Iterator, Mapping

from playhead.core.exports.naming import PART_BYTES, same_file
from playhead.core.exports.report import Outcome
from playhead.core.figures import clock
from playhead.core.transcript import Line, Transcript
from playhead.papers.formatting import clean

_BREAKS = re.compile(r"\s+")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SHORTEST = 0.001
"""Seconds: WebVTT has no cue that ends when it begins."""


def to_vtt(transcript: Transcript) -> str:
    """WebVTT (https://www.w3.org/TR/webvtt1/): a cue for each line, with its speaker as its voice."""
    lines = sorted(_spoken(transcript), key=lambda line: line.start)
    cues = "".join(f"\n{_cue(line)}\n" for line in lines)
    return f"WEBVTT\n{cues}"


def to_words(transcript: Transcript) -> str:
    """The lines as they are read: time if known, speaker, words; the provider's summary above them."""
    summary = [f"Summary: {_plain(transcript.summary)}", ""] if transcript.summary else []
    lines = (_sentence(line, timed=transcript.timed) for line in _spoken(transcript))
    return "\n".join([*summary, *lines, ""])


def names(outcomes: Iterable[Outcome]) -> Mapping[tuple[str, str], str]:
    """The names of the transcripts before their extension, by the recording's key.

    The stem of the audio's name; all of its name where two stems are the same.
    """
    taken: set[str] = set()
    found: dict[tuple[str, str], str] = {}
    for outcome in outcomes:
        folder, slash, name = outcome.path.rpartition("/")
        stem = name.rpartition(".")[0] or name
        if same_file(f"{folder}/{stem}") in taken and len(name.encode()) < PART_BYTES - len(".vtt"):
            stem = name
        taken.add(same_file(f"{folder}/{stem}"))
        found[outcome.recording.key] = f"{folder}{slash}{stem}"
    return found


def _spoken(transcript: Transcript) -> Iterator[Line]:
    return (line for line in transcript.lines if _plain(line.text))


def _cue(line: Line) -> str:
    start = max(0.0, line.start)
    end = max(line.end, start + _SHORTEST)
    text = _plain(line.text).translate(_ESCAPES)
    voice = f"<v {_plain(line.speaker).translate(_ESCAPES)}>" if line.speaker else ""
    return f"{_time(start)} --> {_time(end)}\n{voice}{text}"


def _sentence(line: Line, *, timed: bool) -> str:
    when, who = clock(line.start) if timed else "", f"{_plain(line.speaker)}:" if line.speaker else ""
    words = (when, who, _plain(line.text))
    return "  ".join(word for word in words if word)


def _time(seconds: float) -> str:
    minutes, thousandths = divmod(round(seconds * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{thousandths // 1000:02d}.{thousandths % 1000:03d}"


def _plain(text: str | None) -> str:
    """`text` on one line: a blank line would end a cue."""
    return _BREAKS.sub(" ", clean(text)).strip()


def texts(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The extension and the content of each file of a recording's transcript."""
    if outcome.transcript is not None:
        # A player would show lines without times at a moment that nobody told.
        if outcome.transcript.timed or not outcome.transcript.lines:
            yield ".vtt", to_vtt(outcome.transcript)
        yield ".txt", to_words(outcome.transcript)
