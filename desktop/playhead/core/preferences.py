"""Preferences: everything in the settings file, a row for each."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from playhead.core.account import Account
from playhead.core.exports.choices import AS_USUAL, Choices, from_plain, to_plain
from playhead.core.exports.formats import FORMATS
from playhead.core.health.healthlimits import USUAL_LIMITS, HealthLimits, limits_in
from playhead.core.playbacksettings import PlaybackSettings
from playhead.core.preferencerows import choice, flag, number, row, text, written
from playhead.core.timeline.timeline import Split

_MOST_PRESETS = 100
_MOST_ACTIONS = 500
_MOST_KEYS = 12
"""Keys of one action, and actions that are remembered."""
_LONGEST = 64
"""Letters of the name of a key or an action."""
_OF_ONE_EXPORT = frozenset({"template", "query", "coverage"})


def _export_entry(choices: Choices) -> dict[str, object]:
    """The part of `choices` that is remembered: not what was exported, only how."""
    return {name: value for name, value in to_plain(choices).items() if name not in _OF_ONE_EXPORT}


def _exports_in(entry: object) -> Choices:
    """Understand what `_export_entry` gave; what makes no sense is as usual."""
    if not isinstance(entry, dict):
        return AS_USUAL
    if isinstance(sheets := entry.get("sheets"), list):
        entry = entry | {"sheets": [each.file_name for each in FORMATS if each.file_name in sheets]}
    known: dict[str, object] = {}
    for name in entry.keys() - _OF_ONE_EXPORT:
        with suppress(ValueError):
            from_plain({name: entry[name]})
            known[name] = entry[name]
    return from_plain(known)


def _presets_in(entry: object) -> Mapping[str, str]:
    """Templates by the names they are kept under."""
    if not isinstance(entry, dict):
        return {}
    texts = [(name, text) for name, text in entry.items() if isinstance(text, str)]
    return dict(texts[:_MOST_PRESETS])


class Appearance(StrEnum):
    """Appearance: the system's scheme and contrast, or always the same."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    LIGHT_CONTRAST = "light contrast"
    """Light, with 7 to 1 for every text and lines that stand out."""
    DARK_CONTRAST = "dark contrast"

    @property
    def dark(self) -> bool:
        """True if the window is dark whatever the system's scheme is."""
        return self in {Appearance.DARK, Appearance.DARK_CONTRAST}


class Density(StrEnum):
    """Height of the rows of the table."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


class MenuBarChoice(StrEnum):
    """Menu bar: as is usual on the system, always there, or hidden until Alt."""

    SYSTEM = "system"
    SHOWN = "shown"
    UNTIL_ALT = "alt"


class HealthChecking(StrEnum):
    """Checkups of recordings that are not played: as the person asks, of all new ones too, or none at all."""

    ASKED = "asked"
    NEW = "new"
    NEVER = "never"


def _keys_in(entry: object) -> Mapping[str, tuple[str, ...]]:
    """Keys by the names of actions; an entry that is no list of texts is left out."""
    if not isinstance(entry, dict):
        return {}
    known = [(name, tuple(keys)) for name, keys in entry.items() if _are_texts(keys)]
    return {name: keys[:_MOST_KEYS] for name, keys in known[:_MOST_ACTIONS]}


def _keys_entry(keys: Mapping[str, tuple[str, ...]]) -> dict[str, object]:
    return {name: list(each) for name, each in keys.items()}


def _names_in(entry: object) -> tuple[str, ...]:
    return tuple(entry[:_MOST_KEYS]) if isinstance(entry, list) and _are_texts(entry) else ()


def _are_texts(entry: object) -> bool:
    return isinstance(entry, list) and all(isinstance(each, str) and len(each) <= _LONGEST for each in entry)


@dataclass(frozen=True, slots=True)
class Unread:
    """An account in the file that is left alone, and why, as the end of a sentence."""

    entry: object
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Everything in the file: a field with a row is one preference, read and written by its name."""

    accounts: tuple[Account, ...] = ()
    leaving: tuple[Account, ...] = ()
    """Accounts that were disconnected, of which something may be left to be removed."""
    playback: PlaybackSettings = PlaybackSettings()
    """Rows of their own, which stand beside these in the file."""
    layout: str = text()
    """Qt's own description of the panes, in hexadecimal."""
    columns: str = text()
    """Places, widths and visibility of the columns, as JSON."""
    theme: Appearance = choice(*Appearance)
    media_limit: float = number(1e9, 1e7, 1e12)
    """Bytes of audio that are kept."""
    transcript_limit: float = number(4e9, 1e6, 1e12)
    """Bytes of transcripts that are kept."""
    density: Density = choice(*Density)
    keys: Mapping[str, tuple[str, ...]] = row(MappingProxyType({}), _keys_in, _keys_entry)
    """Keys that the person changed, by the names of the actions, as Qt writes them."""
    menu_bar: MenuBarChoice = choice(*MenuBarChoice)
    hidden_panes: tuple[str, ...] = row((), _names_in, list)
    """Panes that the person has hidden, by the names of the actions that show them."""
    narrow_panes: tuple[str, ...] = row((), _names_in, list)
    """Panes that the person shows although the window is too narrow for them, by the same names."""
    timeline: Split = choice(*Split)
    """Property that the bars of the timeline are coloured by."""
    timeline_week: bool = flag()
    """Whether the timeline shows the hours of the week instead."""
    recent_actions: tuple[str, ...] = row((), _names_in, list)
    """Actions that were done from the palette, the latest first."""
    check_every: float = number(0.0, 0.0, 1440.0)
    """Minutes between two looks for new recordings; 0: only when the person asks."""
    checking: HealthChecking = choice(*HealthChecking)
    check_rate: float = number(2e6, 0.0, 1e9)
    """Bytes a second that are fetched at most to check recordings; 0: as fast as it comes."""
    export_folder: str = text()
    name_template: str = text()
    name_presets: Mapping[str, str] = row(MappingProxyType({}), _presets_in, dict)
    """Templates that the person keeps, by the names they gave them."""
    export_choices: Choices = row(AS_USUAL, _exports_in, _export_entry)
    """Choices of the last export; the template is `name_template`."""
    health_limits: HealthLimits = row(USUAL_LIMITS, limits_in, written)
    """Limits that recordings are judged by."""
    unread: tuple[Unread, ...] = ()
    """Entries of accounts that make no sense; they stay in the file."""
    locked: frozenset[str] = frozenset()
    """Names of the rows that the administrator has locked."""
    others: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Keys of a newer Playhead, or of the person's own."""
    extras: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: MappingProxyType({}))
    """The same within the accounts, by their id."""


class PreferenceKeeper(Protocol):
    """Port to the settings file."""

    @property
    def preferences(self) -> Preferences:
        """Preferences as they are now, saved or about to be."""

    def change(self, preferences: Preferences) -> None:
        """Let `preferences` hold from now on, and save them soon."""
