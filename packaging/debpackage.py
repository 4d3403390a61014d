"""The package for Debian and Ubuntu: `playhead_<version>_<architecture>.deb`.

Libraries that the bundle has from this very system are left out of it and named as packages that it depends
on: there they are kept safe by the system's updates.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import elf
import inside
import staging

if TYPE_CHECKING:
    from staging import Made

MAINTAINER = "The Playhead authors <authors@playhead.invalid>"
"""An address that is nobody's: who has something to report does it in the repository."""
ALSO = ("libegl1", "libgl1", "libxcb1")
"""Packages whose libraries are asked for by name only once the program runs."""
GOOD_TO_HAVE = "gnome-keyring | kwalletmanager | keepassxc"
"""Something that keeps secrets."""


def pack(made: Made, folder: Path) -> Path:
    """Make the package in `folder`."""
    tree = made.root / "build" / "debian"
    if tree.exists():
        shutil.rmtree(tree)
    program = tree / "usr" / "lib" / "playhead"
    shutil.copytree(made.program, program, symlinks=True)
    packages = _borrow(program)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "playhead").symlink_to("../lib/playhead/playhead")
    share = tree / "usr" / "share"
    staging.desktop_files(made, share)
    _compress(share / "man" / "man1" / "playhead.1")
    _documents(made, share / "doc" / "playhead")
    overrides = made.template("debian/lintian-overrides")
    staging.write(share / "lintian" / "overrides" / "playhead", overrides)
    architecture = _said("dpkg", "--print-architecture")
    glibc = ".".join(map(str, elf.glibc(elf.binaries(program))))
    control = tree / "DEBIAN"
    control.mkdir()
    staging.write(
        control / "control",
        made.template(
            "debian/control",
            architecture=architecture,
            maintainer=MAINTAINER,
            size=str(staging.size(tree) // 1024),
            depends=", ".join((f"libc6 (>= {glibc})", "libstdc++6 (>= 12)", *sorted({*packages, *ALSO}))),
            recommends=GOOD_TO_HAVE,
        ),
    )
    staging.settle(tree, made.moment)
    staging.write(control / "md5sums", _md5sums(tree))
    staging.settle(tree, made.moment)
    target = folder / f"playhead_{made.version}_{architecture}.deb"
    # One thread: more of them cut the content into other blocks where there is less memory.
    build = [
        "dpkg-deb",
        "--root-owner-group",
        "--threads-max=1",
        "-Zxz",
        "-z6",
        "--build",
        str(tree),
        str(target),
    ]
    variables = {**os.environ, "SOURCE_DATE_EPOCH": str(made.moment)}
    subprocess.run(build, env=variables, check=True, stdout=subprocess.DEVNULL)
    print(f"-- {target.name}: {staging.size(tree) / 1e6:.0f} MB installed, needs glibc {glibc}")
    shutil.rmtree(tree)
    return target


def _borrow(program: Path) -> set[str]:
    """Leave out what this system's packages have; gives all packages that the program needs libraries of."""
    internal = program / "_internal"
    packages = set()
    for path in sorted(internal.glob("*.so*")):
        if path.is_symlink() or path.name.startswith("libpython"):
            continue
        package = inside.package_of(path)
        if package is not None:
            packages.add(package.partition(":")[0])
            path.unlink()
    there = {path.name for path in program.rglob("*.so*")}
    wanted = set[str]().union(*map(elf.needed, elf.binaries(program))) - there
    for name in sorted(wanted):
        packages |= {
            package for package in inside.packages_with(name) if package not in {"libc6", "libstdc++6"}
        }
    return packages


def _documents(made: Made, folder: Path) -> None:
    """Copyright, list of changes, licences of others, bill of materials and sums."""
    staging.write(folder / "copyright", made.template("debian/copyright"))
    staging.write(
        folder / "changelog", made.template("debian/changelog", maintainer=MAINTAINER, day=_day(made))
    )
    _compress(folder / "changelog")
    (folder / "licences").mkdir()
    for path in sorted((made.root / "dist" / "licences").iterdir()):
        # The same texts as everywhere on Debian are there already.
        if path.name != "LICENSE" and not (inside.TEXTS / path.stem).is_file():
            shutil.copyfile(
                path, folder / "licences" / path.name.replace(" ", "-").replace("(", "").replace(")", "")
            )
    for path in (folder / "licences").iterdir():
        _compress(path)
    shutil.copyfile(made.root / "dist" / "playhead.cdx.json", folder / "playhead.cdx.json")
    tree = folder.parents[3]
    staging.write(folder / staging.SUMS, "".join(f"{line}\n" for line in staging.sums(tree).splitlines()))
    for name in ("playhead.cdx.json", staging.SUMS):
        _compress(folder / name)


def _day(made: Made) -> str:
    return _said("date", "--utc", f"--date=@{made.moment}", "+%a, %d %b %Y %H:%M:%S +0000")


def _compress(path: Path) -> None:
    """Do as Debian does with documents."""
    with gzip.GzipFile(path.with_name(path.name + ".gz"), "wb", 9, mtime=0) as packed:
        packed.write(path.read_bytes())
    path.unlink()


def _md5sums(tree: Path) -> str:
    files = sorted(path for path in (tree / "usr").rglob("*") if path.is_file() and not path.is_symlink())
    names = [path.relative_to(tree).as_posix() for path in files]
    return subprocess.run(["md5sum", *names], cwd=tree, check=True, capture_output=True, text=True).stdout


def _said(*command: str) -> str:
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env={"LC_ALL": "C"}
    ).stdout.strip()
