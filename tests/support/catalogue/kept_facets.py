"""Facets that a catalogue keeps, however few recordings it has."""

import apsw

from playhead.catalogue import facets
from playhead.catalogue.ranking import expect

PART = 2
"""Recordings of a part."""


def keep_facets(connection: apsw.Connection, most: int = 100) -> None:
    """Keep the facets of every part that is full, or was changed, but none with more texts than `most`."""
    expect(connection, "name")
    while (part := facets.due(connection, PART)) is not None:
        facets.keep(connection, facets.read(connection, part, PART), most)
