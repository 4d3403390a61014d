"""Words of commands, where those of the window do not fit."""

from playhead.core import errors
from playhead.core.exports.engine.progress import Pause, Progress
from playhead.core.figures import number
from playhead.ui.wording.sentences import sentence

_INSTEAD: tuple[tuple[type[errors.PlayheadError], errors.Reason, str], ...] = (
    (
        errors.VaultSilent,
        "",
        (
            "The keyring does not answer; perhaps it asks for its password where nobody sees it. "
            "Unlock it, then run the command again."
        ),
    ),
    (errors.VaultLocked, "", "The keyring is locked. Unlock it, then run the command again."),
    (
        errors.NoVault,
        "",
        (
            "There is no keyring that Playhead can use here. Run the command as the person whose accounts "
            "they are, with their keyring unlocked."
        ),
    ),
    (
        errors.ProfileInUse,
        "",
        (
            "Playhead is at work with this profile, in its window or by another command, and only one may "
            "write to it. Use the window or close it, or run the command again later."
        ),
    ),
    (
        errors.Garbled,
        "barren",
        "{who} sends page after page without anything new, so Playhead stopped. Run the command again later.",
    ),
)
_PAUSES: dict[Pause, str] = {
    "full": "The disk is full",
    "missing": "The folder cannot be reached",
    "moved": "Another folder is where the export’s folder was",
    "disk": "The disk reports faults",
    "readonly": "The folder cannot be written now",
}


def told(error: Exception, account: str = "") -> str:
    """One or two sentences for who reads them later; `account` is the label of whom it happened to."""
    for kind, reason, text in _INSTEAD:
        if isinstance(error, kind) and error.reason == reason:
            return text.format(who=account or "The provider")
    return sentence(error, account)


def paused(progress: Progress) -> str:
    """Sentence on an export that its folder keeps from going on."""
    why = _PAUSES.get(progress.paused or "full", "The folder does not take the files now")
    done = f"{number(progress.done)} of {number(progress.files)}"
    return f"{why}: {done} are done. Look after it, then run the same command again; it goes on there."


LIST_STOPPED = "Stopped before the list was complete."
LIST_GOES_ON = "What was loaded and read is kept: the same command goes on with it."


def stopped(progress: Progress | None) -> str:
    """Sentence on a command that a signal ended."""
    if progress is None:
        return "Stopped before the export began. What is loaded stays."
    done = f"{number(progress.done)} of {number(progress.files)}"
    return f"Stopped: {done} are done and stay. Run the same command again to go on."
