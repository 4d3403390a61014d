"""Reads what shared libraries say of themselves, with the tools of binutils."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")
_OBJECTS = frozenset("BbDdGgRrSsVv")
"""Letters by which `nm` tells data from code."""


class Symbol(NamedTuple):
    """A name that a library offers; `size` in bytes."""

    name: str
    size: int
    data: bool
    version: str


def binaries(folder: Path) -> Iterator[Path]:
    """Give the programs and libraries below `folder`, in order; links are left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def offered(library: Path) -> dict[str, Symbol]:
    """Give the symbols that a library offers, by their names."""
    symbols: dict[str, Symbol] = {}
    for line in _lines("nm", "-D", "-S", "--defined-only", str(library)):
        pieces = line.split()
        letter, (name, _, version) = pieces[-2], pieces[-1].partition("@@")
        size = int(pieces[1], 16) if len(pieces) == 4 else 0
        symbols[name] = Symbol(name, size, letter in _OBJECTS, version)
    return symbols


def wanted(library: Path) -> set[str]:
    """Name the symbols that a library expects others to offer."""
    lines = _lines("nm", "-D", "--undefined-only", "--without-symbol-versions", str(library))
    return {line.split()[-1] for line in lines}


def needed(library: Path) -> set[str]:
    """Name the libraries that are loaded with this one."""
    return {line.split()[1] for line in _lines("objdump", "-p", str(library)) if "NEEDED" in line}


def soname(library: Path) -> str:
    """Give the name by which others ask for a library; that of the file if it has none."""
    names = [line.split()[1] for line in _lines("objdump", "-p", str(library)) if "SONAME" in line]
    return names[0] if names else library.name


def glibc(libraries: Iterable[Path]) -> tuple[int, int]:
    """Give the oldest glibc on which all of them can be loaded."""
    oldest = (2, 0)
    for library in libraries:
        found = _GLIBC.findall("\n".join(_lines("objdump", "-p", str(library))))
        oldest = max([oldest, *((int(major), int(minor)) for major, minor in found)])
    return oldest


def link(assembly: str, target: Path, symbols: Iterable[Symbol] = ()) -> None:
    """Make a shared library from `assembly` in place of the one at `target`, under the same name.

    `symbols` are those that have versions, or may have.
    """
    versions: dict[str, list[str]] = {}
    for symbol in symbols:
        if symbol.version:
            versions.setdefault(symbol.version, []).append(symbol.name)
    script = "".join(f"{each} {{ global: {'; '.join(versions[each])}; }};\n" for each in sorted(versions))
    with tempfile.TemporaryDirectory() as place:
        made, fresh, map_file = (Path(place, name) for name in ("made.o", "made.so", "made.map"))
        subprocess.run(["as", "-o", str(made), "-"], input=assembly, text=True, check=True)
        options = ["-shared", "-z", "noexecstack", "--build-id=none", "-soname", soname(target)]
        if script:
            map_file.write_text(script, encoding="ascii")
            options.append(f"--version-script={map_file}")
        subprocess.run(["ld", *options, "-o", str(fresh), str(made)], check=True)
        target.write_bytes(fresh.read_bytes())


def _lines(*command: str) -> list[str]:
    answer = subprocess.run(command, capture_output=True, text=True, check=True, env={"LC_ALL": "C"})
    return answer.stdout.splitlines()
