"""Keymap: which keys do which action, as changed by the person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final, cast

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from playhead.ui.shell.actions import ACTIONS, Action
from playhead.ui.shell.placekeys import PLACE_KEYS, PlaceKey

_PORTABLE: Final = QKeySequence.SequenceFormat.PortableText
_NATIVE: Final = QKeySequence.SequenceFormat.NativeText
_HOLDING: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_MODIFIERS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
        Qt.Key.Key_unknown,
    }
)
_ALSO: Final = frozenset({"Esc", "Space", "Ctrl+Shift+F"})
"""Keys of a place that an action has as well: the place comes first there."""
_MOVING: Final = frozenset({"Up", "Down", "PgUp", "PgDown", "Home", "End"})
"""Keys that lists and texts move with, and select with Shift and Ctrl."""


@dataclass(frozen=True, eq=False)
class Keymap:
    """Keys of every action: those that the person chose, else its own.

    A key does one thing. What the person chose takes it from the action that has it by default; of two
    actions for which the same was chosen, the first in the menus has it. What is no key is left out.
    """

    changed: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Keys of changed actions, by the name of the action; those of unknown actions are kept."""

    def of(self, action: Action) -> tuple[str, ...]:
        """Keys of an action, as Qt writes them."""
        return self._keys[action.key]

    def shown(self, action: Action) -> tuple[str, ...]:
        """Keys of an action, as the system writes them."""
        return tuple(map(native, self.of(action)))

    def holder(self, key: str) -> Action | PlaceKey | None:
        """Use that a key has already."""
        fixed = next((each for each in PLACE_KEYS if _fixed(key) in each.keys), None)
        return fixed or self._holders.get(key)

    def with_keys(self, action: Action, keys: Iterable[str]) -> "Keymap":
        """The same with other keys for an action; they are taken from those that have them."""
        wanted = tuple(dict.fromkeys(keys))
        changed = dict(self.changed)
        for other in ACTIONS:
            if other is not action and set(self.of(other)) & set(wanted):
                changed[other.key] = tuple(key for key in self.of(other) if key not in wanted)
        changed[action.key] = wanted
        own = {each.key: each.keys for each in ACTIONS}
        return Keymap({key: keys for key, keys in changed.items() if keys != own.get(key)})

    def reset(self, action: Action) -> "Keymap":
        """The same with an action's own keys; whoever has them now loses them."""
        return self.with_keys(action, action.keys)

    @cached_property
    def _keys(self) -> Mapping[str, tuple[str, ...]]:
        taken: set[str] = set()
        found: dict[str, tuple[str, ...]] = {}
        for chosen in (True, False):
            for action in ACTIONS:
                if (action.key in self.changed) is chosen:
                    wanted = self.changed[action.key] if chosen else action.keys
                    found[action.key] = _free(wanted, taken)
                    taken.update(found[action.key])
        return found

    @cached_property
    def _holders(self) -> Mapping[str, Action]:
        return {key: action for action in ACTIONS for key in self.of(action)}


def normal(text: str) -> str:
    """A key as Qt writes it; empty if `text` is none, or several in a row."""
    sequence = QKeySequence.fromString(text, _PORTABLE)
    if sequence.count() != 1 or _combination(sequence).key() in _MODIFIERS:
        return ""
    return sequence.toString(_PORTABLE)


def native(key: str) -> str:
    """A key as the system writes it: Command on a Mac is its sign."""
    return QKeySequence.fromString(key, _PORTABLE).toString(_NATIVE) or key


def pressed(event: QKeyEvent) -> tuple[str, ...]:
    """Names of the key that was pressed, the more exact first; none for a modifier alone.

    On some keyboards a digit or a comma needs Shift, so such a key is also known without it.
    """
    key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in _MODIFIERS:
        return ()
    names = [_name(held, key)]
    shift = Qt.KeyboardModifier.ShiftModifier
    if held & shift and Qt.Key.Key_Space <= key < Qt.Key.Key_Escape and not _is_letter(key):
        names.append(_name(held & ~shift, key))
    return tuple(name for name in names if name)


def is_plain(key: str) -> bool:
    """True for a key that a text or a button may want for itself: a letter, a digit, Space, an arrow.

    Function keys, media keys and what is held with Ctrl, Alt or Meta is nobody's own.
    """
    combination = _combination(QKeySequence.fromString(key, _PORTABLE))
    return combination.key() < Qt.Key.Key_F1 and not combination.keyboardModifiers() & _HOLDING


def _fixed(key: str) -> str:
    """The key of a place that `key` would take: with Shift and Ctrl, too, where one moves with it."""
    bare = key.removeprefix("Ctrl+").removeprefix("Shift+")
    return bare if bare in _MOVING else "" if key in _ALSO else key


def _free(keys: Iterable[str], taken: set[str]) -> tuple[str, ...]:
    names = dict.fromkeys(map(normal, keys))
    return tuple(name for name in names if name and name not in taken)


def _name(held: Qt.KeyboardModifier, key: Qt.Key) -> str:
    return QKeySequence(int(held.value) | int(key.value)).toString(_PORTABLE)


def _combination(sequence: QKeySequence) -> QKeyCombination:
    # The stubs forget that it is a sequence.
    return cast("Sequence[QKeyCombination]", sequence)[0]


def _is_letter(key: Qt.Key) -> bool:
    return chr(key.value).isalpha()
