"""Plain words of a query as SQL, and how the indexes of groups of three letters find them."""

from collections.abc import Callable, Sequence

from playhead.catalogue.condition import Condition, any_compared, compared, every, some
from playhead.core.finding.query import Way, Word

Telling = Callable[[Sequence[str]], Sequence[str]]
"""Chooses the groups of a word to look for (see `rarity`)."""

_NUMBERS = ("from_digits", "to_digits")
_GROUP = 3
"""Characters that the indexes know together."""
_LONGEST = 40
"""Characters of a word that the indexes are asked for: an id, and more."""


def written(word: Word) -> Condition:
    """Rows that show the word, have it in a number, or where it was noted or said; labels do not count."""
    places = [compared("text", Way.PART, word.text), _elsewhere(word.text)]
    if word.digits:
        places.insert(1, any_compared(_NUMBERS, Way.PART, word.digits))
    return some(places)


def all_groups(groups: Sequence[str]) -> Sequence[str]:
    """Every one of them: the fewest candidates, though not the soonest."""
    return groups


def sought_word(word: Word, telling: Telling) -> str:
    """The index's expression for every row that may show the word; empty if the index cannot tell."""
    text = sought(word.text, telling)
    digits = sought(word.digits, telling) if word.digits else text
    if not text or not digits:
        return ""
    return text if text == digits else f"(({text}) OR ({digits}))"


def sought_pattern(way: Way, pattern: str, telling: Telling) -> str:
    """The same for visible text that is like `pattern`."""
    return sought(max(pattern.split("*"), key=len) if way is Way.WILD else pattern, telling)


def sought(text: str, telling: Telling = all_groups) -> str:
    """The index's expression for groups of three letters that `text` has; empty if it is too short."""
    text = text[:_LONGEST]
    groups = dict.fromkeys(text[at : at + _GROUP] for at in range(len(text) - _GROUP + 1))
    quoted = ['"' + group.replace('"', '""') + '"' for group in groups]
    return " AND ".join(telling(quoted))


def _elsewhere(text: str) -> Condition:
    """Rows with a note or a transcript that holds `text`; these are looked up once, not row by row."""
    holds = compared("folded", Way.PART, text)
    groups = sought(text)
    index = Condition("id in (select rowid from spoken where spoken match ?)", (groups,))
    said = every([index, holds]) if groups else holds
    return Condition(
        f"id in (select recording from note where {holds.sql}"
        f" union all select id from transcript where {said.sql})",
        holds.values + said.values,
    )
