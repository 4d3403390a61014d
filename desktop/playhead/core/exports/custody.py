"""Custody of an export: person, program and accounts, so that a stranger can ask the right people."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from urllib.parse import urlsplit

from playhead.core.account import Account


@dataclass(frozen=True, slots=True)
class Machine:
    """The computer that an export runs on, as it calls itself, and its system with its version."""

    computer: str = ""
    system: str = ""


UNNAMED = Machine()
"""A computer of which nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One run of an export; one that was continued has several."""

    began: datetime
    ended: datetime | None = None
    """None of one that was cut short, and while it lasts."""
    person: str = ""
    """Who exported, if they wish to be named."""
    program: str = ""
    """The program with its version and build."""
    machine: Machine = UNNAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Account as it was at its provider."""

    provider: str
    address: str
    """The host and the path below which the provider was asked."""
    workspace: str = ""
    """The workspace; empty where the provider has none."""


def origins_of(accounts: Iterable[Account]) -> Mapping[str, Origin]:
    """The origin of each account, by its id."""
    return {
        account.id: Origin(
            provider=account.provider,
            address=_address(account.base_url),
            workspace=account.details.get("workspace_id", ""),
        )
        for account in accounts
    }


def _address(url: str) -> str:
    """Without the scheme, which goes without saying but for a trial on the own computer."""
    parts = urlsplit(url)
    told = f"{parts.netloc}{parts.path}".rstrip("/")
    return told if parts.scheme == "https" else f"{told} ({parts.scheme})"


def origin_to_plain(origin: Origin) -> dict[str, str]:
    """An origin as JSON holds it."""
    return asdict(origin)


def origin_from_plain(plain: object) -> Origin | None:
    """Read what `origin_to_plain` wrote; None for anything else."""
    if not isinstance(plain, dict):
        return None
    texts = {each.name: plain.get(each.name, "") for each in fields(Origin)}
    return Origin(**texts) if all(isinstance(text, str) for text in texts.values()) else None


def origins_from_plain(plain: object) -> Mapping[str, Origin]:
    """Origins by the ids of their accounts; what is none is left out."""
    if not isinstance(plain, dict):
        return {}
    found = {str(account): origin_from_plain(each) for account, each in plain.items()}
    return {account: origin for account, origin in found.items() if origin is not None}


def sitting_to_plain(sitting: Sitting) -> dict[str, str | None]:
    """A sitting as JSON holds it."""
    return {
        "began": sitting.began.isoformat(),
        "ended": sitting.ended.isoformat() if sitting.ended is not None else None,
        "person": sitting.person,
        "program": sitting.program,
        "computer": sitting.machine.computer,
        "system": sitting.machine.system,
    }


def sitting_from_plain(plain: object) -> Sitting | None:
    """Read what `sitting_to_plain` wrote; None for anything else."""
    if not isinstance(plain, dict):
        return None
    began = moment_from_plain(plain.get("began"))
    person, program, computer, system = (
        text if isinstance(text := plain.get(name), str) else ""
        for name in ("person", "program", "computer", "system")
    )
    if began is None:
        return None
    return Sitting(
        began=began,
        ended=moment_from_plain(plain.get("ended")),
        person=person,
        program=program,
        machine=Machine(computer, system),
    )


def moment_from_plain(plain: object) -> datetime | None:
    """A moment with an offset, as text; None for anything else."""
    try:
        moment = datetime.fromisoformat(plain) if isinstance(plain, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def sittings(fetched: Iterable[tuple[Sitting, datetime | None]], last: Sitting | None) -> tuple[Sitting, ...]:
    """All sittings in their order, `last` among them, each with its end.

    `fetched` are the sittings of files and when each was fetched: one that was cut short ended with its last.
    """
    ends: dict[Sitting, datetime] = {}
    found = {last} if last is not None else set[Sitting]()
    for sitting, moment in fetched:
        found.add(sitting)
        if moment is not None:
            ends[sitting] = max(moment, ends.get(sitting, moment))
    told: dict[datetime, Sitting] = {}
    for sitting in found:
        ended = sitting.ended or ends.get(sitting)
        told[sitting.began] = replace(sitting, ended=ended)
    return tuple(told[began] for began in sorted(told))
