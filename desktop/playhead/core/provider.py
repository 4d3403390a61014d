"""A provider as the rest of the program knows it: its words, the form that connects it, what it can do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from playhead.core.account import Account, Credential
from playhead.core.formfield import ADDRESS, FormField
from playhead.core.ports import Keys, Source, Waiting


class Service(Protocol):
    """Access to a provider, for any account of it."""

    def prepare(self) -> None:
        """Import what the others need; takes longer than a frame, so it may be called in a thread."""

    def open(self, account: Account, keys: Keys, waiting: Waiting) -> Source:
        """Make the source of an account; nothing is asked of provider or vault before it is used."""

    async def sign_in(self, account: Account, given: Mapping[str, str], /) -> Credential:
        """Give the credential for what was filled in, by the keys of the fields. Raises `ProviderError`.

        A password goes nowhere but to the provider, and is not kept.
        """

    async def revoke(self, account: Account, credential: Credential) -> None:
        """Make a credential worthless that `sign_in` got. Raises `ProviderError`."""


@dataclass(frozen=True, slots=True)
class SignInWay:
    """One of the ways to prove that an account is the person's; `label` is shown where there are several."""

    fields: tuple[FormField, ...]
    """Fields whose values are given to `Service.sign_in`, and not kept."""
    label: str = ""


@dataclass(frozen=True, slots=True)
class AskedWords:
    """Words for one of the parameters by which a provider's server filters."""

    parameter: str
    words: str
    """Said of recordings, with the value in it: `from {}`."""
    moment: bool = False
    """True if the value is a moment (RFC 3339)."""
    first: bool = False
    """True if it is said before the word *recordings*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Everything that differs from one provider to another, outside of its own folder."""

    name: str
    """In queries, in the settings and in the catalogue: small letters, never to be changed."""
    title: str
    """In sentences."""
    offer: str
    """One sentence on the welcome page: the recordings that it has."""
    icon: str
    """The icon on the welcome page, by its name in `resources/icons`."""
    service: Service
    details: tuple[FormField, ...] = ()
    """Fields that an account is known by; kept in the settings."""
    ways: tuple[SignInWay, ...]
    """Ways to get a credential; the first one is chosen until the person chooses another."""
    advanced: tuple[FormField, ...]
    """Further details, folded away; one of them is the address (`address_field`)."""
    revokes: bool = False
    """True if a credential is to be revoked when its account is disconnected."""
    transcripts: bool = False
    """True if it can have transcripts of recordings."""
    extension: str = "audio"
    """Extension of audio files of recordings that do not tell their own."""
    asked: tuple[AskedWords, ...] = ()
    """Words for what its server filters by, in the order in which they are said."""

    @property
    def address(self) -> str:
        """The usual address of its API."""
        return next(field.usual for field in self.advanced if field.key == ADDRESS)

    def allows(self, address: str) -> bool:
        """Tell whether an account may be at this address: at any, unless there is one to choose."""
        field = next(field for field in self.advanced if field.key == ADDRESS)
        return not field.choices or address.rstrip("/") in {value for _, value in field.choices}

    @property
    def kept(self) -> tuple[FormField, ...]:
        """The fields whose values are the `details` of an account."""
        return tuple(field for field in (*self.details, *self.advanced) if field.key != ADDRESS)


@dataclass(frozen=True, slots=True)
class Providers:
    """The providers that there are, in the order in which they are offered."""

    known: tuple[Provider, ...] = ()

    def __iter__(self) -> Iterator[Provider]:
        return iter(self.known)

    def __getitem__(self, name: str) -> Provider:
        """The provider of that name. Raises `KeyError`."""
        provider = self.get(name)
        if provider is None:
            raise KeyError(name)
        return provider

    def get(self, name: str) -> Provider | None:
        """Find the provider of that name; None for what another Playhead may know."""
        return next((each for each in self.known if each.name == name), None)

    @property
    def by_name(self) -> tuple[Provider, ...]:
        """All of them in alphabetical order."""
        return tuple(sorted(self.known, key=lambda each: each.name))

    @property
    def names(self) -> tuple[str, ...]:
        """Their names in alphabetical order."""
        return tuple(each.name for each in self.by_name)

    @property
    def extensions(self) -> Mapping[str, str]:
        """Extensions for recordings that do not tell their own, by the name of the provider."""
        return {each.name: each.extension for each in self.known}

    @property
    def titles(self) -> str:
        """All titles, as one says them: `Bird or Convirza`."""
        *most, last = (each.title for each in self.by_name) if self.known else ("",)
        return f"{', '.join(most)} or {last}" if most else last

    def title(self, name: str) -> str:
        """Give the title of a provider, known or not."""
        provider = self.get(name)
        return name.capitalize() if provider is None else provider.title


NO_PROVIDERS = Providers()
