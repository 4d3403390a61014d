"""Policy of an administrator: what Playhead begins with on this computer, and what stays as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from playhead.core.account import safe_address
from playhead.core.formfield import ADDRESS, FormField
from playhead.core.playbacksettings import PlaybackSettings
from playhead.core.preferencerows import problem_of, row_names
from playhead.core.preferences import Preferences
from playhead.core.provider import Provider, Providers

_KINDS = (Preferences, PlaybackSettings)
_SECTIONS = ("defaults", "locked", "providers", "addresses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Entries that make sense, and a sentence for each that makes none."""

    defaults: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Preferences of who has not chosen otherwise, by the names of their rows, as JSON holds them."""
    locked: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """Preferences that nobody changes."""
    providers: tuple[str, ...] | None = None
    """Names of the providers that can be connected; None: all."""
    addresses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The one address at which a provider is asked, by its name."""
    problems: tuple[str, ...] = ()

    def over(self, entries: Mapping[str, object]) -> dict[str, object]:
        """Entries of a settings file as they hold under this policy."""
        return {**self.defaults, **entries, **self.locked}

    def kept(self, before: Preferences, after: Preferences) -> Preferences:
        """Give `after` with what is locked as it was `before`."""
        ours = {name: getattr(before, name) for name in row_names(Preferences) if name in self.locked}
        heard = {
            name: getattr(before.playback, name)
            for name in row_names(PlaybackSettings)
            if name in self.locked
        }
        return replace(
            after, **ours, playback=replace(after.playback, **heard), locked=frozenset(self.locked)
        )

    def offered(self, providers: Providers) -> Providers:
        """Give the providers that can be connected, each at the address that is allowed."""
        known = (each for each in providers if self.providers is None or each.name in self.providers)
        return Providers(tuple(self._bound(each) for each in known))

    def _bound(self, provider: Provider) -> Provider:
        address = self.addresses.get(provider.name)
        if address is None:
            return provider
        return replace(provider, advanced=tuple(_fixed(each, address) for each in provider.advanced))


NO_POLICY = Policy()
"""Policy of a computer whose administrator has said nothing."""


def _fixed(each: FormField, address: str) -> FormField:
    """A field with one thing to choose, if it is that of the address."""
    if each.key != ADDRESS:
        return each
    return replace(
        each, usual=address, choices=((address, address),), help="It is set by your administrator."
    )


def understood(content: object, providers: Providers) -> Policy:
    """Understand what an administrator has written, as JSON gives it; the senseless is said and left out."""
    if not isinstance(content, dict):
        return Policy(problems=("It is not a JSON object.",))
    problems = [
        f"“{name}” is no part of a policy; there are {', '.join(_SECTIONS)}."
        for name in content
        if name not in _SECTIONS
    ]
    rows: dict[str, dict[str, object]] = {}
    for section in ("defaults", "locked"):
        entries = content.get(section, {})
        if not isinstance(entries, dict):
            problems.append(f"“{section}” is not an object of preferences.")
            entries = {}
        found = {name: _row_problem(name, value) for name, value in entries.items()}
        problems += [f"In “{section}”, {sentence}" for sentence in found.values() if sentence]
        rows[section] = {name: entries[name] for name, sentence in found.items() if not sentence}
    names = _named(content.get("providers"), providers, problems)
    addresses = dict(_addresses(content.get("addresses", {}), providers, problems))
    return Policy(
        defaults=rows["defaults"],
        locked=rows["locked"],
        providers=names,
        addresses=addresses,
        problems=tuple(problems),
    )


def _row_problem(name: str, value: object) -> str:
    """Sentence about a preference that there is not, or that cannot be so; empty if all is well."""
    for kind in _KINDS:
        if name in row_names(kind):
            problem = problem_of(kind, name, value)
            return f"“{name}” cannot be that: {problem}." if problem else ""
    return f"“{name}” is no preference."


def _named(entry: object, providers: Providers, problems: list[str]) -> tuple[str, ...] | None:
    if entry is None:
        return None
    if not isinstance(entry, list) or not all(isinstance(name, str) for name in entry):
        problems.append("“providers” is not a list of names.")
        return None
    problems += [
        f"“{name}” is no provider; there are {', '.join(providers.names)}."
        for name in entry
        if name not in providers.names
    ]
    return tuple(name for name in entry if name in providers.names)


def _addresses(entry: object, providers: Providers, problems: list[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(entry, dict):
        problems.append("“addresses” is not an object of addresses.")
        return
    for name, address in entry.items():
        if name not in providers.names:
            problems.append(
                f"In “addresses”, “{name}” is no provider; there are {', '.join(providers.names)}."
            )
        elif not isinstance(address, str) or not safe_address(address):
            problems.append(f"In “addresses”, that of “{name}” is no https address.")
        else:
            yield name, address.rstrip("/")
