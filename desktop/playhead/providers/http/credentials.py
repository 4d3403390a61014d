"""Checks on a credential before it is sent: the address that it goes to, and its letters."""

from playhead.core.account import safe_address
from playhead.core.errors import Refused, Rejected


def base_of(address: str) -> str:
    """The address of an API without its final slash. Raises `Rejected` if no credential may go there."""
    base = address.rstrip("/")
    if not safe_address(base):
        raise Rejected("the address is not https", reason="address")
    return base


def shown(secret: str) -> str:
    """Text of `secret` in a header. Raises `Refused` for what no header can carry."""
    bare = secret.strip()
    if not bare or not bare.isascii() or not bare.isprintable():
        raise Refused("this cannot be a key")
    return bare
