"""Links: one to audio opens without a key, so none is kept, written or shown.

Everything that keeps what a provider sent asks here, so that all of them leave out the same.
"""

import html
import re
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import unquote

from playhead.core.latepattern import late_pattern

_LINK = late_pattern(
    r"^\s*//"
    # A scheme; in JSON within a text the slashes may be escaped.
    r"|[a-z0-9+.\-]:\\?/\\?/|https?:[\\/]{2}"
    # Without a scheme, `//host/path`.
    r"|(?<![\w/:])//[a-z0-9\[][^\s/]*[./]"
    # What signs a link, or opens without one, by the names that the large clouds use.
    r"|(?<![a-z0-9_\-])(?:x-(?:amz|goog|oss|ms|cos|obs|bce)-(?:signature|security-token|credential|algorithm)"
    r"|signature|sig|key-pair-id|googleaccessid|awsaccesskeyid|ossaccesskeyid|(?:[a-z]{1,20}[_\-]?)?token"
    r"|api[_\-]?key|hmac|hdnea|hdnts|jwt|q-signature|wssecret|auth_key)=[^\s=]"
    r"|[?&]key=[^\s&=]|=eyj[\w\-]+\.[\w\-]",
    re.IGNORECASE,
)
_SIGNED = (
    late_pattern(r"(?:^|[?&;\s])se=[^\s&]", re.IGNORECASE),
    late_pattern(r"[?&;]sp=[^\s&]", re.IGNORECASE),
)
"""Azure's: until when, and what is allowed."""

_ESCAPED = late_pattern(r"(?:[\\%]u00|\\x)([0-9a-f]{2})", re.IGNORECASE)
_UNSEEN = late_pattern(r"[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_NAME = late_pattern(r"(?:ur[il]|link|href)s?[^a-z]*\Z", re.ASCII | re.IGNORECASE)

_LONGEST_NAME = 200
_LAYERS = 3
"""How many times a link is unpacked that was encoded again and again."""


def is_link(text: str) -> bool:
    """Tell whether `text` is a link, has one in it, or has what signs one; in whatever way it is encoded."""
    # Hardly any text has what every link has, and looking for that is much quicker.
    if not (
        "//" in text or "=" in text or "%" in text or "\\" in text or "&" in text or "\uff0f" in text
    ) and ("/" not in text or text.isprintable()):
        return False
    return _leads(text) or any(map(_leads, _unpacked(text)))


def names_link(field: str) -> bool:
    """True if a field of that name holds a link, whatever its value looks like: `roomInfoUrl`, `links_2`.

    So does one whose name is a link itself. `hourly_rate` and `linkedBy` do not.
    """
    return _named(field) if len(field) <= _LONGEST_NAME else _names(field)


def unlinked(text: str) -> str:
    """`text` with `[link]` for every word that is one: for what was said or summed up, where they are few."""
    if not is_link(text):
        return text
    less = re.sub(r"\S+", lambda word: "[link]" if is_link(word[0]) else word[0], text)
    return "[link]" if is_link(less) else less


def may_lead(json: str) -> bool:
    """Tell whether a link or the name of one may be somewhere in `json`, which is ASCII.

    Quick to ask of much at once: every link, and every name of one, has a slash, an equals or per cent sign,
    an ampersand, an escaped backslash or one of these words, as JSON writes them.
    """
    small = json.lower()
    signs = "/" in small or "=" in small or "%" in small or "&" in small
    escaped = "\\" in small and ("\\\\" in small or "\\uff0f" in small)
    return signs or escaped or "url" in small or "uri" in small or "link" in small or "href" in small


def _leads(text: str) -> bool:
    return _LINK.search(text) is not None or all(each.search(text) for each in _SIGNED)


def _unpacked(text: str) -> list[str]:
    """`text` less each layer that may hide a link: invisible marks, escapes, entities, percent signs."""
    layers = list[str]()
    for _ in range(_LAYERS):
        before = text
        if not text.isprintable():
            text = _UNSEEN.sub("", text)
        if "\uff0f" in text:
            text = normalize("NFKC", text)
        if "\\" in text or "%" in text:
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        if "&" in text:
            text = _without_entities(text)
        if "%" in text:
            text = unquote(text)
        if text == before:
            break
        layers.append(text)
    return layers


def _without_entities(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # an entity with more digits than a number can have
        return text


def _names(field: str) -> bool:
    return _NAME.search(field) is not None or is_link(field)


_named = lru_cache(maxsize=1024)(_names)
