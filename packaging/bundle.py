"""Builds the program for machines without Python, and tries it as a stranger would: elsewhere, nothing set.

What comes out is a folder, `dist/Playhead`, with the program `playhead`, which starts by double-click, and on
Linux `add-to-menu.sh`, which gives it an entry and an icon in the menu of the person who runs it. On macOS it
is `dist/Playhead.app`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
    steps = [
        [str(python), "packaging/render_icons.py", str(icons)],
        [str(python), "-m", "PyInstaller", "--log-level", "WARN", *recipe],
    ]
    for command in steps:
        print(f"-- {' '.join(command[1:4])}", flush=True)
        code = subprocess.run(command, cwd=root, check=False).returncode
        if code:
            return code
    if sys.platform == "linux":
        _strip(program)
        _add_menu_entry(root, program, icons)
    _tell_sizes(program)
    return _try(executable)


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


def _add_menu_entry(root: Path, program: Path, icons: Path) -> None:
    """Put in what the menu needs: entry, icons and the script that installs them."""
    shutil.copytree(icons / "hicolor", program / "share" / "icons" / "hicolor")
    for name in ("playhead.desktop", "add-to-menu.sh"):
        shutil.copy2(root / "packaging" / "linux" / name, program / name)


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
