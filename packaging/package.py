"""Makes the packages of this system in `dist/packages`, with a bill of materials and SHA-256 sums.

On Debian and Ubuntu that is a `.deb` and an archive for any Linux. On Windows and macOS it is what
`windows/installer.iss` and `macos/image.sh` make, which nobody has seen running yet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import bundle
import debpackage
import portable
import staging

if TYPE_CHECKING:
    from pathlib import Path


def pack(root: Path, python: Path) -> int:
    """Build the program, try it, and pack it; 0 when all of that could be done."""
    code = bundle.build(root, python)
    if code:
        return code
    moment = int(bundle.reproducible(root)["SOURCE_DATE_EPOCH"])
    made = staging.Made(root, python, bundle.version(root), moment)
    folder = root / "dist" / "packages"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    if sys.platform == "linux":
        portable.pack(made, folder)
        if shutil.which("dpkg-deb"):
            debpackage.pack(made, folder)
    else:
        code = _call_tool(made, folder)
    shutil.copyfile(
        root / "dist" / "playhead.cdx.json", folder / f"Playhead-{made.version}-{sys.platform}.cdx.json"
    )
    (folder / staging.SUMS).write_text(staging.sums(folder), encoding="utf-8")
    for path in sorted(folder.iterdir()):
        print(f"   {path.stat().st_size / 1e6:7.1f} MB  {path.name}")
    return code


def _call_tool(made: staging.Made, folder: Path) -> int:
    """Let the tool of this system pack it."""
    variables = {**os.environ, "PLAYHEAD_VERSION": made.version, "PLAYHEAD_PACKAGES": str(folder)}
    if sys.platform == "darwin":
        command = ["sh", "packaging/macos/image.sh"]
    else:
        compiler = shutil.which("iscc") or r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe"
        command = [compiler, f"/O{folder}", f"/DVersion={made.version}", r"packaging\windows\installer.iss"]
    return subprocess.run(command, cwd=made.root, env=variables, check=False).returncode
