"""State in which the person left the window, so that it can be so again: what was shown, chosen and heard."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from playhead.core.finding.query import NEWEST_FIRST, Order

_LONGEST = 1e9
"""Seconds that no recording has."""
MOST_SELECTED = 500
"""Rows whose selection is remembered one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A recording by its id in the catalogue; its key tells whether that is still the same one."""

    id: int
    key: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOff:
    """Everything that is so again after a restart, as far as it still makes sense then."""

    query: str = ""
    """Text of the filter."""
    order: Order = NEWEST_FIRST
    current: Known | None = None
    top: Known | None = None
    """The first row in view; None at the top of the table."""
    selected: Sequence[Known] = ()
    everything: bool = False
    """Whether all rows were selected, those that come later too."""
    playing: Known | None = None
    second: float = 0.0
    """The place in what was playing."""
    page: int = 0
    """The page of the details that was looked at."""

    def to_text(self) -> str:
        """Write it down; `from_text` understands that."""
        return json.dumps({each.name: _plain(getattr(self, each.name)) for each in fields(self)})

    @property
    def recordings(self) -> Sequence[Known]:
        """All recordings that it names."""
        single = [each for each in (self.current, self.top, self.playing) if each is not None]
        return [*single, *self.selected]


def from_text(text: str) -> LeftOff:
    """Understand what `LeftOff.to_text` wrote; whatever makes no sense is as at the first start."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return LeftOff()
    if not isinstance(content, dict):
        return LeftOff()
    return LeftOff(
        query=_text(content.get("query")),
        order=_order(content.get("order")),
        current=_known(content.get("current")),
        top=_known(content.get("top")),
        selected=_several(content.get("selected")),
        everything=content.get("everything") is True,
        playing=_known(content.get("playing")),
        second=_second(content.get("second")),
        page=_page(content.get("page")),
    )


def _plain(value: object) -> object:
    match value:
        case Known():
            return [value.id, *value.key]
        case Order():
            return [value.column, value.descending]
        case tuple() | list():
            return [_plain(each) for each in value]
        case _:
            return value


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _order(value: object) -> Order:
    match value:
        case [str() as column, bool() as descending]:
            return Order(column, descending)
        case _:
            return NEWEST_FIRST


def _known(value: Any) -> Known | None:
    match value:
        case [int() as number, str() as account, str() as identifier] if 0 < number < 2**63:
            return Known(id=number, key=(account, identifier))
        case _:
            return None


def _several(value: object) -> Sequence[Known]:
    found = map(_known, value[:MOST_SELECTED]) if isinstance(value, list) else ()
    return tuple(each for each in found if each is not None)


def _second(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LONGEST:
        return 0.0  # nor is a number that is none, which compares with nothing
    return float(value)


def _page(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 100 else 0
