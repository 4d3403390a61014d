"""Stand-ins for libraries that FFmpeg is linked to and Playhead never calls: under their names, and refusing.

FFmpeg comes as one library with everything that it was built with, so its codecs for video (x265, x264,
SVT-AV1, dav1d, VPX, WebP: 35 MB) and its own TLS (6 MB) are loaded with it, though Playhead looks at no
picture and lets FFmpeg open no address. A stand-in has the symbols that FFmpeg wants of one, and nothing
behind them: to open a decoder, an encoder or a connection fails as it does with a broken one. Nobody else's
library is changed. They are made by the assembler and the linker of binutils, so no compiler is needed.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

import elf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

UNCALLED = ("libx265", "libx264", "libSvtAv1Enc", "libdav1d", "libvpx", "libwebp", "libwebpmux", "libgnutls")
"""Beginnings of the names of the libraries, up to the first `-`."""
GONE_WITH_THEM = ("libsharpyuv", "libhogweed", "libnettle", "libunistring", "libgmp")
"""Libraries that only those are linked to."""
REFUSING = frozenset(
    {
        "dav1d_open",
        "gnutls_certificate_allocate_credentials",
        "gnutls_certificate_verify_peers2",
        "gnutls_handshake",
        "gnutls_init",
        "gnutls_record_recv",
        "gnutls_record_send",
        "svt_av1_enc_init_handle",
        "vpx_codec_dec_init_ver",
        "vpx_codec_enc_init_ver",
    }
)
"""Functions that fail with a negative number; all others give 0: *no*, for a pointer."""
_ANSWERS = {
    "x86_64": {"zero": "xorl %eax, %eax\n ret", "refusal": "movl $-1, %eax\n ret"},
    "aarch64": {"zero": "mov x0, xzr\n ret", "refusal": "mov w0, #-1\n ret"},
}


def stand_in(folder: Path) -> int:
    """Put the stand-ins into `folder` (an `av.libs`); gives the bytes that it saves.

    On a kind of processor that is not known here, everything stays as it is.
    """
    answers = _ANSWERS.get(platform.machine())
    if answers is None or not folder.is_dir():
        return 0
    libraries = {path: path.name.partition("-")[0] for path in sorted(folder.glob("lib*"))}
    uncalled = [path for path, name in libraries.items() if name in UNCALLED]
    others = [path for path, name in libraries.items() if name not in {*UNCALLED, *GONE_WITH_THEM}]
    before = _weight(libraries)
    expected = set[str]().union(*map(elf.wanted, others))
    for library in uncalled:
        symbols = [each for name, each in sorted(elf.offered(library).items()) if name in expected]
        elf.link(_assembly(symbols, answers), library, symbols)
    for path, name in libraries.items():
        if name in GONE_WITH_THEM:
            path.unlink()
            # PyInstaller has put links to all libraries at the top of the bundle.
            folder.with_name(path.name).unlink(missing_ok=True)
    return before - _weight(path for path in libraries if path.exists())


def _assembly(symbols: list[elf.Symbol], answers: dict[str, str]) -> str:
    lines = [".text"]
    for symbol in symbols:
        name = symbol.name
        lines += [f".globl {name}", f".type {name}, {'%object' if symbol.data else '%function'}"]
        if symbol.data:
            lines += [".bss", ".balign 16", f"{name}: .skip {symbol.size}", f".size {name}, {symbol.size}"]
            lines.append(".text")
        else:
            lines.append(f"{name}: {answers['refusal' if name in REFUSING else 'zero']}")
    return "\n".join([*lines, ""])


def _weight(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths)
