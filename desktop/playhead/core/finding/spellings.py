"""Conditions as people write them elsewhere (`starred:yes`, `no:note`, `is:incoming`), put as here."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from playhead.core.finding.fieldreaders import HAVINGS, STATES
from playhead.core.health.verdicts import VERDICTS
from playhead.core.recording import KINDS
from playhead.core.text import fold

_YES: Final = frozenset({"yes", "y", "true", "on", "1", "any", "*"})
_NO: Final = frozenset({"no", "n", "false", "off", "0", "none", "never"})
_WITHOUT: Final = frozenset({"no", "not", "non", "without", "hasnt", "isnt"})
"""Words before a colon that deny what stands behind it."""
_TURNED: Final = ("not-", "not ", "no-", "non-", "un")
"""Beginnings that deny the rest of a word."""
_ALIKE: Final = 0.8
"""Likeness (0 to 1) from which a word is taken for a mistyped one."""

_OTHER_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "is:starred": ("star", "stars", "favorite", "favourite", "flagged", "bookmarked", "marked"),
    "is:unheard": ("new", "unread", "unplayed"),
    "-is:unheard": ("heard", "played", "listened"),
    "has:note": ("note", "notes", "comment", "comments", "annotated"),
    "has:transcript": ("transcription", "transcriptions", "transcripts", "words"),
    "is:playable": ("audio", "available"),
    "is:gone": ("deleted", "removed", "missing"),
    "is:exported": ("downloaded", "saved"),
    "is:measured": ("analysed", "analyzed", "checked"),
    "is:said-otherwise": ("differs", "contradicted", "misdescribed", "mislabelled", "mislabeled"),
    "is:anonymous": ("withheld", "private"),
    "direction:in": ("incoming", "inbound", "in"),
    "direction:out": ("outgoing", "outbound", "out"),
    "health:no-sound": ("silent", "mute"),
}
_BOTH: Final = ("is:transcribed", "has:transcript")
"""The provider's word, and what was really read: people seldom know which one they mean."""


def _conditions() -> Mapping[str, Sequence[str]]:
    """Conditions by the words that people have for them."""
    found: dict[str, Sequence[str]] = {str(verdict): (f"health:{verdict}",) for verdict in VERDICTS}
    found |= {kind: (f"kind:{kind}",) for kind in KINDS}
    found |= {word: (f"has:{word}",) for word in HAVINGS}
    found |= {str(state): (f"is:{state}",) for state in STATES}
    found |= {word: (condition,) for condition, words in _OTHER_WORDS.items() for word in words}
    return found | dict.fromkeys(("transcribed", "transcription"), _BOTH)


_CONDITIONS: Final = _conditions()


def rewritten(field: str, value: str, *, negated: bool) -> str:
    """The condition that was meant by a field and its value, as it is written here; empty if none is known.

    Several that may be meant are joined by `or`.
    """
    word, denied = fold(field), negated
    if word in {"is", "has"} | _WITHOUT:
        denied ^= word in _WITHOUT
        word = fold(value)
    elif fold(value) in _NO:
        denied = not denied
    word, turned = _turned(word)
    return " or ".join(_denied(each) if denied ^ turned else each for each in _CONDITIONS.get(word, ()))


def is_answer(value: str) -> bool:
    """True if `value` says yes or no."""
    return fold(value) in _YES | _NO


def _turned(word: str) -> tuple[str, bool]:
    """The word of a condition that was most likely meant, and if what is written denies it."""
    if word in _CONDITIONS:
        return word, False
    for beginning in _TURNED:
        rest = word.removeprefix(beginning)
        if rest != word and rest in _CONDITIONS:
            return rest, True
    return next(iter(get_close_matches(word, _CONDITIONS, n=1, cutoff=_ALIKE)), ""), False


def _denied(condition: str) -> str:
    return condition.removeprefix("-") if condition.startswith("-") else f"-{condition}"
