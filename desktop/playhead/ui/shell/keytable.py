"""The table of keys as a page in Markdown, which `python -m playhead.ui.shell.keytable` prints."""

import sys
from collections.abc import Iterable, Iterator

from playhead.ui.shell.actions import ACTIONS, Action, Group
from playhead.ui.shell.keymap import is_plain
from playhead.ui.shell.placekeys import PLACE_KEYS

_HEAD = """# Keys

Made from the actions of the program by `python3 packaging/dev.py guide`; a test compares it with the window.
*F1* shows the keys as they are now, *File, Change keys* changes them: any key will do, also that of a foot
pedal (F13 to F24) or a media key. *Ctrl+Shift+P* finds every action by what it does, those without a key too.
On a Mac, Ctrl is Command."""
_ANYWHERE = "anywhere"
_NO_TEXT = "anywhere but in a text"
_IN_TABLE = "in the table"


def key_table() -> str:
    """The whole page."""
    parts = [_HEAD]
    for group in Group:
        parts += [
            f"## {group}",
            _table(row for each in ACTIONS if each.group is group for row in _rows(each)),
        ]
    parts.append("## In one place")
    parts.append(
        _table((" ".join(map(_cap, each.keys)), _small(each.place), each.title) for each in PLACE_KEYS)
    )
    return "\n\n".join(parts) + "\n"


def place_of(action: Action, key: str) -> str:
    """Place in the window where a key of an action acts."""
    if action.in_table:
        return _IN_TABLE
    return _NO_TEXT if is_plain(key) else _ANYWHERE


def _rows(action: Action) -> Iterator[tuple[str, str, str]]:
    said = f"{action.title} ({_small(action.sentence)})" if action.sentence else action.title
    for place in dict.fromkeys(place_of(action, key) for key in action.keys):
        yield " ".join(_cap(key) for key in action.keys if place_of(action, key) == place), place, said
    if not action.keys:
        yield "", "menu", said


def _table(rows: Iterable[tuple[str, str, str]]) -> str:
    lines = ["| key | place | what happens |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {key} | {place} | {what} |" for key, place, what in rows)])


def _cap(key: str) -> str:
    return f"`{key}`"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


if __name__ == "__main__":
    sys.stdout.write(key_table())
