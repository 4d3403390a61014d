"""Values of columns from facets; import it late, as `masks`."""

from collections import Counter
from collections.abc import Iterable
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playhead.catalogue.conditions import Condition
from playhead.catalogue.connection import IDS_IN_HEX, only_row, unpacked
from playhead.catalogue.facetarrays import Facets, Mask
from playhead.catalogue.masks import Masks
from playhead.catalogue.orders import first_micros, index_of
from playhead.catalogue.rows import UNDATED
from playhead.catalogue.valuekeys import BETWEEN, MEASURES, QUARTER, key_of
from playhead.core.finding.grouping import (
    NOTHING,
    Alternatives,
    Counted,
    Grouping,
    Kins,
    Quarters,
    Steps,
    Texts,
)
from playhead.core.finding.query import Measure, Query


def kept_values(masks: Masks, query: Query, grouping: Grouping) -> Counted | None:
    """The values of all that match and that facets tell of; None if they do not tell."""
    texts = masks.facets.texts(grouping.field, grouping.named) if isinstance(grouping, Texts) else None
    mask = None if isinstance(grouping, Texts) and texts is None else masks.of(query)
    if mask is None:
        return None
    counting = _FacetCounting(masks.facets, mask)
    if isinstance(grouping, Alternatives):
        return counting.found if counting.count_choices(grouping, masks) else None
    if texts is not None:
        counting.count_texts(*texts)
    elif not isinstance(grouping, Texts):
        counting.count(grouping)
    return counting.found


class _FacetCounting:
    """Counts of the recordings in a mask."""

    def __init__(self, kept: Facets, mask: Mask) -> None:
        self._kept = kept
        self._mask = mask
        self.found = Counted(number=int(np.count_nonzero(mask)))

    def count_choices(self, grouping: Alternatives, masks: Masks) -> bool:
        """Count the recordings that meet each condition; False if facets do not tell all of them."""
        for place, node in enumerate(grouping.nodes):
            chosen = masks.of_node(node)
            if chosen is None:
                return False
            self.found.counts[str(place)] = int(np.count_nonzero(self._mask & chosen))
        return True

    def count_texts(self, codes: NDArray[Any], texts: Iterable[tuple[int, str, str]]) -> None:
        """Count the texts that recordings have, by their codes; several codes may mean the same."""
        ids = np.flatnonzero(self._mask)
        chosen = codes[ids]
        numbers = np.bincount(chosen)
        samples = np.zeros(len(numbers), np.int64)
        samples[chosen] = ids
        there, sampled, found = numbers.tolist(), samples.tolist(), self.found
        for code, text, name in texts:
            if code < len(there) and there[code]:
                found.counts[text] += there[code]
                found.samples[text] = sampled[code]
                if name:
                    found.names[text] = name

    def count(self, grouping: Steps | Kins | Quarters) -> None:
        """Count the one value that each has, or has not."""
        match grouping:
            case Quarters():
                quarters, numbers = np.unique(-self._dated // QUARTER, return_counts=True)
                keys = map(str, quarters.tolist())
                self.found.counts.update(dict(zip(keys, numbers.tolist(), strict=True)))
            case Steps(Measure.DATE, edges):
                self._count_steps(-self._dated, np.array([first_micros(each) for each in edges], np.int64))
            case Steps(Measure.DURATION | Measure.SIZE as measure, edges):
                values = self._kept.numbers(measure)[self._mask]
                self._count_steps(values[~np.isnan(values)], np.array(edges))
            case Steps(measure):
                self._count_measured(key_of(grouping), MEASURES[measure], index_of(MEASURES[measure]))
            case Kins():
                self._count_measured(key_of(grouping), "kin", index_of("same"))
        counts = self.found.counts
        counts[NOTHING] += self.found.number - counts.total()
        counts += Counter()

    @property
    def _dated(self) -> NDArray[np.int64]:
        """The moments of those that have one."""
        newest = self._kept.numbers("newest")[self._mask]
        dated: NDArray[np.int64] = newest[newest != UNDATED]
        return dated

    def _count_steps(self, values: NDArray[Any], edges: NDArray[Any]) -> None:
        numbers = np.bincount(np.searchsorted(edges, values, "right"))
        self.found.counts.update({str(place): number for place, number in enumerate(numbers.tolist())})

    def _count_measured(self, key: Condition, column: str, index: str) -> None:
        """Count what few recordings have, or measured ones alone: their index tells."""
        keys, packed = only_row(
            self._kept.connection,
            f"select group_concat(key, char({ord(BETWEEN)})), unhex({IDS_IN_HEX})"
            f" from (select id, {key.sql} as key from search indexed by {index} where {column} is not null)",
            key.values,
        )
        ids = np.array(unpacked(packed), np.int64)
        chosen = ids < self._kept.number
        chosen[chosen] = self._mask[ids[chosen]]
        there = list(compress((keys or "").split(BETWEEN), chosen.tolist()))
        self.found.counts.update(there)
        self.found.samples.update(zip(there, ids[chosen].tolist(), strict=True))
