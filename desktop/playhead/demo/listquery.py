"""The parameters of Bird's lists: what they may be (else 422), and which recordings they keep."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from playhead.demo.people import DemoParty
from playhead.demo.recordings import BirdRecordings, Sketch

Filter = Callable[[Sketch], bool]


def filters(query: QueryParams, recordings: BirdRecordings) -> Filter:
    """Whether a recording has the status, direction, channel and numbers that a query asks for."""
    tests = list(_tests(query, recordings))
    return lambda sketch: all(test(sketch) for test in tests)


def _tests(query: QueryParams, recordings: BirdRecordings) -> Iterator[Filter]:
    if status := query.get("status"):
        yield lambda sketch: sketch.status == status
    if direction := query.get("direction"):
        if direction not in {"incoming", "outgoing"}:
            raise HTTPException(422, "direction must be incoming or outgoing")
        yield lambda sketch: sketch.direction == direction and "direction" not in sketch.left_out
    if channel := query.get("channelId"):
        canonical = uuid(channel)
        line = recordings.channels.index(canonical) if canonical in recordings.channels else -1
        yield lambda sketch: sketch.line == line and "channelId" not in sketch.left_out
    if sender := query.get("from"):
        yield lambda sketch: _has_number(sketch.sender, sender) and "originator" not in sketch.left_out
    if target := query.get("to"):
        yield lambda sketch: _has_number(sketch.target, target) and "receiver" not in sketch.left_out


def _has_number(party: DemoParty | None, text: str) -> bool:
    # An unescaped plus arrives as a space.
    return party is not None and party.number[1:] == text.strip().removeprefix("+")


def limit(query: QueryParams) -> int:
    """How many rows a page may have."""
    text = query.get("limit") or "10"
    if not text.isdecimal() or not 1 <= int(text) <= 99:
        raise HTTPException(422, "limit must be a number from 1 to 99")
    return int(text)


def uuid(text: str) -> str:
    """A UUID in its canonical form."""
    try:
        return str(UUID(text))
    except ValueError as error:
        raise HTTPException(422, "not a UUID") from error


def moment(text: str) -> int:
    """A date-time in milliseconds since 1970 UTC; one without a zone is UTC."""
    try:
        when = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise HTTPException(422, "not a date-time") from error
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() * 1000)
