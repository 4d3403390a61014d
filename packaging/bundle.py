"""Builds the program for machines without Python, and tries it as a stranger would: elsewhere, nothing set.

What comes out is a folder, `dist/Playhead`, with the program `playhead`, which starts by double-click; on
macOS it is `dist/Playhead.app`. Beside it lie its bill of materials and the licences of all that is inside.
The same commit gives the same bytes: whatever has a date has that of the commit, or SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import icudata
import standins
import winversion

TIME_LIMIT = 300
"""Seconds that the self-test and the tour may take, each."""


def build(root: Path, python: Path) -> int:
    """Build the program and try it; 0 when it was built and does what it should."""
    work, program = root / "build", root / "dist" / "Playhead"
    executable = program / ("playhead.exe" if sys.platform == "win32" else "playhead")
    if sys.platform == "darwin":
        program = root / "dist" / "Playhead.app"
        executable = program / "Contents" / "MacOS" / "playhead"
    icons = work / "icons"
    recipe = [
        "packaging/playhead.spec",
        "--noconfirm",
        "--distpath",
        "dist",
        "--workpath",
        str(work / "pyinstaller"),
    ]
    name_build(root, work / "build.txt")
    properties = winversion.properties(version(root))
    (work / "version.txt").write_text(properties, encoding="utf-8")
    variables = reproducible(root)
    steps = [
        [str(python), "packaging/render_icons.py", str(icons)],
        [str(python), "-m", "PyInstaller", "--log-level", "WARN", *recipe],
    ]
    for command in steps:
        print(f"-- {' '.join(command[1:4])}", flush=True)
        code = subprocess.run(command, cwd=root, env=variables, check=False).returncode
        if code:
            return code
    if sys.platform == "linux":
        _strip(program)
        _lighten(program / "_internal")
    _tell_sizes(program)
    return _describe(root, python, executable, variables) or _try(executable)


def version(root: Path) -> str:
    """The version that the program says it is."""
    text = (root / "desktop" / "playhead" / "__init__.py").read_text(encoding="utf-8")
    return str(re.findall(r'__version__ = "(.+)"', text)[0])


def reproducible(root: Path) -> dict[str, str]:
    """Give the variables under which the same commit of `root` is built to the same bytes."""
    variables = {**os.environ, "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    variables.setdefault("SOURCE_DATE_EPOCH", str(_moment(root)))
    return variables


def _moment(root: Path) -> int:
    """Seconds since 1970 of the commit of `root`; of a folder that is no checkout, those of 1980."""
    ask = ["git", "log", "-1", "--format=%ct"]
    if shutil.which("git"):
        said = subprocess.run(ask, cwd=root, capture_output=True, text=True, check=False).stdout.strip()
        if said.isdigit():
            return int(said)
    return 315532800


def name_build(root: Path, file: Path) -> None:
    """Write the commit of `root` into `file`, which the bundle takes along for the papers of exports."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("", encoding="utf-8")
    if git := shutil.which("git"):
        # Outside a checkout it says nothing, and the papers name the version alone.
        with file.open("w", encoding="utf-8") as said:
            subprocess.run([git, "rev-parse", "HEAD"], cwd=root, check=False, stdout=said)


def _strip(program: Path) -> None:
    """Take the symbols out of the interpreter and of compiled modules: a fifth of the whole.

    Libraries that wheels bring in `*.libs` were patched after linking; strip would break them.
    """
    for pattern in ("libpython*.so*", "*.cpython-*.so", "*.abi3.so"):
        for path in sorted(program.rglob(pattern)):
            subprocess.run(["strip", str(path)], check=True)


def _lighten(internal: Path) -> None:
    """Take out what wheels bring and nobody calls."""
    for record in internal.glob("*.dist-info/RECORD"):
        # It has the sum of a script that names the folder of the environment: no two builds would be alike.
        record.unlink()
    saved = standins.stand_in(internal / "av.libs") + icudata.slim(internal / "PySide6" / "Qt" / "lib")
    print(f"-- {saved / 1e6:.0f} MB of codecs for video and of tables are not taken along")


def _describe(root: Path, python: Path, executable: Path, variables: dict[str, str]) -> int:
    """Write the bill of materials and the licences beside the program."""
    print("-- what is inside", flush=True)
    folder = executable.parent
    script = [str(python), "packaging/inside.py", str(folder), "dist/playhead.cdx.json", "dist/licences"]
    return subprocess.run(script, cwd=root, env=variables, check=False).returncode


def _tell_sizes(program: Path) -> None:
    """Print how big the bundle is, and its biggest parts."""
    sizes: dict[str, int] = {}
    for path in program.rglob("*"):
        if path.is_file() and not path.is_symlink():
            part = path.relative_to(program).parts
            name = part[1] if part[0] == "_internal" and len(part) > 2 else "other files"
            sizes[name] = sizes.get(name, 0) + path.stat().st_size
    print(f"-- {program}: {sum(sizes.values()) / 1e6:.0f} MB")
    for name in sorted(sizes, key=lambda part: -sizes[part])[:8]:
        print(f"   {sizes[name] / 1e6:6.1f} MB  {name}")


def _try(executable: Path) -> int:
    """Run self-test and tour without the repository, its environment or this shell's variables."""
    failures = 0
    with tempfile.TemporaryDirectory(prefix="playhead-try-") as place:
        pictures = Path(place) / "tour"
        for arguments in (["--version"], ["--self-test"], ["--demo", "--tour", str(pictures)]):
            print(f"-- playhead {' '.join(arguments)}", flush=True)
            begun = time.monotonic()
            code = _run(executable, arguments, Path(place))
            failures += code != 0
            print(f"   {'FAILED' if code else 'ok'} after {time.monotonic() - begun:.1f} s")
        drawn = len(list(pictures.rglob("*.png"))) if pictures.is_dir() else 0
        print(f"   {drawn} pictures")
        failures += drawn == 0
    return 1 if failures else 0


def _run(executable: Path, arguments: list[str], home: Path) -> int:
    """Run the program in an empty home with few variables; its exit code, or 1 when it takes too long."""
    variables = {"HOME": str(home), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    try:
        return subprocess.run(
            [str(executable), *arguments],
            cwd=home,
            env=None if sys.platform == "win32" else variables,
            timeout=TIME_LIMIT,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return 1
