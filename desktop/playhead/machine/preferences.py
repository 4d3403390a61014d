"""Preferences in the settings file: read however it was edited, and written."""

import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType

from playhead.core.account import Account, Scheme, safe_address
from playhead.core.exports.choices import AS_USUAL, Choices
from playhead.core.playback import PlaybackSettings
from playhead.core.preferencerows import choice, number, row, taken, text, written
from playhead.core.recording import ProviderName
from playhead.machine import exportpreferences

_UNPAIRED = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Everything in the file: a field with a row is one preference, read and written by its name."""

    accounts: tuple[Account, ...] = ()
    leaving: tuple[Account, ...] = ()
    """Accounts that were disconnected, of which something may be left to be removed."""
    playback: PlaybackSettings = PlaybackSettings()
    """Rows of their own, which stand beside these in the file."""
    layout: str = text()
    """Qt's own description of the panes, in hexadecimal."""
    columns: str = text()
    """Qt's own description of the table's header, in hexadecimal."""
    theme: str = choice("system", "light", "dark")
    media_limit: float = number(1e9, 1e7, 1e12)
    """Bytes of audio that are kept."""
    density: str = choice("comfortable", "compact")
    """Height of the rows of the table."""
    check_every: float = number(0.0, 0.0, 1440.0)
    """Minutes between two looks for new recordings; 0: only when the person asks."""
    export_folder: str = text()
    name_template: str = text()
    name_presets: Mapping[str, str] = row(MappingProxyType({}), exportpreferences.presets_from, dict)
    """Templates that the person keeps, by the names they gave them."""
    export_choices: Choices = row(AS_USUAL, exportpreferences.from_entry, exportpreferences.to_entry)
    """Choices of the last export; the template is `name_template`."""
    unread: tuple["Unread", ...] = ()
    """Entries of accounts that make no sense; they stay in the file."""
    others: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Keys of a newer Playhead, or of the person's own."""
    extras: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: MappingProxyType({}))
    """The same within the accounts, by their id."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An account in the file that is left alone, and why, as the end of a sentence."""

    entry: object
    reason: str


def to_text(preferences: Preferences) -> str:
    """The file's text: known keys first, then those that somebody else put there."""
    accounts: list[object] = [
        {**preferences.extras.get(account.id, {}), **_entry(account)} for account in preferences.accounts
    ]
    accounts += [unread.entry for unread in preferences.unread]
    leaving = {"leaving": list(map(_entry, preferences.leaving))} if preferences.leaving else {}
    rows = written(preferences) | written(preferences.playback)
    whole = {"accounts": accounts, **leaving, **rows, **preferences.others}
    readable = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    # A folder whose name is no text in any encoding comes as halves of characters, which no file takes.
    return readable if _UNPAIRED.search(readable) is None else json.dumps(whole, indent=2) + "\n"


def from_text(whole: str, kind: type[Preferences] = Preferences) -> Preferences:
    """Understand the file's text; raises `ValueError` if it is not a JSON object."""
    content = json.loads(whole)
    if not isinstance(content, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the text has a wrong value
    entries = content.pop("accounts", [])
    accounts: dict[str, Account] = {}
    extras: dict[str, Mapping[str, object]] = {}
    unread: list[Unread] = []
    for entry in entries if isinstance(entries, list) else [entries]:
        try:
            account = _account(entry, accounts)
        except _Senseless as why:
            unread.append(Unread(entry, str(why)))
            continue
        accounts[account.id] = account
        extras[account.id] = {key: value for key, value in entry.items() if key not in _ACCOUNT_KEYS}
    return kind(
        leaving=_leaving(content.pop("leaving", None)),
        accounts=tuple(accounts.values()),
        unread=tuple(unread),
        extras=extras,
        playback=PlaybackSettings(**taken(PlaybackSettings, content)),
        **taken(kind, content),
        others=content,
    )


_ACCOUNT_KEYS = {"id", "provider", "label", "base_url", "workspace_id", "oauth_url", "scheme"}


class _Senseless(ValueError):
    """Reason why an entry is no account."""


def _entry(account: Account) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": account.id,
        "provider": str(account.provider),
        "label": account.label,
        "base_url": account.base_url,
        "workspace_id": account.workspace_id,
    }
    if account.oauth_url:
        entry["oauth_url"] = account.oauth_url
    if account.scheme is not Scheme.AUTO:
        entry["scheme"] = str(account.scheme)
    return entry


def _leaving(entries: object) -> tuple[Account, ...]:
    leaving: dict[str, Account] = {}
    for entry in entries if isinstance(entries, list) else []:
        with suppress(_Senseless):
            account = _account(entry, leaving)
            leaving[account.id] = account
    return tuple(leaving.values())


def _account(entry: object, others: Collection[str]) -> Account:
    texts = _texts(entry)
    if not texts["id"]:
        raise _Senseless("it has no id")
    if texts["id"] in others:
        raise _Senseless("its id is used by another account")
    if texts["provider"] not in list(ProviderName):
        raise _Senseless(f"its provider is neither {' nor '.join(ProviderName)}")
    for key in ("base_url", "oauth_url"):
        if (key == "base_url" or texts[key]) and not safe_address(texts[key]):
            raise _Senseless(f'its "{key}" is not an https address')
    provider = ProviderName(texts["provider"])
    if provider is ProviderName.BIRD and not texts["workspace_id"]:
        raise _Senseless("it has no workspace_id")
    scheme = texts["scheme"] or Scheme.AUTO
    if scheme not in list(Scheme):
        raise _Senseless(f"its scheme is none of {', '.join(Scheme)}")
    return Account(
        id=texts["id"],
        provider=provider,
        label=texts["label"] or provider.title(),
        base_url=texts["base_url"],
        workspace_id=texts["workspace_id"],
        oauth_url=texts["oauth_url"],
        scheme=Scheme(scheme),
    )


def _texts(entry: object) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise _Senseless("it is not an object")
    texts: dict[str, str] = {}
    for key in sorted(_ACCOUNT_KEYS):
        value = entry.get(key, "")
        if not isinstance(value, str):
            raise _Senseless(f'its "{key}" is not text')
        texts[key] = value.strip()
    return texts
