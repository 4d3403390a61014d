"""Choices of the last export in the settings file; read however it was edited."""

from collections.abc import Mapping
from contextlib import suppress

from playhead.core.exports.choices import AS_USUAL, Choices, Sheet, from_plain, to_plain

_MOST_PRESETS = 100
_OF_ONE_EXPORT = frozenset({"template", "query", "coverage"})


def to_entry(choices: Choices) -> dict[str, object]:
    """The part of `choices` that is remembered: not what was exported, only how."""
    return {name: value for name, value in to_plain(choices).items() if name not in _OF_ONE_EXPORT}


def from_entry(entry: object) -> Choices:
    """Understand what `to_entry` gave; what makes no sense is as usual."""
    if not isinstance(entry, dict):
        return AS_USUAL
    if isinstance(sheets := entry.get("sheets"), list):
        entry = entry | {"sheets": [sheet for sheet in Sheet if sheet in sheets]}
    known: dict[str, object] = {}
    for name in entry.keys() - _OF_ONE_EXPORT:
        with suppress(ValueError):
            from_plain({name: entry[name]})
            known[name] = entry[name]
    return from_plain(known)


def presets_from(entry: object) -> Mapping[str, str]:
    """Templates by the names they are kept under."""
    if not isinstance(entry, dict):
        return {}
    texts = [(name, text) for name, text in entry.items() if isinstance(text, str)]
    return dict(texts[:_MOST_PRESETS])
