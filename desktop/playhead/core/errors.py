"""What can go wrong, as values that the window can turn into a sentence.

PlayheadError
├── ProviderError          an account's provider, or its media host, did not answer as hoped
│   ├── Refused            401: the credential is not accepted (any more)
│   ├── Forbidden          403: accepted, but not allowed to do this
│   ├── Missing            404: not there (a wrong workspace, or a recording that is gone)
│   ├── Gone               410: was there, is no longer
│   ├── Rejected           400 and other 4xx: the request itself was not accepted
│   ├── Limited            429: too many requests; `wait` seconds if the server said so
│   ├── Unavailable        5xx: the server has a fault of its own
│   ├── Unreachable        no answer: no network, name not found, TLS failure, time-out
│   └── Garbled            an answer that makes no sense: HTML, truncated or odd JSON, a repeating token
├── NoAudio                the recording has no audio that could be heard
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


class PlayheadError(Exception):
    """Anything Playhead reports to the person. Holds facts; the window finds the words.

    `detail` is a short technical note without token, link, number or name; it may go into a log.
    """

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class ProviderError(PlayheadError):
    """A provider, or the host of its media, did not answer as hoped.

    `status` is the HTTP status if there was one; `request_id` is what the provider's support asks for.
    """

    def __init__(self, detail: str = "", *, status: int | None = None, request_id: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.request_id = request_id


class Refused(ProviderError):
    """401: the credential is not accepted; the person has to connect again."""


class Forbidden(ProviderError):
    """403: the credential is known, but may not do this."""


class Missing(ProviderError):
    """404: nothing there: a wrong workspace id, or a recording that has gone."""


class Gone(ProviderError):
    """410: it was there and is no longer."""


class Rejected(ProviderError):
    """400 or another 4xx: the request was not accepted as it was asked."""


class Limited(ProviderError):
    """429: too many requests. `wait` is the pause in seconds that the server asked for."""

    def __init__(self, detail: str = "", *, wait: float | None = None, request_id: str | None = None) -> None:
        super().__init__(detail, status=429, request_id=request_id)
        self.wait = wait


class Unavailable(ProviderError):
    """5xx: the server's own fault; the same request may succeed later."""


class Unreachable(ProviderError):
    """No answer at all. `reason` is one of `network`, `name`, `tls`, `timeout`, `cut`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


class Garbled(ProviderError):
    """An answer that makes no sense. `reason` is one of `html json shape loop length audio`."""

    def __init__(
        self, reason: str, detail: str = "", *, status: int | None = None, request_id: str | None = None
    ) -> None:
        super().__init__(detail or reason, status=status, request_id=request_id)
        self.reason = reason


class NoAudio(PlayheadError):
    """The recording has no audio to hear: in progress, absent, failed or without a link."""


class WrongProduct(PlayheadError):
    """The secret is a key for another product of the same company (Bird's `bk_…` and `bird_…`)."""


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


class CatalogueNewer(CatalogueError):
    """The catalogue was written by a newer Playhead."""


class CatalogueUnreadable(CatalogueError):
    """The catalogue is corrupt, or the key to it is lost."""


class CatalogueReadOnly(CatalogueError):
    """The disk is full or does not let us write; `detail` says which."""


class ExportError(PlayheadError):
    """The target of an export cannot be written. `reason`: `missing`, `readonly`, `full` or `inway`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


class ExportUnreadable(PlayheadError):
    """What an export left cannot be read. `reason`: `foreign` (not ours), `damaged`, `newer` or `disk`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


class ProfileInUse(PlayheadError):
    """Another Playhead has this profile open."""
