"""Timelines from facets; import it late, as `masks`."""

from array import array

import numpy as np

from playhead.catalogue.conditions import Condition
from playhead.catalogue.facetarrays import Facets, Mask
from playhead.catalogue.masks import Masks
from playhead.catalogue.rows import UNDATED
from playhead.catalogue.sql import where
from playhead.catalogue.timelineparts import Parting, keys_of
from playhead.core.finding.query import Query
from playhead.core.timeline.timekeys import STEP
from playhead.core.timeline.timeline import Timeline


def kept_timeline(masks: Masks, query: Query, parting: Parting) -> Timeline | None:
    """The moments of all that match; None if facets do not tell."""
    kept, mask = masks.facets, masks.of(query)
    if mask is None:
        return None
    packed, undated = keys_of(kept.connection, parting, kept.rest, where(query.node))
    newest = kept.numbers("newest")
    dated = mask & (newest != UNDATED)
    keys = newest[dated]
    keys *= STEP
    keys += _parts(kept, parting, dated)
    undated += int(np.count_nonzero(mask)) - len(keys)
    if packed:
        keys = np.concatenate((keys, np.frombuffer(packed, ">i8")))
    # Most come in order, page after page, and this way of sorting makes use of that.
    keys.sort(kind="stable")
    found = array("q")
    found.frombytes(keys.view(np.uint8).data)
    parts = (keys.astype(np.uint8) % STEP).tobytes()
    return Timeline(keys=found, parts=parts, names=parting.names, undated=undated)


def _parts(kept: Facets, parting: Parting, mask: Mask) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """The part of each id in the mask."""
    if not parting.measured:
        parts = np.array([each or 0 for each in kept.by_code(parting.part)], np.int64)
        return parts[kept.codes[mask]]
    parts = np.zeros(kept.number, np.int64)
    for part in range(1, len(parting.names)):
        parts[kept.these(Condition(f"select id from {parting.measured} and {parting.part.sql} = {part}"))] = (
            part
        )
    return parts[mask]
