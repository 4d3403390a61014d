"""Reading subtitles, WebVTT and SubRip alike: what looks like a cue is taken, nothing raises.

Source: https://www.w3.org/TR/webvtt1/ ; SubRip has no standard, but numbers, commas and no voices.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from playhead.core.transcript import Line
from playhead.providers.reading.rawfields import LONGEST_NAME, shown
from playhead.providers.reading.sides import sides_of

LONGEST_CUE = 20_000
"""Characters of a cue that are kept."""

_CLOCK = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]{1,6}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?!\S)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t\n]([^<>]*)>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]*>|\{\\[^{}]*\}")


def subtitles(text: str) -> tuple[Line, ...]:
    """The cues of `text`, in the order of their beginnings; each voice of a cue is a line of its own."""
    lines = [line for block in _blocks(text) for line in _cue(block)]
    sides = sides_of({line.speaker for line in lines if line.speaker is not None})
    sided = (replace(line, side=sides.get(line.speaker or "")) for line in lines) if sides else lines
    return tuple(sorted(sided, key=lambda line: line.start))


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines between empty ones; where such are missing, a new line with times begins a block."""
    block: list[str] = []
    for line in text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.strip() or (_TIMES.match(line) and any(map(_TIMES.match, block))):
            # The number of the cue that begins here is not what was said in the one before.
            yield block[:-1] if line.strip() and block[-1].strip().isdecimal() else block
            block = []
        if line.strip():
            block.append(line)
    yield block


def _cue(block: list[str]) -> Iterator[Line]:
    # Before the times there may be one line, the identifier; anything else is a note, a style or a header.
    for place, line in enumerate(block[:2]):
        if (times := _TIMES.match(line)) is not None:
            start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
            for speaker, words in _voices("\n".join(block[place + 1 :])):
                yield Line(start=start, end=max(start, end), text=words, speaker=speaker)
            return


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """Speakers and their words, without markup and without those who say nothing."""
    before, *parts = _VOICE.split(payload)
    for speaker, words in [("", before), *zip(parts[::2], parts[1::2], strict=True)]:
        if said := _plain(words, LONGEST_CUE):
            yield _plain(speaker, LONGEST_NAME) or None, said


def _plain(markup: str, limit: int) -> str:
    text = _TAG.sub("", markup)
    try:
        return shown(html.unescape(text), limit)
    except ValueError:  # an entity with more digits than a number can have
        return shown(text, limit)


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = clock
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(f"{seconds}.{fraction or 0}")
