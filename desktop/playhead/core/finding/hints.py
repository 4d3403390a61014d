"""What a person most likely meant who wrote a field that does not exist."""

from collections.abc import Sequence
from difflib import get_close_matches

_ELSEWHERE = {
    "caller": "from",
    "callee": "to",
    "number": "with",
    "phone": "with",
    "tel": "with",
    "since": "after",
    "until": "before",
    "day": "on",
    "length": "duration",
    "state": "status",
    "type": "kind",
    "has": "is",
}
"""What fields are called by those who know them from elsewhere."""


def nearest(field: str, words: Sequence[str]) -> str:
    """A question that names the one of `words` that was most likely meant; empty if none is like it."""
    close = get_close_matches(field, words, n=1, cutoff=0.55)
    alike = [word for word in words if word.startswith(field[:2])]
    near = [_ELSEWHERE[field]] if field in _ELSEWHERE else close or alike
    return f" Did you mean {near[0]}: ?" if near else ""
