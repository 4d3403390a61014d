"""Text of the settings file: read however it was edited, and written."""

import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress

from playhead.core.account import Account, Scheme, safe_address
from playhead.core.playbacksettings import PlaybackSettings
from playhead.core.preferencerows import taken, written
from playhead.core.preferences import Preferences, Unread
from playhead.core.recording import ProviderName

_UNPAIRED = re.compile(r"[\ud800-\udfff]")


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
