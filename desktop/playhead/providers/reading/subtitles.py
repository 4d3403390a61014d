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

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,:;\u060c\u066b](\d{1,6}))?"
"""Digits of any script, and whatever stands between seconds and their fraction."""
_TIMES = re.compile(rf"\s*{_CLOCK}\s*(?:[-\u2010-\u2015\u2212]{{1,3}}>|[\u2192\u27f6])\s*{_CLOCK}(?!\S)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t\n]([^<>]*)>")
_TRAITS = r"(?:\.[^\s<>]+)?(?:\s+[\w-]+\s*=[^<>]*|\s*/?)"
_BREAK = re.compile(rf"</?(?:br|p|div){_TRAITS}>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:[bcisuv]|em|strong|strike|del|font|span|lang|ruby|r[bpt]|rtc|big|small|su[bp]|tt)"
    rf"{_TRAITS}>|<lang\s[^<>]*>|<{_CLOCK}>|\{{\\[^{{}}]*\}}",
    re.IGNORECASE,
)
"""Markup of WebVTT, of SubRip and of HTML; whatever else stands in such brackets was said."""


def subtitles(text: str) -> tuple[Line, ...]:
    """The cues of `text`, in the order of their beginnings; each voice of a cue is a line of its own."""
    lines = [line for block in _blocks(text) for line in _cue(block)]
    sides = sides_of({line.speaker for line in lines if line.speaker is not None})
    sided = (replace(line, side=sides.get(line.speaker or "")) for line in lines) if sides else lines
    return tuple(sorted(sided, key=lambda line: line.start))


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines between empty ones; where such are missing, a new line with times begins a block.

    Of SubRip a cue may have empty lines in it: there, nothing but the next times ends it.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    ends_empty = text.startswith("WEBVTT")
    block: list[str] = []
    timed = False
    before = ""
    for line in text.split("\n"):
        is_empty = not line.strip()
        is_times = (">" in line or "\u2192" in line or "\u27f6" in line) and _TIMES.match(line) is not None
        # Only one line may stand before the times of a cue; what is longer is a header or a note.
        if (is_times and (timed or len(block) > 1)) or (is_empty and (ends_empty or not timed)):
            # The number of the cue that begins here is not what was said in the one before.
            yield block[:-1] if is_times and before.strip().isdecimal() else block
            block, timed = [], False
        if not is_empty:
            timed = timed or is_times
            block.append(line)
        before = line
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
    text = _TAG.sub("", _BREAK.sub(" ", markup))
    try:
        return shown(html.unescape(text), limit)
    except ValueError:  # an entity with more digits than a number can have
        return shown(text, limit)


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = clock
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(f"{seconds}.{fraction or 0}")
