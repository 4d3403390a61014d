"""Speech as a row of words, in which queries look for a word or a phrase.

Words are compared folded. In scripts that put no blanks between words (Chinese, Japanese, Thai, Lao, Khmer,
Burmese) every letter is a word with the marks on it: there, a phrase finds what is written without blanks.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from playhead.core.finding.query import Spoken
from playhead.core.latepattern import late_pattern
from playhead.core.text import fold
from playhead.core.transcript import Side, Transcript

_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED_MARKS: Final = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u105e-\u1060"
    "\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d3\u17dd\u3099\u309a"
)
_MARKS: Final = (
    # Marks that are letters of their words, and that Python's `\w` does not know: those that folding leaves.
    "\u0300-\u036f\u0816-\u082d\u0859-\u085b\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983"
    "\u09bc-\u09d7\u09e2\u09e3\u09fe\u0a01-\u0a03\u0a3c-\u0a51\u0a70-\u0a75\u0a81-\u0a83\u0abc-\u0acd\u0ae2"
    "\u0ae3\u0afa-\u0aff\u0b01-\u0b03\u0b3c-\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bd7\u0c00-\u0c04\u0c3c-\u0c56"
    "\u0c62\u0c63\u0c81-\u0c83\u0cbc-\u0cd6\u0ce2\u0ce3\u0d00-\u0d03\u0d3b-\u0d57\u0d62\u0d63\u0d81-\u0d83"
    "\u0dca-\u0df3\u0f18\u0f19\u0f35-\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc\u135d-\u135f"
    "\u1712-\u1715\u1732-\u1734\u1752\u1753\u1772\u1773\u18a9\u1920-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1b00-\u1b04"
    "\u1b34-\u1b44\u1b80-\u1b82\u1ba1-\u1bad\u1be6-\u1bf3\u1c24-\u1c37\ua802\ua806\ua80b\ua823-\ua827\ua880"
    "\ua881\ua8b4-\ua8c5\ua926-\ua92d\ua947-\ua953\ua980-\ua983\ua9b3-\ua9c0\uaa29-\uaa36\uaa43\uaa4c\uaa4d"
    "\uabe3-\uabea\uabec\uabed"
)
_LETTER: Final = rf"(?![{_UNSPACED}_])\w"
_WORD: Final = late_pattern(rf"(?=\w)[{_UNSPACED}][{_UNSPACED_MARKS}]*|(?:{_LETTER}|[{_MARKS}])+")
_PLAIN_WORD: Final = late_pattern("[0-9a-z]+")
_LONE: Final = late_pattern(f"[{_UNSPACED}]")
_BEFORE: Final = rf"(?<!(?![{_UNSPACED}_])[\w{_MARKS}]{{}})"
"""No letter of the same word before a word, which is to be put in, and at whose end it stands."""
_BEHIND: Final = rf"(?!(?![{_UNSPACED}_])[\w{_MARKS}])"
_GAP: Final = r"(?:(?![\x01-\x03])[\W_])*"
"""Anything but words, and not the beginning of another voice."""

_BEGINS: Final = {Side.LEFT: "\x01", Side.RIGHT: "\x02", None: "\x03"}
"""Signs before each voice of a folded transcript; folding leaves none of them in a text."""
_SIDES: Final = {sign: side for side, sign in _BEGINS.items()}
_VOICE: Final = late_pattern("([\x01-\x03])([^\x01-\x03]*)")


def words_in(text: str) -> Sequence[str]:
    """The words of a text, folded, in their order."""
    return folded_words(fold(text))


def folded_words(folded: str) -> Sequence[str]:
    """The words of a text that is folded already."""
    return (_PLAIN_WORD if folded.isascii() else _WORD).findall(folded)


def is_lone(word: str) -> bool:
    """True for a word of a script that puts no blanks between words."""
    return _LONE.match(word) is not None


def folded_voices(transcript: Transcript) -> str:
    """Text of all voices, folded, each behind a sign that tells its side."""
    # Line by line, as most are of plain letters, which are folded much sooner.
    lines = [fold(line.text) for line in transcript.lines]
    return "".join(
        f"{_BEGINS[voice.side]}{chr(10).join(lines[place] for place in voice.lines)}"
        for voice in transcript.voices
    )


def sides_in(folded: str) -> Sequence[tuple[Side | None, str]]:
    """The voices of what `folded_voices` gave, with their sides."""
    return [(_SIDES[sign], text) for sign, text in _VOICE.findall(folded)]


def voices_in(folded: str, side: Side | None = None) -> Sequence[str]:
    """The voices of what `folded_voices` gave; with `side`, those of that side alone."""
    return [text for sign, text in _VOICE.findall(folded) if side is None or sign == _BEGINS[side]]


def is_said(said: Spoken, transcript: Transcript) -> bool:
    """True if the words stand one after another in what one voice said: the plain definition."""
    voices = (voice for voice in transcript.voices if said.side in {None, voice.side})
    return any(_follow(said, words_in(transcript.said_by(voice))) for voice in voices)


def _follow(said: Spoken, words: Sequence[str]) -> bool:
    *whole, last = said.words
    number = len(whole)
    return any(
        (words[place + number].startswith(last) if said.begins else words[place + number] == last)
        and list(words[place : place + number]) == whole
        for place in range(len(words) - number)
    )


@lru_cache(maxsize=64)
def pattern_of(said: Spoken) -> re.Pattern[str]:
    """The same as an expression, to be looked for in the folded text of one voice or of several."""
    *whole, last = said.words
    written = [_pattern(word) for word in whole]
    return re.compile(_GAP.join((*written, _pattern(last, begins=said.begins))))


def _pattern(word: str, *, begins: bool = False) -> str:
    lone, written = is_lone(word), re.escape(word)
    end = "" if begins else f"(?![{_UNSPACED_MARKS}])" if lone else _BEHIND
    # What stands before is looked at behind the word: an expression that begins with letters is found sooner.
    return f"{written}{'' if lone else _BEFORE.format(written)}{end}"
