"""The zone that an old export was written in."""

import contextlib
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo

from playhead.core.exports.pastrow import a_list, a_text, an_object
from playhead.core.zone import zone_of_moments

_MOMENTS = ("started", "ended", "created", "updated")


def past_zone(told: Mapping[str, object]) -> tzinfo:
    """The zone by the name that the record says, or by the offsets of its moments; raises as `pastrow` does.

    Earlier versions wrote an abbreviation such as `EST` where the system had told no name.
    """
    return zone_of_moments(a_text(told["zone"]), _moments(told))


def _moments(told: Mapping[str, object]) -> Iterator[datetime]:
    rows = (an_object(an_object(row)["recording"]) for row in a_list(told["recordings"]))
    texts = [told["began"], told["ended"], *(row.get(name) for row in rows for name in _MOMENTS)]
    for text in texts:
        # Those in UTC with a Z are what the zone could not say.
        if isinstance(text, str) and not text.endswith("Z"):
            with contextlib.suppress(ValueError, OverflowError):
                moment = datetime.fromisoformat(text)
                if moment.tzinfo is not None and 1 < moment.year < 9999:
                    yield moment
