"""Masks of conditions on texts: by the texts that facets keep, and by candidates for what these do not have.

Import it late, as `facetarrays`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import apsw
import numpy as np

from playhead.catalogue import facets
from playhead.catalogue.candidates import groups_of, shown_by
from playhead.catalogue.conditions import (
    NEVER,
    NUMBERS,
    Condition,
    Rarity,
    any_compared,
    elsewhere,
    some,
    visible,
)
from playhead.catalogue.connection import ids_of
from playhead.catalogue.facetarrays import Facets, Mask
from playhead.catalogue.fromclauses import Reach
from playhead.catalogue.sql import labelled, where
from playhead.core.finding.query import Match, Number, Way, Word

_VISIBLE_TRAITS = ("kind", "direction", "status", "format", "provider")
"""Columns of traits whose text is visible."""
_VISIBLE = (*_VISIBLE_TRAITS, *(column for each in facets.TEXTS.values() for column in each.columns))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Columns of `search`, or expressions over it, one of which has to be like a pattern."""

    columns: Sequence[str]
    way: Way
    pattern: str

    def over(self, known: Collection[str]) -> Condition:
        """The same of those of its columns that are known."""
        return any_compared([each for each in self.columns if each in known], self.way, self.pattern)


class TextMasks:
    """Masks of single conditions on texts."""

    def __init__(self, kept: Facets, reach: Reach) -> None:
        self._kept = kept
        self._reach = reach

    def of(self, node: Word | Match | Number) -> Mask | None:
        """The ids for which `node` is true; None if that cannot be told in less time than by reading all."""
        match node:
            case Word():
                return self._of_word(node)
            case Match(field, pattern, way):
                asked = _Asked(field.columns, way, pattern)
            case Number(field, digits, way):
                asked = _Asked(field.digits, way, digits)
        here, known = self._kept_texts([asked])
        if known.issuperset(asked.columns):
            return here
        return self._with_others(here, groups_of(node, self._telling), where(node))

    def _of_word(self, word: Word) -> Mask | None:
        asked = [_Asked(_VISIBLE, Way.PART, word.text)]
        if word.digits:
            asked.append(_Asked(NUMBERS, Way.PART, word.digits))
        here, _ = self._kept_texts(asked)
        here |= self._kept.among(_over(asked, _VISIBLE_TRAITS))
        if word.accounts:
            here |= self._kept.among(labelled(word))
        marked = elsewhere(word.text)
        here |= self._kept.these(Condition(f"select id from search where {marked.sql}", marked.values))
        return self._with_others(here, groups_of(replace(word, accounts=()), self._telling), visible(word))

    def _kept_texts(self, asked: Sequence[_Asked]) -> tuple[Mask, set[str]]:
        """The ids of which facets tell that they match, and the columns of which they tell."""
        here, told = np.zeros(self._kept.number, bool), set[str]()
        for name, facet in facets.TEXTS.items():
            columns = {*facet.columns, facet.value}
            condition = _over(asked, columns)
            mask = None if condition == NEVER else self._kept.with_texts(name, condition)
            if mask is not None:
                here |= mask
                told |= columns
        return here, told

    def _with_others(self, here: Mask, groups: str, condition: Condition) -> Mask | None:
        """The same with all candidates that meet a condition; None if these cannot be found, or are many."""
        if not groups:
            return None
        kept, candidates = self._kept, shown_by(groups)
        # Those that are here already may be so many that to hand them over takes longest.
        others = f"select id from ({candidates.sql}) where substr(?, id + 1, 1) = x'00'"
        ids = ids_of(kept.connection, others, (*candidates.values, here.tobytes()))
        if len(ids) > self._reach.checked:
            return None
        if len(ids):
            carried = apsw.carray(ids)
            near = "(select value as id from carray(?)) as near cross join search using (id)"
            rows = f"select id from {near} where {condition.sql}"
            here |= kept.these(Condition(rows, (carried, *condition.values)))
        return here

    def _telling(self, groups: Sequence[str]) -> Sequence[str]:
        return Rarity(self._kept.connection).telling(groups)


def _over(asked: Sequence[_Asked], known: Collection[str]) -> Condition:
    return some([condition for each in asked if (condition := each.over(known)) != NEVER])
