"""Ready-made changes for `Fault.change`: answers that are JSON, but not what was promised.

Each takes the JSON of a list (of Bird or Convirza) or of one recording, and gives another.
"""

from collections.abc import Callable
from typing import Any

HOSTILE_NAME = "<img src=x onerror=alert(1)>\u202egnp.exe\u200f\x00\x07\x1b[31m\r\n\t" + "x" * 10_000
_ZERO_TIME = "0001-01-01T00:00:00Z"
_DATES = ("createdAt", "updatedAt", "startedAt", "endedAt", "created_at")


def wrapped_in_a_list(answer: Any) -> Any:
    """A list where an object was promised."""
    return [answer]


def rows_as_text(answer: Any) -> Any:
    """A string where the rows were promised."""
    return {**answer, _holder(answer): "none"}


def rows_as_null(answer: Any) -> Any:
    """`results` or `data` is null."""
    return {**answer, _holder(answer): None}


def no_rows(answer: Any) -> Any:
    """A page without rows that keeps its token: not the end."""
    return _with_rows(answer, lambda _: [])


def doubled_row(answer: Any) -> Any:
    """The first row of each list comes twice, with the same id."""
    return _with_rows(answer, lambda rows: rows[:1] + rows)


def no_objects(answer: Any) -> Any:
    """The first two rows of each list are a number and null instead of objects."""
    return _with_rows(answer, lambda rows: [7, None, *rows[2:]])


def same_token() -> Callable[[Any], Any]:
    """Makes a change that repeats the first token it sees for ever."""
    seen: list[str] = []

    def change(answer: Any) -> Any:
        seen.extend([answer["nextPageToken"]] if not seen and "nextPageToken" in answer else [])
        return {**answer, "nextPageToken": seen[0]} if seen else answer

    return change


def wrong_types(answer: Any) -> Any:
    """Every field but the id has a value of another type than promised."""
    return _each(
        answer,
        lambda row: {name: value if name == "id" else _other(value) for name, value in row.items()},
    )


def without_ids(answer: Any) -> Any:
    """Rows have no id."""
    return _each(answer, lambda row: _without(row, ("id",)))


def unknown_status(answer: Any) -> Any:
    """Rows have a status nobody has heard of."""
    return _each(answer, lambda row: {**row, "status": "transmogrified"})


def year_one(answer: Any) -> Any:
    """All dates are Go's zero time."""
    return _each(answer, lambda row: row | {name: _ZERO_TIME for name in _DATES if name in row})


def undated(answer: Any) -> Any:
    """No row has any date."""
    return _each(answer, lambda row: _without(row, _DATES))


def without_urls(answer: Any) -> Any:
    """No row has a link."""
    return _each(answer, lambda row: _without(row, ("url",)))


def hostile_names(answer: Any) -> Any:
    """Names of 10 000 characters with markup, control characters and right-to-left marks."""
    return _each(answer, _hostile)


def _hostile(row: dict[str, Any]) -> dict[str, Any]:
    changed = dict(row)
    if "name" in row:
        changed |= {"name": HOSTILE_NAME, "filename": "../../" + HOSTILE_NAME}
    for side in ("originator", "receiver"):
        if side in row:
            number = row[side].get("number", {})
            changed[side] = {**row[side], "number": {**number, "callerIdName": HOSTILE_NAME}}
    return changed


def _holder(answer: Any) -> str:
    return "data" if "data" in answer else "results"


def _each(answer: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    if "data" not in answer and "results" not in answer:
        return change(answer)
    return _with_rows(answer, lambda rows: [change(row) for row in rows])


def _with_rows(answer: Any, change: Callable[[list[Any]], list[Any]]) -> Any:
    holder = _holder(answer)
    if holder == "results":
        return {**answer, holder: change(answer[holder])}
    groups = {name: change(rows) if isinstance(rows, list) else rows for name, rows in answer[holder].items()}
    return {**answer, holder: groups}


def _other(value: Any) -> Any:
    match value:
        case bool():
            return "yes"
        case str():
            return {"text": 1}
        case int() | float():
            return "many"
        case _:
            return 3


def _without(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
