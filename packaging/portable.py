"""The package for any Linux: `Playhead-<version>-linux-<machine>.tar.zst`, which is unpacked and starts."""

from __future__ import annotations

import platform
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import elf
import staging

if TYPE_CHECKING:
    from staging import Made

_STRENGTH = ("-19", "--long=27", "-T0", "--quiet", "--force")
"""Of zstd; a window of 128 MB, the largest that `tar --zstd` unpacks without being asked."""


def pack(made: Made, folder: Path) -> Path:
    """Make the package in `folder`."""
    machine = platform.machine()
    name = f"Playhead-{made.version}-linux-{machine}"
    tree = made.root / "build" / name
    if tree.exists():
        shutil.rmtree(tree)
    tree.mkdir(parents=True)
    shutil.copytree(made.program, tree / "program", symlinks=True)
    staging.desktop_files(made, tree / "share")
    shutil.copytree(made.root / "dist" / "licences", tree / "licences")
    shutil.copyfile(made.root / "dist" / "playhead.cdx.json", tree / "playhead.cdx.json")
    glibc = ".".join(map(str, elf.glibc(elf.binaries(tree / "program"))))
    start = made.template("linux/start.sh", glibc=glibc, machine=machine)
    staging.write(tree / "playhead", start, executable=True)
    staging.write(tree / "add-to-menu.sh", made.template("linux/add-to-menu.sh"), executable=True)
    staging.write(tree / "README.txt", made.template("linux/readme.txt", glibc=glibc))
    staging.write(tree / staging.SUMS, staging.sums(tree))
    staging.settle(tree, made.moment)
    plain, packed = folder / f"{name}.tar", folder / f"{name}.tar.zst"
    with tarfile.open(plain, "w", format=tarfile.PAX_FORMAT) as archive:
        for path in (tree, *sorted(tree.rglob("*"))):
            archive.add(path, path.relative_to(tree.parent).as_posix(), recursive=False, filter=_nobodys)
    subprocess.run(["zstd", *_STRENGTH, str(plain), "-o", str(packed)], check=True)
    plain.unlink()
    print(f"-- {name}: {staging.size(tree) / 1e6:.0f} MB unpacked, needs glibc {glibc}")
    shutil.rmtree(tree)
    return packed


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who built it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry
