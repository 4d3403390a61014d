"""What a link is. A link to audio opens without a key, so none is kept, written or shown.

Everything that keeps what a provider sent asks here, so that all of them leave out the same.
"""

import re
from functools import lru_cache

_LINK = re.compile(r"^\s*//|[a-z0-9+.\-]://|x-amz-(?:signature|security-token|credential)=", re.IGNORECASE)
_NAME = re.compile(r"(?:ur[il]|link|href)s?[^a-z]*\Z", re.ASCII | re.IGNORECASE)
_HINTS = ("/", "x-amz-", "url", "uri", "link", "href")
"""One of these is in every link and in every name of one."""


def is_link(text: str) -> bool:
    """Whether `text` is a link, has one in it, or has what signs one."""
    # Hardly any text has what every link has, and looking for that is much quicker.
    return ("//" in text or "=" in text) and _LINK.search(text) is not None


@lru_cache(maxsize=1024)
def names_link(field: str) -> bool:
    """Whether a field of that name holds a link, whatever its value looks like: `roomInfoUrl`, `links_2`.

    So does one whose name is a link itself. `hourly_rate` and `linkedBy` do not.
    """
    return _NAME.search(field) is not None or is_link(field)


def may_lead(json: str) -> bool:
    """Whether a link or the name of one may be somewhere in `json`: quick to ask of much at once."""
    small = json.lower()
    return any(hint in small for hint in _HINTS)
