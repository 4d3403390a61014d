"""Plain words of a query as SQL, by way of the indexes of groups of three letters."""

from collections.abc import Sequence

from playhead.catalogue.condition import Condition, any_compared, compared, every, some
from playhead.catalogue.rows import carried
from playhead.core.query import Way, Word

_NUMBERS = ("from_digits", "to_digits")
_GROUP = 3
"""Characters that the indexes know together."""
_LONGEST = 40
"""Characters of a word that the indexes are asked for: an id, and more."""


def all_words(words: Sequence[Word]) -> Condition:
    """Rows that hold every one of the words; labels of accounts are not looked at."""
    # They are looked up together, which is one walk through the index instead of many.
    sought = [(word, expression) for word in words if (expression := _sought_word(word))]
    return every([*([_candidates(sought)] if sought else []), *map(_written, words)])


def narrowed(way: Way, pattern: str, condition: Condition) -> Condition:
    """The same rows, sooner: `condition` compares visible text with `pattern`, so the index can help."""
    sought = _sought(max(pattern.split("*"), key=len) if way is Way.WILD else pattern)
    if not sought:
        return condition
    return every([Condition("id in (select rowid from words where words match ?)", (sought,)), condition])


def _candidates(sought: Sequence[tuple[Word, str]]) -> Condition:
    """Rows whose visible text may hold all the words, or where one of them was written or said elsewhere."""
    visible = " AND ".join(dict.fromkeys(expression for _, expression in sought))
    noted = some([compared("folded", Way.PART, word.text) for word, _ in sought])
    said = " OR ".join(dict.fromkeys(f"({_sought(word.text)})" for word, _ in sought))
    return Condition(
        "id in (select rowid from words where words match ?"  # noqa: S608  built here
        f" union all select recording from note where {noted.sql}"
        " union all select rowid from spoken where spoken match ?)",
        (visible, *noted.values, said),
    )


def _written(word: Word) -> Condition:
    places = [compared("text", Way.PART, word.text), _elsewhere(word.text)]
    if word.digits:
        places.insert(1, any_compared(_NUMBERS, Way.PART, word.digits))
    return some(places)


def _elsewhere(text: str) -> Condition:
    """Rows with a note or a transcript that holds `text`; these are looked up once, not row by row."""
    holds = compared("folded", Way.PART, text)
    sought = _sought(text)
    index = Condition("id in (select rowid from spoken where spoken match ?)", (sought,))
    said = every([index, holds]) if sought else holds
    return Condition(
        f"id in (select recording from note where {holds.sql}"  # noqa: S608  built here
        f" union all select id from transcript where {said.sql})",
        holds.values + said.values,
    )


def _sought_word(word: Word) -> str:
    """The index's expression for every row that may show the word; empty if the index cannot tell."""
    text = _sought(word.text)
    digits = _sought(word.digits) if word.digits else text
    if not text or not digits:
        return ""
    return text if text == digits else f"(({text}) OR ({digits}))"


def _sought(text: str) -> str:
    """The index's expression for all groups of three letters that `text` has; empty if it is too short."""
    text = carried(text[:_LONGEST])
    groups = dict.fromkeys(text[at : at + _GROUP] for at in range(len(text) - _GROUP + 1))
    return " AND ".join('"' + group.replace('"', '""') + '"' for group in groups)
