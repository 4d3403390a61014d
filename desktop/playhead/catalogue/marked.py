"""SELECTs of the ids of recordings with a mark, as every query has them."""

STARRED = "select id from star"
HEARD = "select id from heard"
NOTED = "select recording as id from note"
EXPORTED = "select id from exported"
GONE = "select id from gone"

ANONYMOUS = "coalesce(from_anonymous, to_anonymous) is not null"
"""True for recordings with a party that did not say who it was; the index of these has the same words."""


def each_once(ids: str) -> str:
    """The same ids, none of them twice. Inside `in (...)` that would only take longer."""
    return ids.replace("select ", "select distinct ", 1)
