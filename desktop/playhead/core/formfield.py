"""A field of the form that connects an account, as a value: its words, what is kept of it, what is wrong."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playhead.core.account import safe_address
from playhead.core.text import seen

_BROKEN_LINE: Final = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_UNSAFE: Final = "Use an address that begins with https:// (http:// only for this computer itself)."

ADDRESS: Final = "address"
"""The key of the field for the provider's address, which an account keeps as its `base_url`."""


def typed(text: str) -> str:
    """Give `text` without the blanks and unseen marks that copying brings along."""
    return seen(text).strip()


def no_problem(_text: str) -> str:
    """Find nothing wrong with any text."""
    return ""


def not_pasted(_text: str) -> str:
    """Leave any text as it is."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One line to fill in, or one choice."""

    key: str
    """Name of the value; of one that stays with the account, also its name in the settings file."""
    label: str
    help: str = ""
    """One sentence below the line."""
    hidden: bool = False
    """True if the letters are a secret: hidden, and cleared when the form is closed."""
    usual: str = ""
    """The value while nothing is filled in; shown as an example in an empty line."""
    choices: tuple[tuple[str, str], ...] = ()
    """Words and value of each thing that can be chosen; empty for a line to fill in."""
    required: bool = False
    """True if an entry of the settings file makes no sense without it."""
    is_address: bool = False
    """True if a credential is sent there, so that it has to be https."""
    read: Callable[[str], str] = typed
    """Gives the value of what stands in the line."""
    check: Callable[[str], str] = no_problem
    """Gives a sentence on what is wrong with what stands in the line; empty if nothing is known to be."""
    pasted: Callable[[str], str] = not_pasted
    """Gives what takes the place of a pasted text; empty if that stays."""


def bare(secret: str) -> str:
    """Give the secret without unseen marks, broken lines, and the word before it in a header.

    A blank or a control character within it stays, to be refused: it may be two things, or spoiled.
    """
    marks = (letter for letter in secret if unicodedata.category(letter) != "Cf")
    secret = _BROKEN_LINE.sub("", "".join(marks).strip())
    for word in ("AccessKey ", "Bearer "):
        if secret.lower().startswith(word.lower()):
            return secret[len(word) :].strip()
    return secret


def token_problem(secret: str, name: str) -> str:
    """Say what is wrong with a bare secret that is called `name`; empty if nothing is known to be."""
    if not secret:
        return f"Fill in the {name}."
    if not secret.isascii() or not secret.isprintable() or " " in secret:
        return f"This {name} has letters or blanks that cannot be part of one; copy it again."
    return ""


def address_problem(text: str) -> str:
    """Say what is wrong with an address that may be left empty; empty if nothing is."""
    address = typed(text)
    return "" if not address or safe_address(address) else _UNSAFE


def read_address(text: str) -> str:
    """Give an address without its final slash."""
    return typed(text).rstrip("/")


def address_field(usual: str) -> FormField:
    """Make the field for the address of a provider, which is `usual` while it is left empty."""
    return FormField(
        key=ADDRESS,
        label="Address",
        help="Change it only if your provider told you to.",
        usual=usual,
        is_address=True,
        read=read_address,
        check=address_problem,
    )
