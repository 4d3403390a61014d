"""Accounts in the settings file: an entry for each, with the keys that its provider asks for besides."""

from collections.abc import Collection
from contextlib import suppress

from playhead.core.account import Account, safe_address
from playhead.core.formfield import FormField
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
