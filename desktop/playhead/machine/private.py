"""Texts without what is private: credentials, links, addresses of people, numbers, folders."""

import re
from pathlib import Path

from playhead.core.latepattern import late_pattern

_UUID = r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
_NAMED = (
    r"(?:authorization|(?:\w{1,40}[-_])?(?:token|secret|password|signature|credential)"
    r"|api[-_]?key|x-amz-[a-z-]+)"
)
_PRIVATE = late_pattern(
    rf"""
      (?P<keep>{_UUID})
    | (?P<scheme>\b(?:Bearer|AccessKey|Basic)\s+)[^\s'",)\]}}]+
    | \bhttps?(?:%(?:25)*3A|:)(?:%(?:25)*2F)[^\s'"<>]*
    | \b[a-z][a-z0-9+.-]{{1,15}}://[^\s'"<>]*@[^\s'"<>]*
    | (?P<cookie>\b(?:set-)?cookie['"]?\s*[:=]\s*)[^\r\n]+
    | \bhttps?:(?:\\+/){{2}}[^\s'"<>]*
    | (?<![\w:/])//[\w.\-\[\]:]+/[^\s?\#'"<>]{{0,2000}}+[?\#][^\s'"<>)]*
    | (?P<host>\bhttps?://)(?P<name>[\w.\-\[\]:]++)[^\s?\#'"<>]{{0,2000}}+[?\#][^\s'"<>)]*
    | (?P<header>\b{_NAMED}\b['"]?\s*(?:[:=,]|%(?:25)*3[AD])\s*(?:b(?=['\"]))?)
        (?:(?:Bearer|AccessKey|Basic)\s+)?(?:'[^']*'|"[^"]*"|[^\s,;)}}\]]+)
    | '(?:[A-Za-z]:)?[\\/][^'\n]{{1,2000}}'
    | (?<!File\ )"(?:[A-Za-z]:)?[\\/][^"\n]{{1,2000}}"
    | (?P<home>(?:[A-Za-z]:)?[\\/]+(?:home|Users|Documents\ and\ Settings)[\\/]+)
        [^\\/\s"',;:]+(?:(?:\ [^\\/\s"',;:]+)+(?=[\\/]))?
    | \bfile:[\\/]+[^\s'"<>]+
    | (?<![\w\\:])\\\\[\w.\-]+(?:\\[^\\/\s"',;:]+(?:(?:\ [^\\/\s"',;:]+)+(?=\\))?)+
    | [\w.+%-]{{1,64}}@[\w-]+(?:\.[\w-]+)+
    | \beyJ[\w-]+(?:\.[\w-]+)*
    | (?:\b|(?<=_))(?=[\w-]{{0,99}}\d)(?=[\w-]{{0,99}}[A-Za-z])[A-Za-z0-9_-]{{24,}}
    | \+?\(?\d(?:[\ ().\-/\u00a0]*\d){{6,}}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIBRARIES = late_pattern(r".*[\\/](?:site-packages|dist-packages|[Ll]ib[\\/]python\d[\w.]*)[\\/]", re.DOTALL)
_OURS = late_pattern(r".*[\\/](?=playhead[\\/])", re.DOTALL)
_MADE = late_pattern(r"<[\w. ]{1,80}>")


def redacted(text: str) -> str:
    """`text` without credentials, signed links, e-mail addresses, phone numbers and paths, if it held any.

    A second line of defence: what is logged should hold none to begin with. UUIDs stay, because support asks
    for them.
    """
    return _PRIVATE.sub(_replacement, text.replace(_HOME, "~") if len(_HOME) > 1 else text)


def place(file: str) -> str:
    """The path of a file of code inside its package or library, without where that is installed."""
    if _MADE.fullmatch(file):
        return file
    for beginning in (_LIBRARIES, _OURS):
        if found := beginning.match(file):
            return file[found.end() :].replace("\\", "/")
    absolute = file.startswith(("/", "\\")) or file[1:2] == ":"
    return re.split(r"[\\/]", file)[-1] if absolute else file.replace("\\", "/")


def _home() -> str:
    try:
        return str(Path.home())
    except RuntimeError:  # an account without a folder
        return ""


_HOME = _home()


def _replacement(found: re.Match[str]) -> str:
    if found["keep"]:
        return found["keep"]
    if found["host"]:
        return f"{found['host']}{found['name']}/…"
    return f"{found['scheme'] or found['cookie'] or found['header'] or found['home'] or ''}…"
