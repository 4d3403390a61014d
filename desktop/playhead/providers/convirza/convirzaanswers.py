"""Answers of Convirza: an envelope with a code, and what was asked for in its `data`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from playhead.core.errors import Garbled, ProviderError
from playhead.providers.http.answers import Reply, complaint
from playhead.providers.http.limits import LIST_OBJECTS


@dataclass(frozen=True, slots=True)
class ConvirzaAnswer:
    """An answer of a good status, and the error in it, if there is one."""

    facts: Mapping[str, object]
    moment: datetime | None
    trouble: ProviderError | None

    @property
    def has_data(self) -> bool:
        """True if there is any of what was asked for."""
        return bool(self.facts.get("data"))

    def groups(self) -> Mapping[str, object]:
        """The lists in it, by their names. Raises `Garbled`.

        A server that never made a list may say null or leave it out: that is an empty one.
        """
        data = self.facts.get("data")
        if isinstance(data, dict):
            return data
        if isinstance(data, list) or (data is None and self.facts.keys() & {"data", "code", "result"}):
            return {"prompts": data}
        raise Garbled("shape", "no lists of recordings")


def read_answer(reply: Reply) -> ConvirzaAnswer:
    """Read an answer. Raises `Garbled`."""
    facts = reply.json(objects=LIST_OBJECTS)
    return ConvirzaAnswer(
        facts if isinstance(facts, dict) else {}, reply.moment, complaint(facts, reply.headers, "data")
    )
