"""Search among the actions by any words that people call them by."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from playhead.core.text import fold
from playhead.ui.shell.actions import ACTIONS, Action

_WORST: Final = 9


def search(
    text: str, keys: Callable[[Action], Iterable[str]], recent: Sequence[str] = ()
) -> tuple[Action, ...]:
    """Actions in which every word of `text` occurs: in title, group, sentence, other words or a key.

    Those whose title begins with the words come first; among equals, the most recently used (`recent`, names
    of actions), then as in the menus. Without a word, all of them.
    """
    words = fold(text).split()
    found: list[tuple[int, int, int, Action]] = []
    for place, action in enumerate(ACTIONS):
        ranks = [_rank(word, action, keys(action)) for word in words]
        if _WORST not in ranks:
            used = recent.index(action.key) if action.key in recent else len(recent)
            found.append((sum(ranks), used, place, action))
    return tuple(action for *_, action in sorted(found, key=lambda each: each[:3]))


def _rank(word: str, action: Action, keys: Iterable[str]) -> int:
    """Distance of an action from a word: 0 where its title begins with it, 9 where it is nowhere."""
    title = fold(action.title)
    if title.startswith(word):
        return 0
    if any(part.startswith(word) for part in title.split()):
        return 1
    if any(part.startswith(word) for part in fold(action.words).split()) or word in map(fold, keys):
        return 2
    if any(word in fold(each) for each in (action.title, action.words, action.group, action.sentence, *keys)):
        return 3
    return _WORST
