"""From Convirza's grouped answer to Recordings, tolerantly.

Source: https://docs.convirza.com/list-prompts-31381265e0 . Size, duration, author and date are named in its
prose and absent from its sample, so each may be missing, and the units are a guess: bytes and seconds.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from playhead.core.account import Account
from playhead.core.recording import ProviderName, Recording
from playhead.providers.fields import LONGEST_NAME, Row, fingerprint, kept, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """Everything that one answer lists, in the server's order, and where its audio is (links by id)."""

    recordings: tuple[Recording, ...]
    links: Mapping[str, str]
    complete: bool
    """Whether each has an id, and there are as many as the answer says, if it does: it is never paged."""


def prompts(account: Account, groups: Mapping[str, object], oddities: Counter[str]) -> Prompts:
    """The items of every list in `groups`, whatever the lists are called."""
    found: dict[str, Recording] = {}
    links: dict[str, str] = {}
    for group, items in groups.items():
        for item in items if isinstance(items, list) else ():
            link = _link(item)
            recording = _recording(account, item, group, len(found), oddities)
            if recording.id in found and (link is None or recording.id in links):
                continue
            found[recording.id] = recording
            if link is not None:
                links[recording.id] = link
    items = [item for group in groups.values() if isinstance(group, list) for item in group]
    named = all(Row(item if isinstance(item, dict) else {}).identifier("id") for item in items)
    return Prompts(
        recordings=tuple(found.values()),
        links=links,
        complete=named and number(groups.get("total", len(items))) == len(items),
    )


def _recording(
    account: Account, item: object, group: str, position: int, oddities: Counter[str]
) -> Recording:
    raw = kept(item)
    facts = Row(item if isinstance(item, dict) else {}, oddities)
    identity = facts.identifier("id")
    filename = facts.text("filename", LONGEST_NAME)
    return Recording(
        account=account.id,
        id=identity or fingerprint(raw),
        provider=ProviderName.CONVIRZA,
        kind=(facts.text("type") or _singular(group)).lower(),
        name=facts.text("name", LONGEST_NAME),
        filename=filename,
        created=facts.moment("created_at"),
        duration=facts.seconds("duration"),
        format=_format(facts, filename),
        size=facts.size("size"),
        creator=_creator(item, facts),
        position=position,
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


def _creator(item: object, facts: Row) -> str | None:
    """Its type is unknown: a name, the number of a user, or an object that describes one."""
    described = item.get("created_by") if isinstance(item, dict) else None
    if not isinstance(described, dict):
        return facts.text("created_by", LONGEST_NAME)
    person = facts.inner("created_by")
    return person.text("name", LONGEST_NAME) or person.text("email", LONGEST_NAME) or person.text("id")


def _singular(group: str) -> str:
    """What one item of a list of this name is."""
    word = Row({"group": group}).text("group") or "prompt"
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s") or word
