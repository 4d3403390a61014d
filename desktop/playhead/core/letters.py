"""Letters and signs that are compared as one: what each of them becomes when a person searches.

Small rules on Unicode's own names instead of a table of transliteration: they cover every Latin, Greek and
Cyrillic letter that Python knows, leave other scripts alone, and never guess how a word is spoken.
"""

import unicodedata
from functools import cache
from typing import Final

from playhead.core.latepattern import late_pattern

UNSEEN: Final = late_pattern(
    # Control and format characters, halves of characters, fillers, variation selectors, no characters.
    "[\\0-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    "\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What nobody sees: it comes along when text is copied, and says nothing."""

_ACCENTS: Final = late_pattern(
    # Accents of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic (and its line that only
    # stretches) and of Syriac. Elsewhere marks are letters: か and が are two.
    "[\u0300-\u0344\u0346-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2de0-\u2dff"
    "\ua66f-\ua672\ua674-\ua67d\ua69e\ua69f\ufb1e\ufe20-\ufe2f]"
)

_SIGNS: Final = {
    "'": "`´‘’‚‛′‵‹›ʹʻʼʽʾʿˈˊˋ՚׳＇❛❜Ꞌꞌ\uffcd",
    '"': "“”„‟″‶«»ʺˮ״〝〞〟❝❞⹂＂\U0001f676\U0001f677\U0001f678",
    "-": "‐‑‒–—―⁃−˗֊־᠆⸗⸚⸺⸻⹀⹝゠﹘﹣－➖𐺭",
    ":": "∶꞉：",
    ",": "،、٬﹐﹑，､",
    ";": "؛",
    ".": "٫·∙⋅•",
    "%": "٪",
    "(": "❨❪⸨⟮⦅",
    ")": "❩❫⸩⟯⦆",
    "*": "∗⁎٭",
    "+": "➕",
    "/": "⁄∕",
    ">=": "≥≧⩾",
    "<=": "≤≦⩽",
}
"""Signs of which there are several, by the one that is on every keyboard."""

SIGNS: Final = {twin: sign for sign, twins in _SIGNS.items() for twin in twins}
"""The plain sign for each of its twins."""

_OWN: Final = frozenset("йїўѓќ")
"""Letters with a mark that are letters of their own, as their names say: SHORT I, not I WITH BREVE. Not ё,
which is written е as often as not."""

_NAMED: Final = {
    "ALPHA": "a",
    "BETA": "b",
    "ENG": "n",
    "ESH": "s",
    "ETH": "d",
    "EZH": "z",
    "GAMMA": "g",
    "HWAIR": "hv",
    "IOTA": "i",
    "KRA": "q",
    "OMEGA": "o",
    "SCHWA": "e",
    "THORN": "th",
    "UPSILON": "u",
    "WYNN": "w",
    "YOGH": "y",
}
"""Latin letters that have a name, as those write them who do not have them."""

_ALIKE: Final = {"ө": "о", "ү": "у"}
"""Cyrillic letters that are others with a bar or straightened, though their names do not say WITH."""


@cache
def plain_letter(letter: str) -> str:
    """`letter` as ASCII has it, if that has the same sign, figure or letter; itself otherwise."""
    if letter in SIGNS:
        return SIGNS[letter]
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    simple = unicodedata.normalize("NFKC", letter)
    # Of a minus, too, there is a raised and a lowered form.
    simple = SIGNS.get(simple, simple)
    return simple if simple.isascii() else letter


@cache
def folded_letter(letter: str) -> str:
    """Fold `letter` (composed, where it can be) for comparing; gives nothing for marks that do not count."""
    plain = plain_letter(letter)
    if plain != letter:
        return "".join(map(folded_letter, plain))
    if UNSEEN.match(letter) or _ACCENTS.match(letter):
        return ""
    simple = unicodedata.normalize("NFKC", letter.casefold())
    if simple != letter:
        return "".join(map(folded_letter, simple))
    if letter in _OWN:
        return letter
    parts = unicodedata.normalize("NFD", letter)
    if parts != letter:
        return "".join(map(folded_letter, parts))
    return _ALIKE.get(letter) or _base(letter)


def _base(letter: str) -> str:
    """The letter that this one is with something added: `LATIN SMALL LETTER L WITH STROKE` is an L."""
    if letter.isascii() or not letter.isalpha():
        return letter
    name, with_something, _ = unicodedata.name(letter, "").partition(" WITH ")
    script = name.partition(" ")[0]
    if script == "LATIN":
        last = name.removesuffix(" DIGRAPH").removesuffix(" BAR").rpartition(" ")[2]
        return last.lower() if len(last) <= 2 else _NAMED.get(last, letter)
    if with_something and script in {"GREEK", "CYRILLIC"}:
        try:
            return folded_letter(unicodedata.lookup(name))
        except KeyError:
            return letter
    return letter
