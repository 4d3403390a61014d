"""What the settings file says: reading it, however it was edited, and writing it."""

import json
import math
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from playhead.core.account import Account, Scheme, safe_address
from playhead.core.exports.choices import Choices
from playhead.core.recording import ProviderName
from playhead.machine import exportpreferences

_UNPAIRED = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Everything in the file. What a field does not understand is kept in `others` and `unread`."""

    accounts: tuple[Account, ...] = ()
    leaving: tuple[Account, ...] = ()
    """Accounts that were disconnected, of which something may be left to be removed."""
    geometry: str = ""
    """Qt's own description of the window's place, in base64."""
    layout: str = ""
    """Qt's own description of the panes, in base64."""
    columns: str = ""
    """Qt's own description of the table's header, in base64."""
    theme: str = "system"
    """`system`, `light` or `dark`."""
    volume: float = 1.0
    """0 to 1."""
    speed: float = 1.0
    """0.5 to 3."""
    rewind: float = 1.0
    """Seconds that are heard again after a pause."""
    quiet: float = -45.0
    """Decibels below which it is silent."""
    least: float = 0.6
    """Seconds from which on silence counts."""
    media_limit: float = 1_000_000_000
    """Bytes of audio that are kept."""
    skip_silence: bool = False
    level: bool = False
    """Whether all recordings are played equally loud."""
    audition: bool = False
    """Whether a selected row plays."""
    autoplay: str = "off"
    """`off`, `listing` or `selection`."""
    device: str = ""
    """The id of the sound device; empty follows the system."""
    density: str = "comfortable"
    """How high the rows are: `comfortable` or `compact`."""
    check_every: float = 0.0
    """Minutes between two looks for new recordings; 0: only when the person asks."""
    export_folder: str = ""
    name_template: str = ""
    name_presets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Templates that the person keeps, by the names they gave them."""
    export_choices: Choices = field(default_factory=Choices)
    """How the last export was wanted; the template is `name_template`."""
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
    plain = {name: getattr(preferences, name) for name in (*_TEXTS, *_CHOICES, *_NUMBERS, *_FLAGS)}
    exports = {
        "name_presets": dict(preferences.name_presets),
        "export_choices": exportpreferences.to_entry(preferences.export_choices),
    }
    leaving = {"leaving": list(map(_entry, preferences.leaving))} if preferences.leaving else {}
    whole = {"accounts": accounts, **leaving, **plain, **exports, **preferences.others}
    text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    # A folder whose name is no text in any encoding comes as halves of characters, which no file takes.
    return text if _UNPAIRED.search(text) is None else json.dumps(whole, indent=2) + "\n"


def from_text(text: str) -> Preferences:
    """Understand the file's text; raises `ValueError` if it is not a JSON object."""
    content = json.loads(text)
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
    return Preferences(
        leaving=_leaving(content.pop("leaving", None)),
        name_presets=exportpreferences.presets_from(content.pop("name_presets", None)),
        export_choices=exportpreferences.from_entry(content.pop("export_choices", None)),
        accounts=tuple(accounts.values()),
        unread=tuple(unread),
        extras=extras,
        **_plain(content),
        others=content,
    )


_TEXTS = ("geometry", "layout", "columns", "device", "export_folder", "name_template")
_CHOICES = {
    "theme": ("system", "light", "dark"),
    "autoplay": ("off", "listing", "selection"),
    "density": ("comfortable", "compact"),
}
_NUMBERS = {
    "volume": (0.0, 1.0),
    "speed": (0.5, 3.0),
    "rewind": (0.0, 30.0),
    "media_limit": (1e7, 1e12),
    "quiet": (-60.0, -20.0),
    "least": (0.2, 10.0),
    "check_every": (0.0, 1440.0),
}
_FLAGS = ("skip_silence", "level", "audition")
_ACCOUNT_KEYS = {"id", "provider", "label", "base_url", "workspace_id", "oauth_url", "scheme"}


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    """Take out of `content` what is a value of its own; what makes no sense is left at its usual."""
    plain: dict[str, Any] = {}
    for name in _TEXTS:
        if isinstance(text := content.pop(name, None), str):
            plain[name] = text
    for name, known in _CHOICES.items():
        if (choice := content.pop(name, None)) in known:
            plain[name] = choice
    for name, (low, high) in _NUMBERS.items():
        number = content.pop(name, None)
        if isinstance(number, int) or (isinstance(number, float) and math.isfinite(number)):
            # Bounded before it is a float: an integer may be larger than any of those.
            plain[name] = float(min(high, max(low, number)))
    for name in _FLAGS:
        if isinstance(flag := content.pop(name, None), bool):
            plain[name] = flag
    return plain


class _Senseless(ValueError):
    """Why an entry is no account."""


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
