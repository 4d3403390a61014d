"""Every error as a sentence: what happened, to which account, and what can be done."""

from collections.abc import Mapping

from playhead.core import errors
from playhead.core.exports.template import TemplateError

_SENTENCES: tuple[tuple[type[errors.PlayheadError], errors.Reason | None, str], ...] = (
    (errors.WrongProduct, None, "{who}: {told}"),
    (
        errors.Refused,
        "no key",
        "{who}: its key is not in the keyring (any more). Reconnect to go on; nothing is lost.",
    ),
    (
        errors.Refused,
        "password",
        "{who} does not accept this e-mail address and password. Check both, then try again.",
    ),
    (
        errors.Refused,
        None,
        "{who} does not accept the key that Playhead has. Reconnect to go on; nothing is lost.",
    ),
    (errors.Disconnected, None, "{who} was disconnected meanwhile. Connect it again to go on."),
    (
        errors.Forbidden,
        "link",
        "{who}: the link that it gave was refused ({status}), not the key. Try again, or ask the provider.",
    ),
    (
        errors.Forbidden,
        None,
        "{who}: the key may not read recordings or transcripts. Ask for a role that may; then try again.",
    ),
    (
        errors.Missing,
        "workspace",
        "{who}: there is no such workspace. Check the workspace id; it is a UUID, not a ws_… name.",
    ),
    (errors.Missing, "address", "{who} is not at this address (404). Check the address."),
    (
        errors.Missing,
        None,
        "{who} does not have it any more, or the address is wrong (404). Look for new recordings.",
    ),
    (
        errors.Gone,
        None,
        "{who} had it once, but it is gone now (410). Look for new recordings.",
    ),
    (errors.Limited, None, "{who} got too many requests and asked to wait. Try again in a moment."),
    (
        errors.Rejected,
        "address",
        "{who}: its address does not begin with https, so nothing was sent. Reconnect with another one.",
    ),
    (
        errors.Rejected,
        "link",
        "{who}: the link that it gave does not work ({status}). Try again, or ask the provider.",
    ),
    (
        errors.Rejected,
        None,
        "{who} did not accept the request ({status}). Try again later, or ask the provider.",
    ),
    (
        errors.Unavailable,
        None,
        "{who} has a fault of its own ({status}). Try again later; nothing is lost.",
    ),
    (
        errors.Unreachable,
        "name",
        "{who} cannot be found on the network. Check the address and the connection.",
    ),
    (
        errors.Unreachable,
        "tls",
        (
            "{who}: the connection is not safe (its certificate is not trusted), so nothing was sent. "
            "Check date and time of this computer, then ask who runs its network."
        ),
    ),
    (errors.Unreachable, "timeout", "{who} did not answer in time. Try again; what is loaded stays."),
    (errors.Unreachable, "cut", "{who}: the connection broke off. Try again; what is loaded stays."),
    (
        errors.Unreachable,
        "slow",
        "{who} sends the audio so slowly that it would take hours. Try again later; nothing is lost.",
    ),
    (
        errors.Unreachable,
        "proxy",
        "{who}: the proxy of this computer’s settings cannot be used. Check it there, then restart Playhead.",
    ),
    (errors.Unreachable, None, "{who} cannot be reached. Check the network; what is loaded stays."),
    (
        errors.Garbled,
        "html",
        "{who} answered with a web page instead of data. Check the address, and sign in to the network.",
    ),
    (errors.Garbled, "json", "{who}: the answer broke off or makes no sense. Try again."),
    (
        errors.Garbled,
        "loop",
        (
            "{who} sends the same page again and again. Playhead stopped there; what comes after is not "
            "loaded. Try again later, or tell the provider."
        ),
    ),
    (errors.Garbled, "length", "{who} sent more or less audio than it announced. Try again."),
    (errors.NotAudio, None, "{who} sent {instead}. Try again later, or ask the provider."),
    (
        errors.UnplayedKind,
        None,
        "{who}: this is a {kind}, which Playhead cannot play. Export it to hear it in another program.",
    ),
    (
        errors.Garbled,
        "audio",
        "{who}: this is not audio that Playhead can play. Export it to try it in another program.",
    ),
    (
        errors.Garbled,
        "empty",
        "{who} has no sound in this recording; perhaps nobody answered. If somebody did, ask the provider.",
    ),
    (
        errors.Garbled,
        "broken",
        "{who}: this audio is broken and cannot be decoded. Try again later, or ask the provider.",
    ),
    (
        errors.Garbled,
        "large",
        "{who} sent an answer too large to be read. Check the address; if it is right, tell the provider.",
    ),
    (
        errors.Garbled,
        "endless",
        "{who} sent more audio than this recording can have, or over 1 GB. Ask the provider for it.",
    ),
    (
        errors.Garbled,
        "encoding",
        "{who} sent something compressed that cannot be unpacked. Try again later; a proxy may be the cause.",
    ),
    (
        errors.Garbled,
        "changed",
        "{who} changed the audio while it was loading. Try again to get it as it is now.",
    ),
    (
        errors.Garbled,
        "redirects",
        "{who} sent Playhead from address to address without end. Try again later, or tell the provider.",
    ),
    (
        errors.Garbled,
        "redirect",
        "{who} leads to an address that cannot be opened safely. Try again later, or tell the provider.",
    ),
    (
        errors.Garbled,
        "barren",
        (
            "{who} sends page after page without anything new, so Playhead stopped. "
            "Use “Search the rest” to ask on."
        ),
    ),
    (
        errors.Garbled,
        "token",
        "{who} does not say in a known form where its list goes on. What came is shown; try again later.",
    ),
    (
        errors.Garbled,
        "part",
        "{who} sent errors along with its list, so some of it may be missing. What came is shown; try again.",
    ),
    (
        errors.Garbled,
        None,
        "{who} answered in a form that Playhead does not know. Try again later, or with a newer Playhead.",
    ),
    (
        errors.NoAudio,
        "status",
        "{who} has no audio for this recording now. Look for new recordings to see what became of it.",
    ),
    (
        errors.NoAudio,
        "row",
        "{who} lists this recording in a form that Playhead does not know. See its details.",
    ),
    (
        errors.NoAudio,
        "link",
        "{who} gave a link to the audio that is not safe, so it was not opened. Try again later.",
    ),
    (
        errors.NoVault,
        None,
        "This computer has no keyring that Playhead can use. Set one up, and try again.",
    ),
    (
        errors.VaultLocked,
        None,
        "The keyring is locked. Unlock it and try again.",
    ),
    (
        errors.VaultSilent,
        None,
        "The keyring does not answer. Look for a window that asks for its password, then try again.",
    ),
    (
        errors.VaultError,
        None,
        "The keyring did not do what was asked. Try again.",
    ),
    (
        errors.CatalogueNewer,
        None,
        "The catalogue was written by a newer Playhead. Update Playhead to open it; it was not changed.",
    ),
    (
        errors.CatalogueReadOnly,
        "full",
        "The disk is full: what is being loaded cannot be kept. Make room and try again.",
    ),
    (
        errors.CatalogueReadOnly,
        None,
        "Playhead may not write to its folder: nothing can be kept. Check who may write there; try again.",
    ),
    (
        errors.CatalogueUnreadable,
        "lost key",
        (
            "The catalogue could not be read (its key is not in the keyring), so it was left alone. "
            "Check whether the keyring is the same, then try again."
        ),
    ),
    (
        errors.CatalogueUnreadable,
        "empty",
        (
            "The catalogue is empty or gone: stars, notes and the journal of exports are not there any more. "
            "Look for a backup of the profile."
        ),
    ),
    (
        errors.CatalogueUnreadable,
        "older",
        (
            "The catalogue lacks its last changes: stars, notes and exports of that time may be missing. "
            "Look for a backup of the profile."
        ),
    ),
    (
        errors.CatalogueUnreadable,
        None,
        "The catalogue could not be read (it is damaged, or its key is another). Check disk and keyring.",
    ),
    (errors.CatalogueError, None, "The catalogue cannot be read. Look after its disk, then try again."),
    (
        errors.ExportError,
        "missing",
        "The folder of the export is gone. Choose it again; finished files are kept where they are.",
    ),
    (errors.ExportError, "readonly", "Playhead may not write to this folder. Choose another one."),
    (errors.ExportError, "full", "The disk is full. Make room and export the rest; finished files are kept."),
    (
        errors.ExportError,
        "moved",
        "Another folder is where the export’s folder was. Put the first one back, or export the rest again.",
    ),
    (
        errors.ExportError,
        "large",
        "The disk of this folder takes no files of this size. Choose a folder on another disk.",
    ),
    (
        errors.ExportError,
        "name",
        "The disk of this folder does not take such a name. Choose shorter or plainer file names.",
    ),
    (
        errors.ExportError,
        "disk",
        "The disk of this folder reported a fault. Look after it, or choose a folder on another disk.",
    ),
    (
        errors.ExportError,
        "removed",
        "A file was removed from the folder while the export ran. Fetch it again with Retry.",
    ),
    (
        errors.ExportError,
        "altered",
        "Another program altered a file while the export ran. Fetch it again with Retry.",
    ),
    (errors.ExportError, "inway", "A file of the same name is in the way. Choose another folder."),
    (errors.ExportError, None, "The export cannot be written there. Choose another folder."),
    (
        errors.ExportUnreadable,
        "foreign",
        (
            "This folder holds no export of Playhead: its recordings.json is missing or is of another "
            "program. Choose another folder."
        ),
    ),
    (
        errors.ExportUnreadable,
        "newer",
        "This export was made by a newer Playhead. Update Playhead to open it.",
    ),
    (
        errors.ExportUnreadable,
        "large",
        "A paper of this export is too large to be read here. Check its files with sha256sum -c SHA256SUMS.",
    ),
    (
        errors.ExportUnreadable,
        "disk",
        "A file of the export cannot be read. Look after its disk, then try again.",
    ),
    (
        errors.ExportUnreadable,
        None,
        "The recordings.json of this export is damaged. Check its files with SHA256SUMS.",
    ),
    (
        errors.ProfileInUse,
        "elsewhere",
        "Another computer has this profile open. Look there; if it has not, delete playhead.lock-holder.",
    ),
    (
        errors.ProfileInUse,
        None,
        (
            "Playhead is already at work with this profile. Look for its window; if it has no window, a "
            "command is exporting: wait for its end."
        ),
    ),
)
"""Error, its reason (None: any), sentence; the first that fits counts."""


INSTEAD_OF_AUDIO: Mapping[str, str] = {
    "page": "a web page, which is not audio",
    "text": "a text, which is not audio",
    "picture": "a picture, which is not audio",
    "document": "a document, which is not audio",
    "archive": "an archive, which is not audio",
    "program": "a program, which is not audio",
    "file": "a file that is not audio",
    "scrap": "only a few bytes, which are not audio",
    "nothing": "nothing instead of audio",
    "soundless": "an audio file without any sound",
}
"""What came instead of audio, by `NotAudio.instead`, as after *sent*."""


def sentence(error: Exception, account: str = "") -> str:
    """One or two sentences for the person, plain text; `account` is the label of whom it happened to."""
    if isinstance(error, TemplateError):
        return error.sentence
    for kind, reason, text in _SENTENCES:
        if isinstance(error, kind) and reason in {error.reason, None}:
            status = getattr(error, "status", None) or "no status"
            told = error.told if isinstance(error, errors.WrongProduct) else ""
            instead = INSTEAD_OF_AUDIO[error.instead] if isinstance(error, errors.NotAudio) else ""
            unplayed = error.kind if isinstance(error, errors.UnplayedKind) else ""
            who = account or "The provider"
            return text.format(who=who, status=status, instead=instead, told=told, kind=unplayed)
    return (
        f"Something in Playhead itself went wrong ({type(error).__name__}). Look into the log to see where."
    )
