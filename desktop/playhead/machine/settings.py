"""The settings file: accounts and preferences that a person may read and edit. Never a secret."""

import asyncio
import contextlib
import errno
import json
import os
import re
import tempfile
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playhead.core.account import Account, safe_address
from playhead.core.formfield import FormField
from playhead.core.heldfiles import patiently
from playhead.core.playbacksettings import PlaybackSettings
from playhead.core.policy import NO_POLICY, Policy
from playhead.core.preferencerows import taken, written
from playhead.core.preferences import Preferences, Unread
from playhead.core.provider import Providers

_KEYS = frozenset({"id", "provider", "label", "base_url"})


class SenselessEntry(ValueError):
    """Reason why an entry is no account."""


def to_entry(account: Account) -> dict[str, object]:
    """Give the entry of an account."""
    return {
        "id": account.id,
        "provider": account.provider,
        "label": account.label,
        "base_url": account.base_url,
        # Every entry has had this one since the first Playhead, empty or not.
        "workspace_id": "",
        **account.details,
    }


class AccountEntries:
    """Reads entries, whose accounts are of `providers`."""

    def __init__(self, providers: Providers) -> None:
        self._providers = providers
        self._details: dict[str, FormField] = {
            detail.key: detail for provider in providers for detail in provider.kept
        }
        self.keys = _KEYS | self._details.keys()
        """The keys that an entry is read by; it may have others."""

    def leaving(self, entries: object) -> tuple[Account, ...]:
        """Give the accounts of these entries that make sense."""
        leaving: dict[str, Account] = {}
        for entry in entries if isinstance(entries, list) else []:
            with suppress(SenselessEntry):
                account = self.account(entry, leaving)
                leaving[account.id] = account
        return tuple(leaving.values())

    def account(self, entry: object, others: Collection[str]) -> Account:
        """Give the account of an entry; `others` are the ids that are taken. Raises `SenselessEntry`."""
        texts = self._texts(entry)
        if not texts["id"]:
            raise SenselessEntry("it has no id")
        if texts["id"] in others:
            raise SenselessEntry("its id is used by another account")
        provider = self._providers.get(texts["provider"])
        if provider is None:
            raise SenselessEntry(f"its provider is neither {' nor '.join(self._providers.names)}")
        if not safe_address(texts["base_url"]):
            raise SenselessEntry('its "base_url" is not an https address')
        if not provider.allows(texts["base_url"]):
            raise SenselessEntry('its "base_url" is not the address that the administrator allows')
        details = {**self._details, **{detail.key: detail for detail in provider.kept}}
        for key, detail in details.items():
            _check(detail, texts[key])
            if detail.required and detail in provider.kept and not texts[key]:
                raise SenselessEntry(f"it has no {key}")
        return Account(
            id=texts["id"],
            provider=provider.name,
            label=texts["label"] or provider.title,
            base_url=texts["base_url"],
            details={
                key: texts[key] for key, detail in details.items() if texts[key] not in {"", detail.usual}
            },
        )

    def _texts(self, entry: object) -> dict[str, str]:
        if not isinstance(entry, dict):
            raise SenselessEntry("it is not an object")
        texts: dict[str, str] = {}
        for key in sorted(self.keys):
            value = entry.get(key, "")
            if not isinstance(value, str):
                raise SenselessEntry(f'its "{key}" is not text')
            texts[key] = value.strip()
        return texts


def _check(detail: FormField, value: str) -> None:
    """Raise `SenselessEntry` for a value that an account cannot have."""
    if value and detail.is_address and not safe_address(value):
        raise SenselessEntry(f'its "{detail.key}" is not an https address')
    known = [each for _, each in detail.choices]
    if value and known and value not in known:
        raise SenselessEntry(f"its {detail.key} is none of {', '.join(known)}")


_KEPT = "They are left as they are, and what you change is forgotten when Playhead quits."


@dataclass(frozen=True, slots=True)
class Problem:
    """Fault of the settings file: `corrupt`, `unreadable` or `unwritable`, and a sentence."""

    reason: str
    sentence: str


class Settings:
    """Reads the file once and writes it after every change, whole or not at all, off the UI thread."""

    def __init__(self, file: Path, providers: Providers, policy: Policy = NO_POLICY) -> None:
        """`providers` are those that accounts can be of; `policy` that of the administrator."""
        self._file = file
        self._providers = providers
        self._policy = policy
        self._preferences = Preferences()
        self._saved = self._preferences
        self._saving: asyncio.Task[Problem | None] | None = None
        self._unread: Problem | None = None
        """Problem because of which the file must not be replaced: it holds what is not known here."""

    @property
    def preferences(self) -> Preferences:
        """As they are now, saved or about to be."""
        return self._preferences

    async def load(self) -> Problem | None:
        """Read the file; one that makes no sense is set aside and the defaults hold.

        One that can be neither read nor set aside stays as it is: nothing is saved then.
        """
        reading = asyncio.to_thread(_read, self._file, self._providers, self._policy)
        self._preferences, problem, lost = await reading
        self._saved = self._preferences
        self._unread = problem if lost else None
        return problem

    def change(self, preferences: Preferences) -> None:
        """Let `preferences` hold from now on, and save them soon; the latest wins.

        What is locked stays as it is.
        """
        preferences = self._policy.kept(self._preferences, preferences)
        if preferences == self._preferences:
            return
        self._preferences = preferences
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save(), name="settings")

    async def saved(self) -> Problem | None:
        """Wait until the file holds the present preferences, or could not be written."""
        if self._saving is not None:
            return await asyncio.shield(self._saving)
        return None

    async def _save(self) -> Problem | None:
        while self._saved is not self._preferences:
            latest = self._preferences
            if self._unread is not None:
                return self._unread
            try:
                await asyncio.to_thread(_replace, self._file, to_text(latest))
            except OSError as error:
                why = error.strerror or type(error).__name__
                return Problem("unwritable", f"The settings could not be saved in {self._file}: {why}.")
            self._saved = latest
        return None


def _read(file: Path, providers: Providers, policy: Policy) -> tuple[Preferences, Problem | None, bool]:
    """Preferences in the file, its problem, and True if to replace it would lose what it holds."""
    new = from_text("{}", providers, policy=policy)
    try:
        text = patiently(lambda: file.read_text(encoding="utf-8-sig"))
        return from_text(text, providers, policy=policy), None, False
    except FileNotFoundError:
        return new, None, False
    except OSError as error:
        why = error.strerror or type(error).__name__
        sentence = f"The settings in {file} could not be read: {why}. {_KEPT}"
        return new, Problem("unreadable", sentence), True
    except (ValueError, RecursionError):
        file = _behind(file)
        aside = file.with_name(f"{file.stem} unreadable {datetime.now(UTC):%Y-%m-%d %H%M%S}{file.suffix}")
        try:
            patiently(lambda: file.replace(aside))
        except OSError:
            return new, Problem("corrupt", f"The settings in {file} make no sense. {_KEPT}"), True
        where = f"made no sense and were set aside as {aside.name}"
        sentence = f"The settings {where}; Playhead started with new ones."
        return new, Problem("corrupt", sentence), False


def _behind(file: Path) -> Path:
    """The file that a link leads to, be it there or not; any other file is itself. Raises `OSError`."""
    if not file.is_symlink():
        return file
    try:
        return file.resolve()
    except RuntimeError as error:  # before Python 3.13, of a link that leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def _replace(file: Path, text: str) -> None:
    """Write `text` so that the file holds the old or the new, whatever happens meanwhile.

    Of a link, what it leads to is written: somebody keeps their settings there.
    """
    file = _behind(file)
    descriptor, name = tempfile.mkstemp(prefix=".settings-", suffix=".tmp", dir=file.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        patiently(lambda: Path(name).replace(file))
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


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


def from_text(
    whole: str, providers: Providers, kind: type[Preferences] = Preferences, policy: Policy = NO_POLICY
) -> Preferences:
    """Understand the file's text under a policy; its accounts are of `providers`.

    Raises `ValueError` if it is not a JSON object.
    """
    content = json.loads(whole)
    if not isinstance(content, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the text has a wrong value
    reading = AccountEntries(providers)
    content = policy.over(content)
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
        if isinstance(entry, dict):
            extras[account.id] = {key: value for key, value in entry.items() if key not in reading.keys}
    return kind(
        leaving=reading.leaving(content.pop("leaving", None)),
        accounts=tuple(accounts.values()),
        unread=tuple(unread),
        extras=extras,
        locked=frozenset(policy.locked),
        playback=PlaybackSettings(**taken(PlaybackSettings, content)),
        **taken(kind, content),
        others=content,
    )
