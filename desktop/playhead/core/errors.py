"""Errors, as values that the window can turn into a sentence.

PlayheadError
├── ProviderError          an account's provider, or its media host, did not answer as hoped
│   ├── Refused            401: the credential is not accepted (any more)
│   ├── Forbidden          403: accepted, but not allowed to do this
│   ├── Missing            404: not there (a wrong workspace, or a recording that is gone)
│   ├── Gone               410: was there, is no longer
│   ├── Rejected           400 and other 4xx: the request itself was not accepted
│   ├── Limited            429: too many requests; `wait` seconds if the server said so
│   ├── Unavailable        5xx: the server has a fault of its own
│   ├── Disconnected       the account was disconnected, or connected anew, meanwhile
│   ├── Unreachable        no answer: no network, name not found, TLS failure, time-out
│   └── Garbled            an answer that makes no sense: HTML, truncated or odd JSON, a repeating token
│       ├── NotAudio       what came as audio is a text, a page, a picture, an archive
│       └── UnplayedKind   it is audio, of a kind that is not played here
├── NoAudio                the recording has no audio that could be heard
├── TemplateError          the names of exported files cannot be made like this (core.exports.template)
├── WrongProduct           the secret belongs to another product of the same company
├── VaultError             the keyring of the operating system
│   ├── NoVault            there is none
│   ├── VaultLocked        it is locked and was not opened
│   └── VaultSilent        it did not answer in time
├── CatalogueError         the encrypted store
│   ├── CatalogueNewer     written by a newer Playhead
│   ├── CatalogueUnreadable corrupt, or its key is lost
│   └── CatalogueReadOnly  the disk is full or does not let us write
├── ExportError            the export's target: missing, full, read-only, in the way
├── ExportUnreadable       a folder that was to hold an export: it does not, or what it says makes no sense
└── ProfileInUse           another Playhead has this profile open
"""

from typing import Literal

Cut = Literal["network", "name", "tls", "timeout", "cut", "slow", "proxy"]
Oddity = Literal[
    "html",
    "json",
    "shape",
    "loop",
    "length",
    "audio",
    "large",
    "endless",
    "encoding",
    "changed",
    "redirects",
    "redirect",
    "barren",
    "token",
    "part",
    "empty",
    "broken",
]
Instead = Literal[
    "page", "text", "picture", "document", "archive", "program", "file", "scrap", "nothing", "soundless"
]
"""What was sent instead of audio."""
Silence = Literal["status", "row", "link"]
Shut = Literal["full", "readonly"]
Spoilt = Literal[
    "missing", "moved", "readonly", "full", "large", "inway", "name", "disk", "removed", "altered"
]
Unread = Literal["foreign", "damaged", "newer", "large", "disk"]
"""Reasons: of `Unreachable`, `Garbled`, `NoAudio`, `CatalogueReadOnly`, `ExportError`, `ExportUnreadable`."""
Reason = (
    Literal["", "no key", "password", "workspace", "address", "lost key", "older", "elsewhere"]
    | Cut
    | Oddity
    | Silence
    | Shut
    | Spoilt
    | Unread
)
"""Which case of its kind an error is; empty where the kind says it all."""


class PlayheadError(Exception):
    """Anything Playhead reports to the person. Holds facts; the window finds the words.

    The kind and its `reason` decide what is done and said. `detail` decides nothing: it is a short technical
    note without token, link, number or name, and may go into a log.
    """

    def __init__(self, detail: str = "", *, reason: Reason = "") -> None:
        super().__init__(detail or reason)
        self.reason: Reason = reason
        self.detail = detail or reason


class ProviderError(PlayheadError):
    """A provider, or the host of its media, did not answer as hoped.

    `status` is the HTTP status if there was one; `request_id` is what the provider's support asks for.
    """

    def __init__(
        self,
        detail: str = "",
        *,
        reason: Reason = "",
        status: int | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(detail, reason=reason)
        self.status = status
        self.request_id = request_id


class Refused(ProviderError):
    """401: the credential is not accepted; the person has to connect again.

    `reason` `no key`: it was not even asked, as none is kept. `password`: what a person signs in with is not.
    """


class Forbidden(ProviderError):
    """403: the credential is known, but may not do this.

    `reason` `link`: it was not shown; a link that the provider gave was refused.
    """


class Missing(ProviderError):
    """404: nothing there: a recording that has gone.

    `reason` `workspace`: most likely its id is wrong. `address`: nothing of the provider is there.
    """


class Gone(ProviderError):
    """410: it was there and is no longer."""


class Rejected(ProviderError):
    """400 or another 4xx: the request was not accepted as it was asked.

    `reason` `address`: it was not even sent, as no credential may go there. `link`: a link
    that the provider gave was not accepted; no credential was shown there.
    """


class Limited(ProviderError):
    """429: too many requests. `wait` is the pause in seconds that the server asked for."""

    def __init__(self, detail: str = "", *, wait: float | None = None, request_id: str | None = None) -> None:
        super().__init__(detail, status=429, request_id=request_id)
        self.wait = wait


class Unavailable(ProviderError):
    """5xx: the server's own fault; the same request may succeed later."""


class Disconnected(ProviderError):
    """The account was disconnected, or connected anew, while something was asked of it."""


class Unreachable(ProviderError):
    """No answer at all; `reason` is why.

    `slow`: it comes, but hardly. `proxy`: the proxy that the computer is set to use cannot be, or refuses.
    """

    def __init__(self, reason: Cut, detail: str = "") -> None:
        super().__init__(detail, reason=reason)


class Garbled(ProviderError):
    """An answer that makes no sense; `reason` is what is wrong with it.

    `large`: an answer that is no audio has more in it than is read; `endless`: audio has. `encoding`: it
    cannot be unpacked, or was not to be packed. `changed`: audio became another while it was loading.
    `redirects`: there are too many; `redirect`: to an address that cannot be used. Of lists, `barren`: page
    after page brings nothing new; `token`: where it goes on is not said in a known form; `part`: it came with
    errors beside it. Of audio, `audio`: nobody knows what it is, or it is not played here; `empty`:
    there is no sound in it; `broken`: it cannot be decoded.
    """

    def __init__(
        self, reason: Oddity, detail: str = "", *, status: int | None = None, request_id: str | None = None
    ) -> None:
        super().__init__(detail, reason=reason, status=status, request_id=request_id)


class NotAudio(Garbled):
    """Something else came as audio: `instead` says what; `file` if it has no other name."""

    def __init__(self, instead: Instead = "file", *, status: int | None = None) -> None:
        super().__init__("audio", f"{instead} instead of audio", status=status)
        self.instead: Instead = instead


class UnplayedKind(Garbled):
    """Audio of a kind that is not played here: `kind` is its name, as after *a* in a sentence."""

    def __init__(self, kind: str = "file of an unusual kind") -> None:
        super().__init__("audio", "a kind that is not played")
        self.kind = kind


class NoAudio(PlayheadError):
    """The recording has no audio to hear.

    `reason`: its `status` says so (in progress, absent, failed), its `row` is faulty, or its `link` must not
    be opened.
    """

    def __init__(self, reason: Silence) -> None:
        super().__init__(reason=reason)


class WrongProduct(PlayheadError):
    """The secret is a key for another product of the same company; `told` says so to the person."""

    def __init__(
        self, told: str = "this key is for another product. Make one for the right product."
    ) -> None:
        super().__init__("key of another product")
        self.told = told


class VaultError(PlayheadError):
    """The keyring of the operating system did not do what was asked."""


class NoVault(VaultError):
    """This computer has no keyring that Playhead can use."""


class VaultLocked(VaultError):
    """The keyring is locked and was not opened."""


class VaultSilent(VaultError):
    """The keyring did not answer in time."""


class CatalogueError(PlayheadError):
    """The encrypted catalogue could not be used as asked."""


class Superseded(Exception):
    """A newer question was asked of the catalogue: nobody waits for the answer to this one any more.

    It is no `PlayheadError`: there is nothing to tell the person. Nor is it a cancellation: the task goes on.
    """


class CatalogueNewer(CatalogueError):
    """The catalogue was written by a newer Playhead."""


class CatalogueUnreadable(CatalogueError):
    """The catalogue is corrupt or its key is another.

    `reason` `lost key`: the vault does not give it; `empty`: there is nothing in the catalogue any more;
    `older`: it can be read, but lacks what was kept in it last.
    """


class CatalogueReadOnly(CatalogueError):
    """The disk is `full`, or does not let us write (`readonly`); `reason` says which."""

    def __init__(self, reason: Shut) -> None:
        super().__init__(reason=reason)


class ExportError(PlayheadError):
    """The target of an export cannot be written; `reason` is what is wrong with it.

    `missing`: the folder cannot be reached; `moved`: another folder has its path; `large`: its disk takes no
    file of that size; `name`: nor one of that name; `disk`: the disk reported a fault, named in `detail`;
    `removed`, `altered`: a file that was kept is no longer there, or has other bytes.
    """

    def __init__(self, reason: Spoilt, detail: str = "") -> None:
        super().__init__(detail, reason=reason)


class ExportUnreadable(PlayheadError):
    """An earlier export cannot be read: `reason` says why; `foreign` is not ours."""

    def __init__(self, reason: Unread, detail: str = "") -> None:
        super().__init__(detail, reason=reason)


class ProfileInUse(PlayheadError):
    """Another Playhead has this profile open.

    `reason` `elsewhere`: so it seems, on another computer; nobody here can know whether it has ended.
    """
