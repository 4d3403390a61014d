"""First rows from facets; import it late, as `masks`."""

import apsw
import numpy as np

from playhead.catalogue.candidates import SearchWay
from playhead.catalogue.conditions import Condition
from playhead.catalogue.masks import Masks
from playhead.core.finding.query import Query

_TIES = 1_000
"""Recordings of one moment that are sorted besides."""


def newest_of(masks: Masks, query: Query, number: int, *, whole: bool) -> SearchWay | None:
    """The way to the newest `number` that match, and hardly to others; None if facets do not tell.

    If `whole`, to all that match; None if these are a lot more.
    """
    mask, kept = masks.of(query), masks.facets
    if mask is None:
        return None
    ids = np.flatnonzero(mask)
    if len(ids) > number and not whole:
        newest = kept.numbers("newest")[ids]
        ids = ids[newest <= np.partition(newest, number - 1)[number - 1]]
    if len(ids) > number + _TIES:
        return None
    carried = apsw.carray(np.append(ids, 0), flags=apsw.SQLITE_CARRAY_INT64)
    these = Condition("select value as id from carray(?)", (carried,))
    return SearchWay((these, kept.others))
