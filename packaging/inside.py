"""Contents of the built program: its bill of materials (CycloneDX 1.6), and the licences of all of it.

    python packaging/inside.py PROGRAM SBOM LICENCES     PROGRAM: the folder with `playhead` and `_internal`

Run in the environment that the program was built in. Own code rather than a tool, because the tools
describe an environment, with all that tests and builds; this describes what really is in the folder: Python
distributions whose modules the program holds, libraries inside their wheels, libraries of the system that
it was built on, each file with its SHA-256. The same folder always gives the same bytes: the moment is
SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata as distributions
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import bundle

HERE = Path(__file__).parent
TEXTS = Path("/usr/share/common-licenses")
"""Where Debian keeps the texts that its packages refer to."""
_NOTICE = re.compile(r"(^|/)(licen[cs]es?/|licen[cs]e|copying|notice|authors)[^/]*", re.IGNORECASE)
_SPOKEN = {
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "BSD License": "BSD-3-Clause",
    "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    # Its own words: "Any OSI approved license"; the one of these that asks the least.
    "OSI Approved": "MIT",
}
_LESSER_NAMES = {"GPL-2", "GPL-3", "LGPL-2", "LGPL-2.1", "LGPL-3", "Apache-2.0", "MPL-2.0", "BSD"}


@dataclass
class Part:
    """Something in the program that others have made, and the files of it."""

    name: str
    version: str = ""
    licence: str = ""
    purl: str = ""
    home: str = ""
    notices: list[Path] = field(default_factory=list)
    within: str = ""
    """The part whose notices speak of this one, too."""
    files: list[Path] = field(default_factory=list)
    remark: str = ""

    @property
    def reference(self) -> str:
        """Name by which the bill of materials knows it."""
        return self.purl or f"playhead:{self.name}"


def parts(program: Path) -> list[Part]:
    """Find all parts of a program, in the order of their names."""
    native = json.loads((HERE / "native_parts.json").read_text(encoding="utf-8"))
    found: dict[str, Part] = {part.name: part for part in (_python(), *_distributions(program))}
    found["Inter"] = Part(
        "Inter",
        licence="OFL-1.1",
        home="https://rsms.me/inter/",
        notices=[HERE.parent / "resources" / "fonts" / "OFL.txt"],
    )
    for path in sorted(each for each in program.rglob("*.so*") if each.is_file() and not each.is_symlink()):
        part = _owner(path, native, found) or _of_system(path, found)
        if part is not None:
            part.files.append(path)
    return sorted(found.values(), key=lambda part: part.name.lower())


def _python() -> Part:
    texts = [
        Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "LICENSE.txt")
    ]
    version = platform.python_version()
    return Part(
        "Python", version, "PSF-2.0", f"pkg:generic/python@{version}", "https://www.python.org/", texts
    )


def _distributions(program: Path) -> list[Part]:
    """Distributions of which the program holds modules."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program / "playhead")).open_embedded_archive("PYZ.pyz")
    modules = {name.partition(".")[0] for name in archive.toc}
    modules |= {path.name.partition(".")[0] for path in (program / "_internal").iterdir()}
    owners = distributions.packages_distributions()
    names = {each for module in modules for each in owners.get(module, ()) if each.lower() != "playhead"}
    return [_distribution(distributions.distribution(name)) for name in sorted(names)]


def _distribution(found: distributions.Distribution) -> Part:
    data = found.metadata
    classifiers = [
        text.rpartition(" :: ")[2] for text in data.get_all("Classifier") or [] if text.startswith("License")
    ]
    spoken = [text for name in ("License-Expression", "License") for text in data.get_all(name) or []]
    said = next((text for text in (*spoken, *classifiers) if text), "")
    notices = [Path(str(found.locate_file(each))) for each in found.files or () if ".dist-info" in str(each)]
    name = data["Name"]
    if name.startswith(("PySide6", "shiboken6")):
        notices = [HERE / "licences" / "qt.txt"]
    return Part(
        name,
        found.version,
        _SPOKEN.get(said, said),
        f"pkg:pypi/{re.sub('[-_.]+', '-', name).lower()}@{found.version}",
        notices=[
            each for each in notices if _NOTICE.search(each.as_posix()) and each.suffix not in {".py", ".pyc"}
        ],
    )


def _owner(path: Path, native: dict[str, dict[str, str]], found: dict[str, Part]) -> Part | None:
    """The part of a library that came with a wheel."""
    folder = path.parent.as_posix()
    if not folder.endswith((".libs", "Qt/lib")):
        inner = path.as_posix().partition("/_internal/")[2]
        if "python3" in inner.partition("/")[0] or path.name.startswith("libpython"):
            return found["Python"]
        owners = distributions.packages_distributions().get(inner.partition("/")[0].partition(".")[0], [])
        return found.get(owners[0]) if owners and owners[0] in found else None
    stem = re.split(r"-[0-9a-f]{8}|\.so", path.name)[0]
    key = stem if stem in native else "libQt6" if stem.startswith("libQt6") else ""
    if not key:
        raise LookupError(f"native_parts.json does not know {path.name}")
    row = native[native[key].get("part_of", key)]
    if row.get("stand_in"):
        name = f"stand-in for {row['name']}"
        remark = f"Made for Playhead (packaging/standins.py); nothing of {row['name']} itself."
        return found.setdefault(name, Part(name, "", "GPL-3.0-or-later", within="Playhead", remark=remark))
    part = found.setdefault(row["name"], Part(row["name"], "", row["licence"], home=row["home"]))
    if not part.version:
        part.version = _version(path, row.get("version_by", "")) if key in native else ""
    if row["name"] == "Qt":
        part.version = distributions.version("PySide6_Essentials")
    where, _, name = row.get("notice", "").partition(":")
    part.within = name if where == "wheel" else ""
    part.notices = part.notices or _notice(where, name)
    return part


def _version(library: Path, function: str) -> str:
    """What a library says of its version, asked in a process of its own that may fail."""
    if not function:
        return ""
    script = (
        f"import ctypes; f = ctypes.CDLL({str(library)!r}).{function}; f.restype = ctypes.c_char_p; "
        "print(f(None).decode())"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return answer.stdout.strip().rpartition(" ")[2]


def _notice(where: str, name: str) -> list[Path]:
    """The notice in a file of ours, or in what a Debian package says of itself."""
    if where == "file":
        return [HERE / "licences" / name]
    path = Path("/usr/share/doc", name, "copyright")
    return [path] if where == "debian" and path.is_file() else []


def _of_system(path: Path, found: dict[str, Part]) -> Part | None:
    """The Debian package that a library of the system came from."""
    package = package_of(path)
    if package is None:
        return None
    ask = ["dpkg-query", "-W", "-f", "${source:Package} ${Version}", package]
    source, version = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.split()
    part = found.setdefault(
        f"debian {source}",
        Part(
            source,
            version,
            "",
            f"pkg:deb/debian/{source}@{version}?arch=source",
            "https://tracker.debian.org/" + source,
        ),
    )
    notice = Path("/usr/share/doc", package.partition(":")[0], "copyright")
    if notice.is_file() and not part.notices:
        part.notices.append(notice)
    return part


def package_of(path: Path) -> str | None:
    """Name the Debian package of this system that has the same file; None where there is none."""
    if shutil.which("dpkg-query") is None:
        return None
    content = path.read_bytes()
    for same in _in_system().get(path.name, ()):
        if same.is_file() and same.read_bytes() == content:
            return _package_with(same)
    return None


def packages_with(library: str) -> list[str]:
    """Name the Debian packages of this system with a library of this name."""
    found = (_package_with(path) for path in _in_system().get(library, ()))
    return sorted({package.partition(":")[0] for package in found if package})


def _package_with(file: Path) -> str | None:
    for each in (file, file.resolve()):
        # Whether a package says /lib or /usr/lib depends on its age.
        for spelled in (str(each), str(each).removeprefix("/usr")):
            ask = subprocess.run(["dpkg-query", "-S", spelled], capture_output=True, text=True, check=False)
            if ask.returncode == 0:
                return ask.stdout.splitlines()[0].rpartition(": ")[0].partition(",")[0]
    return None


@functools.cache
def _in_system() -> dict[str, list[Path]]:
    """The libraries of this system, by the names of their files."""
    found: dict[str, list[Path]] = {}
    for folder in Path("/usr/lib").glob("*-linux-gnu*"):
        for path in sorted((*folder.glob("*.so*"), *folder.glob("pulseaudio/*.so*"))):
            found.setdefault(path.name, []).append(path)
    return found


def bill(program: Path, found: list[Part], moment: int, build: str) -> dict[str, object]:
    """Write the bill of materials as CycloneDX has it; `build` is the commit."""
    version = bundle.version(HERE.parent)
    itself = {
        "type": "application",
        "bom-ref": "playhead",
        "name": "Playhead",
        "version": version,
        "licenses": [{"license": {"id": "GPL-3.0-or-later"}}],
        **({"properties": [{"name": "playhead:commit", "value": build}]} if build else {}),
    }
    content: dict[str, object] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": "",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": itself,
        },
        "components": [_component(program, part) for part in found],
        "dependencies": [{"ref": "playhead", "dependsOn": sorted(part.reference for part in found)}],
    }
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    content["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}"
    return content


def _component(program: Path, part: Part) -> dict[str, object]:
    component: dict[str, object] = {"type": "library", "bom-ref": part.reference, "name": part.name}
    if part.version:
        component["version"] = part.version
    if part.remark:
        component["description"] = part.remark
    if part.licence:
        single = re.fullmatch(r"[A-Za-z0-9.+-]+", part.licence)
        component["licenses"] = [
            {"license": {"id": part.licence}} if single else {"expression": part.licence}
        ]
    if part.purl:
        component["purl"] = part.purl
    if part.home:
        component["externalReferences"] = [{"type": "website", "url": part.home}]
    if part.files:
        component["components"] = [
            {
                "type": "file",
                "bom-ref": f"file:{path.relative_to(program).as_posix()}",
                "name": path.relative_to(program).as_posix(),
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            }
            for path in part.files
        ]
    return component


def gather(found: list[Part], folder: Path) -> list[str]:
    """Copy the notices of all parts into `folder`; names of the parts that have none."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for name in ("LICENSE", "THIRD_PARTY.md"):
        shutil.copyfile(HERE.parent / name, folder / name)
    for text in sorted(TEXTS.iterdir()) if TEXTS.is_dir() else ():
        if text.name in _LESSER_NAMES:
            shutil.copyfile(text.resolve(), folder / f"{text.name}.txt")
    silent = []
    for part in found:
        if not part.notices and not part.within:
            silent.append(part.name)
        for number, notice in enumerate(sorted(part.notices)):
            ending = f"-{number + 1}" if len(part.notices) > 1 else ""
            of = " (Debian)" if part.purl.startswith("pkg:deb") else ""
            shutil.copyfile(notice, folder / f"{part.name}{of}{ending}.txt")
    return silent


def main(program: Path, target: Path, licences: Path) -> int:
    """Write both; 1 if a part comes without a word about its licence."""
    found = parts(program)
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    build = (program / "_internal" / "playhead" / "build.txt").read_text(encoding="utf-8").strip()
    target.write_text(json.dumps(bill(program, found, moment, build), indent=1) + "\n", encoding="utf-8")
    silent = gather(found, licences)
    print(f"   {len(found)} parts, {sum(len(part.files) for part in found)} libraries of theirs")
    for name in silent:
        print(f"   no notice was found for {name}", file=sys.stderr)
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4])))
