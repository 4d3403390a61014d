"""What a person fills in to connect an account, and what can be seen to be wrong with it."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from playhead.core.account import Scheme, refuse_foreign_key, safe_address
from playhead.core.errors import WrongProduct
from playhead.core.recording import ProviderName
from playhead.core.text import seen, western

_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_IN_ADDRESS: Final = re.compile(rf"/workspaces/({_UUID})(?![0-9a-f-])", re.IGNORECASE)
_BROKEN_LINE: Final = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_FOREIGN_KEY: Final = (
    "This key belongs to Bird's newer platform; Playhead needs an access key from "
    "Settings → Security → Access keys of Bird CRM."
)
_UNSAFE: Final = "Use an address that begins with https:// (http:// only for this computer itself)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the person filled in. Either `secret`, or `email` and `password`; never shown when printed."""

    provider: ProviderName
    label: str
    base_url: str
    workspace_id: str = ""
    oauth_url: str = ""
    scheme: Scheme = Scheme.AUTO
    secret: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    session_only: bool = False
    """Whether the credential is to be forgotten when Playhead quits."""


def bare(secret: str) -> str:
    """The secret without unseen marks and broken lines, and without the word before it in a header.

    A blank or a control character within it stays, to be refused: it may be two things, or spoiled.
    """
    marks = (letter for letter in secret if unicodedata.category(letter) != "Cf")
    secret = _BROKEN_LINE.sub("", "".join(marks).strip())
    for word in ("AccessKey ", "Bearer "):
        if secret.lower().startswith(word.lower()):
            return secret[len(word) :].strip()
    return secret


def workspace_problem(text: str) -> str:
    """What is wrong with a workspace id of Bird; empty if nothing is."""
    if not text:
        return "Fill in the id of the workspace."
    if re.fullmatch(_UUID, western(text).strip(), re.IGNORECASE):
        return ""
    return "A workspace id looks like 5f3a9c1e-8b2d-4e6f-9a71-0c4d2e8b6f13; this does not."


def key_problem(secret: str) -> str:
    """What is wrong with an access key of Bird; empty if nothing is known to be."""
    try:
        refuse_foreign_key(secret)
    except WrongProduct:
        return _FOREIGN_KEY
    return token_problem(secret, "access key")


def token_problem(secret: str, name: str) -> str:
    """What is wrong with a secret that is called `name`; empty if nothing is known to be."""
    if not secret:
        return f"Fill in the {name}."
    if not secret.isascii() or not secret.isprintable() or " " in secret:
        return f"This {name} has letters or blanks that cannot be part of one; copy it again."
    return ""


def address_problem(address: str) -> str:
    """What is wrong with an address that may be left empty; empty if nothing is."""
    return "" if not address or safe_address(seen(address).strip()) else _UNSAFE


def workspace_in(text: str) -> str:
    """The workspace id in a pasted address of Bird's pages; empty if it is none."""
    found = _IN_ADDRESS.search(western(text))
    return found.group(1).lower() if found else ""
