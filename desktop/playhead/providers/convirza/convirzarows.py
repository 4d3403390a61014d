"""From Convirza's grouped answer to Recordings, tolerantly.

Source: https://docs.convirza.com/list-prompts-31381265e0 . Size, duration, author and date are named in its
prose and absent from its sample, so each may be missing, and the units are a guess: bytes and seconds.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from playhead.core.account import Account
from playhead.core.errors import Garbled, ProviderError
from playhead.core.links import is_link
from playhead.core.recording import Recording
from playhead.providers.http.answers import Reply, complaint, is_nothing
from playhead.providers.http.limits import LIST_OBJECTS, LIST_ROWS
from playhead.providers.reading.namesakes import Item, Namesakes
from playhead.providers.reading.rawfields import (
    LONGEST_NAME,
    LONGEST_WORD,
    Row,
    fingerprint,
    kept,
    number,
    shown,
)


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


KINDS = ("prompt", "whisper", "voicemail", "survey")
"""Kinds that the documentation knows, in its order; each has a list named by its plural."""

_GROUPS = frozenset(f"{kind}s" for kind in KINDS)
_ERRORS = frozenset({"error", "errors"})
_ASIDE = _ERRORS | {"warnings", "messages", "links", "types", "meta", "filters"}
"""Lists beside the recordings that may have ids, too."""

_LONGEST_LINK = 8_000
_LAYERS = 3
_FILE_NAME = re.compile(r"[\w][\w .()+,\-]{0,190}\.[A-Za-z0-9]{2,5}")
_EVIDENCE = frozenset({"filename", "recording_file_type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptLists:
    """Everything that one answer lists, in the server's order, and where its audio is (links by id)."""

    recordings: tuple[Recording, ...]
    links: Mapping[str, str]
    complete: bool
    """True if it is certain that there are no others: all have an id, and none is missing of those that the
    answer counts, if it does. It is never paged."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """Of each id that several recordings share: the `mark` of the one that bears it alone."""
    faulty: bool = False
    """True if errors were listed, too."""


def prompts(
    account: Account,
    groups: Mapping[str, object],
    oddities: Counter[str],
    owners: Mapping[str, str] | None = None,
) -> PromptLists:
    """The items of every list in `groups` that holds recordings, whatever the lists are called.

    Ids are small numbers that different lists may give twice. `owners` are those of the whole list, for an
    answer that holds a part of it. Raises `Garbled` for too many items.
    """
    lists = {name: items for name, items in groups.items() if isinstance(items, list) and _lists(name, items)}
    everything = [item for items in lists.values() for item in items]
    if len(everything) > LIST_ROWS:
        raise Garbled("large", "too many rows")
    rows = Namesakes(KINDS)
    for group, items in lists.items():
        for item in items:
            rows.add(
                Item(recording=_recording(account, item, group, oddities), link=_link(item), kind=_kind(item))
            )
    named, found = rows.named(owners or {})
    faulty = not all(is_nothing(groups.get(name)) for name in _ERRORS)
    total = groups.get("total")
    # A list that is null was perhaps never made; and no list at all is no proof that there is nothing.
    lacking = any(not isinstance(groups[name], list) for name in _GROUPS & groups.keys())
    counted = number(total) == len(everything) if total is not None else bool(lists) and not lacking
    return PromptLists(
        recordings=tuple(each.recording for each in named),
        links={each.recording.id: each.link for each in named if each.link is not None},
        complete=counted and not faulty and all(_identity(item) is not None for item in everything),
        owners=found,
        faulty=faulty,
    )


def _lists(group: str, items: list[object]) -> bool:
    """True if a list of that name is one of recordings."""
    if group.strip().lower() in _GROUPS:
        return True
    aside = group.strip().lower() in _ASIDE
    return any(_looks_like_one(item, aside=aside) for item in items)


def _looks_like_one(item: object, *, aside: bool) -> bool:
    if not isinstance(item, dict):
        return False
    if aside:
        return bool(item.keys() & _EVIDENCE)
    return _identity(item) is not None or _link(item) is not None or bool(item.keys() & _EVIDENCE)


def _identity(item: object) -> str | None:
    return Row(item if isinstance(item, dict) else {}).identifier("id")


def _kind(item: object) -> str | None:
    """Kind that the item itself names."""
    said = Row(item if isinstance(item, dict) else {}).text("type")
    return said.lower() if said else None


def _recording(account: Account, item: object, group: str, oddities: Counter[str]) -> Recording:
    raw = kept(item)
    facts = Row(item if isinstance(item, dict) else {}, oddities)
    identity = facts.identifier("id")
    filename = facts.text("filename", LONGEST_NAME) or _name_in_link(item)
    return Recording(
        account=account.id,
        id=identity or fingerprint(raw),
        provider="convirza",
        kind=(facts.text("type") or _singular(group)).lower(),
        name=facts.text("name", LONGEST_NAME),
        filename=filename,
        created=facts.moment("created_at"),
        duration=facts.seconds("duration"),
        format=_format(facts, filename),
        size=facts.size("size"),
        creator=_creator(item, facts),
        fault=_fault(item, identity),
        raw=raw,
    )


def _fault(item: object, identity: str | None) -> str | None:
    if not isinstance(item, dict):
        return "Convirza sent a row that is no object."
    if identity is None:
        return "Convirza sent a row without an id."
    return None if _link(item) else "Convirza sent no link for this recording."


def _link(item: object) -> str | None:
    link = item.get("url") if isinstance(item, dict) else None
    return (
        link.strip()
        if isinstance(link, str) and link.strip().lower().startswith(("https://", "http://"))
        else None
    )


def _format(facts: Row, filename: str | None) -> str | None:
    named = facts.text("recording_file_type") or facts.text("format")
    found = named or (PurePosixPath(filename).suffix if filename else "")
    return found.removeprefix(".").lower() or None


def _name_in_link(item: object) -> str | None:
    """The name at the end of a link that came as the file's name: it does not open anything by itself."""
    sent = item.get("filename") if isinstance(item, dict) else None
    if not isinstance(sent, str) or len(sent) > _LONGEST_LINK:
        return None
    for _ in range(_LAYERS):
        sent = unquote(sent)
    try:
        name = shown(PurePosixPath(urlsplit(sent).path).name, LONGEST_WORD)
    except ValueError:
        return None
    return name if _FILE_NAME.fullmatch(name) and not is_link(name) else None


def _creator(item: object, facts: Row) -> str | None:
    """Its type is unknown: a name, the number of a user, or an object that describes one."""
    described = item.get("created_by") if isinstance(item, dict) else None
    if not isinstance(described, dict):
        return facts.text("created_by", LONGEST_NAME)
    person = facts.inner("created_by")
    return person.text("name", LONGEST_NAME) or person.text("email", LONGEST_NAME) or person.text("id")


def _singular(group: str) -> str:
    """Kind of the items of a list of this name."""
    word = Row({"group": group}).text("group") or "prompt"
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s") or word
