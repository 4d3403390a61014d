"""Object of JSON as a provider sent it, kept as one text and read when somebody looks into it."""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from typing_extensions import override

_encode: Final = json.JSONEncoder(separators=(",", ":"), allow_nan=False, default=dict).encode


class SentObject(Mapping[str, object]):
    """An object of JSON. Hardly any of those that pass is looked into: objects for each value cost most."""

    __slots__ = ("_fields", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        """JSON in ASCII, without blanks."""
        self._fields: dict[str, object] | None = None

    @override
    def __getitem__(self, name: str) -> object:
        return self._read()[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    @override
    def __len__(self) -> int:
        return len(self._read())

    @override
    def __eq__(self, other: object) -> bool:
        same = isinstance(other, SentObject) and self.text == other.text
        return same or super().__eq__(other)

    __hash__ = None  # type: ignore[assignment] # as it is of every mapping that is equal to a `dict`

    @override
    def __repr__(self) -> str:
        return f"SentObject({self.text!r})"

    def _read(self) -> dict[str, object]:
        if self._fields is None:
            self._fields = json.loads(self.text)
        return self._fields


def sent(fields: Mapping[str, object]) -> SentObject:
    """The object of these fields. Raises `ValueError` for a number that is none."""
    return SentObject(_encode(fields))
