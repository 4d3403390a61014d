"""Text of the settings file: read however it was edited, and written."""

import json
import re
from collections.abc import Mapping

from playhead.core.account import Account
from playhead.core.playbacksettings import PlaybackSettings
from playhead.core.preferencerows import taken, written
from playhead.core.preferences import Preferences, Unread
from playhead.core.provider import Providers
from playhead.machine.accountentries import AccountEntries, SenselessEntry, to_entry

_UNPAIRED = re.compile(r"[\ud800-\udfff]")


def to_text(preferences: Preferences) -> str:
    """The file's text: known keys first, then those that somebody else put there."""
    accounts: list[object] = [
        {**preferences.extras.get(account.id, {}), **to_entry(account)} for account in preferences.accounts
    ]
    accounts += [unread.entry for unread in preferences.unread]
    leaving = {"leaving": list(map(to_entry, preferences.leaving))} if preferences.leaving else {}
    rows = written(preferences) | written(preferences.playback)
    whole = {"accounts": accounts, **leaving, **rows, **preferences.others}
    readable = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    # A folder whose name is no text in any encoding comes as halves of characters, which no file takes.
    return readable if _UNPAIRED.search(readable) is None else json.dumps(whole, indent=2) + "\n"


def from_text(whole: str, providers: Providers, kind: type[Preferences] = Preferences) -> Preferences:
    """Understand the file's text; its accounts are of `providers`.

    Raises `ValueError` if it is not a JSON object.
    """
    content = json.loads(whole)
    if not isinstance(content, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the text has a wrong value
    reading = AccountEntries(providers)
    entries = content.pop("accounts", [])
    accounts: dict[str, Account] = {}
    extras: dict[str, Mapping[str, object]] = {}
    unread: list[Unread] = []
    for entry in entries if isinstance(entries, list) else [entries]:
        try:
            account = reading.account(entry, accounts)
        except SenselessEntry as why:
            unread.append(Unread(entry, str(why)))
            continue
        accounts[account.id] = account
        extras[account.id] = {key: value for key, value in entry.items() if key not in reading.keys}
    return kind(
        leaving=reading.leaving(content.pop("leaving", None)),
        accounts=tuple(accounts.values()),
        unread=tuple(unread),
        extras=extras,
        playback=PlaybackSettings(**taken(PlaybackSettings, content)),
        **taken(kind, content),
        others=content,
    )
