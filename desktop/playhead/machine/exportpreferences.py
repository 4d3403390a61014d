"""How the last export was wanted, in the settings file; read however it was edited."""

from collections.abc import Mapping

from playhead.core.exports.choices import Choices, CopyForm, Sheet, Taken

_MOST_AT_ONCE = 16
_MOST_PRESETS = 100


def to_entry(choices: Choices) -> dict[str, object]:
    """What is remembered of `choices`: not what was exported, only how."""
    return {
        "sheets": sorted(choices.sheets),
        "copy": choices.copy,
        "taken": choices.taken,
        "at_once": choices.at_once,
        "transcripts": choices.transcripts,
        "marks": choices.marks,
        "bag": choices.bag,
    }


def from_entry(entry: object) -> Choices:
    """Understand what `to_entry` gave; what makes no sense is as usual."""
    usual = Choices()
    if not isinstance(entry, dict):
        return usual
    sheets, copy, taken = entry.get("sheets"), entry.get("copy"), entry.get("taken")
    at_once = entry.get("at_once")
    known = [sheet for sheet in Sheet if isinstance(sheets, list) and sheet in sheets]
    return Choices(
        sheets=frozenset(known) if isinstance(sheets, list) else usual.sheets,
        copy=next((form for form in CopyForm if form == copy), None),
        taken=next((each for each in Taken if each == taken), usual.taken),
        at_once=min(_MOST_AT_ONCE, max(1, at_once)) if type(at_once) is int else usual.at_once,
        transcripts=_flag(entry, "transcripts", usual=usual.transcripts),
        marks=_flag(entry, "marks", usual=usual.marks),
        bag=_flag(entry, "bag", usual=usual.bag),
    )


def presets_from(entry: object) -> Mapping[str, str]:
    """Templates by the names they are kept under."""
    if not isinstance(entry, dict):
        return {}
    texts = [(name, text) for name, text in entry.items() if isinstance(text, str)]
    return dict(texts[:_MOST_PRESETS])


def _flag(entry: Mapping[str, object], name: str, *, usual: bool) -> bool:
    value = entry.get(name)
    return value if isinstance(value, bool) else usual
