"""Proof of the packages for Linux in a bare system: installed, run, upgraded, removed, and nothing left.

    sudo python3 packaging/baresystem.py PACKAGES CACHE     PACKAGES: the folder that `dev.py package` made
                                                            CACHE: a folder that keeps the bare system

The bare system is Debian's smallest (`debootstrap --variant=minbase`), made once in CACHE and copied for
every trial: no display manager, no locale, one user, no name in /etc/hosts, not even `localhost`. It is
entered by `unshare`, so its processes end with the trial. Needs root, debootstrap, lintian, and a Debian
mirror. Prints a line for every step, and the figures; ends with 1 if one of them failed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RELEASE = "bookworm"
"""Debian's oldest release whose glibc is new enough."""
PERSON = "anna"
HOME = f"/home/{PERSON}"
DATA = f"{HOME}/.local/share/Playhead"
DISPLAY = ("xvfb", "xauth")
DESKTOP = (
    "libegl1",
    "libgl1",
    "libfontconfig1",
    "libfreetype6",
    "libx11-xcb1",
    "libxcb1",
    "libpulse0",
    "libstdc++6",
)
"""Libraries that every desktop has, for the archive; the `.deb` names its own."""
ODD_PLACE = "/opt/Übung – 録音 (neu)"
"""A path with spaces and letters of other scripts."""
OTHERS = ("/var/cache/", "/var/lib/apt/", "/var/lib/dpkg/", "/var/log/", "/etc/ld.so.cache")
"""Beginnings of the paths that installing anything changes."""


class Bare:
    """A copy of the bare system."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, script: str, *, person: bool = False, limit: float = 300, home: str | None = HOME) -> str:
        """Run a script of the shell in it; gives what it said. Raises `Failure`."""
        variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        if person and home is not None:
            variables["HOME"] = home
        become = ["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups"] if person else []
        inside = ["/bin/sh", "-ec", script]
        command = ["unshare", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc"]
        command += [f"--root={self.root}", "--wd=/", *become, *inside]
        try:
            done = subprocess.run(
                command,
                env=variables,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=limit,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise Failure(
                f"took longer than {limit:.0f} s\n{(late.stdout or b'').decode(errors='replace')}"
            ) from late
        said = done.stdout.decode(errors="replace")
        if done.returncode:
            raise Failure(f"ended with {done.returncode}\n{said}")
        return said

    def paths(self) -> set[str]:
        """Name all that is in it, but for what installing anything changes."""
        found = self.run("find / -xdev -path /proc -prune -o -print")
        return {line for line in found.splitlines() if not line.startswith(OTHERS)}

    def install(self, *packages: str) -> None:
        """Install packages, without what they merely recommend."""
        self.run(f"apt-get install -qq -y --no-install-recommends {' '.join(packages)}", limit=600)


class Failure(Exception):
    """A step did not do what it should; the words say what was seen."""


class Trial:
    """Steps, each with a line about it."""

    def __init__(self) -> None:
        self.failed = 0

    def step(self, name: str, act: Callable[[], str | None]) -> None:
        """Do a step and say how it ended; what it gives is a figure to be shown."""
        begun = time.monotonic()
        try:
            figure = act() or ""
        except Failure as problem:
            self.failed += 1
            print(f"   FAILED  {name}: {problem}", flush=True)
        else:
            print(
                f"   ok      {name}{f': {figure}' if figure else ''} ({time.monotonic() - begun:.1f} s)",
                flush=True,
            )


@contextmanager
def bare(cache: Path) -> Iterator[Bare]:
    """Give a fresh copy of the bare system."""
    kept = cache / RELEASE
    if not (kept / "etc" / "debian_version").is_file():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(["debootstrap", "--variant=minbase", RELEASE, str(kept)], check=True)
    with tempfile.TemporaryDirectory(prefix="bare-", dir=cache) as place:
        root = Path(place) / "root"
        subprocess.run(["cp", "-a", "--reflink=auto", str(kept), str(root)], check=True)
        (root / "etc" / "hosts").write_text("", encoding="utf-8")
        shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
        system = Bare(root)
        system.run(
            f"useradd --create-home --uid 1000 {PERSON}; mkdir -p /tmp/.X11-unix; chmod 1777 /tmp/.X11-unix"
        )
        system.run("apt-get update -qq", limit=600)
        yield system


def self_test(system: Bare, program: str, before: str = "") -> str:
    """Run the self-test off screen; its last line."""
    said = system.run(f"{before} QT_QPA_PLATFORM=offscreen '{program}' --self-test", person=True)
    return said.strip().splitlines()[-1]


def tour(system: Bare, program: str) -> str:
    """Walk through the program on a virtual screen; the number of pictures."""
    walk = f"cd {HOME}; xvfb-run -a -s '-screen 0 1280x800x24' '{program}' --demo --tour {HOME}/tour"
    system.run(walk, person=True)
    drawn = system.run(f"ls {HOME}/tour/*.png | wc -l; rm -r {HOME}/tour", person=True).strip()
    if int(drawn) < 10:
        raise Failure(f"{drawn} pictures")
    return f"{drawn} pictures"


def starts(system: Bare, program: str, *, home: str | None = HOME) -> str:
    """Start it as a person does, let it be for a moment and end it as a system does that shuts down."""
    limit = "timeout --preserve-status --signal=TERM 6"
    system.run(f"QT_QPA_PLATFORM=offscreen {limit} '{program}'", person=True, home=home)
    return "opened, and ended when it was told to"


def starts_homeless(system: Bare, program: str) -> str:
    """Start it as somebody whom the system does not know, who has no home and no variable that names one."""
    script = f"QT_QPA_PLATFORM=offscreen timeout --preserve-status --signal=TERM 6 '{program}'"
    said = system.run(f'cd /; setpriv --reuid=4242 --regid=4242 --clear-groups /bin/sh -ec "{script}"')
    return "opened, and ended when it was told to" if "Traceback" not in said else said


def try_deb(trial: Trial, cache: Path, package: Path) -> None:
    """Install, run, upgrade, remove and purge the package for Debian."""
    program = "/usr/bin/playhead"
    with bare(cache) as system, tempfile.TemporaryDirectory() as place:
        earlier = _earlier(package, Path(place))
        for file in (earlier, package):
            shutil.copyfile(file, system.root / "srv" / file.name)
        before = system.paths()
        trial.step("install an earlier version", lambda: system.install(f"/srv/{earlier.name}"))
        trial.step("installed size", lambda: system.run("du -sm /usr/lib/playhead | cut -f1").strip() + " MB")
        trial.step("no library is missing", lambda: _linked(system, "/usr/lib/playhead"))
        trial.step("self-test", lambda: self_test(system, program))
        trial.step("start as a person does", lambda: starts(system, program))
        trial.step("the person's data are there", lambda: _there(system, DATA))
        trial.step("a virtual screen", lambda: system.install(*DISPLAY))
        trial.step("tour", lambda: tour(system, program))
        trial.step("upgrade", lambda: system.install(f"/srv/{package.name}"))
        trial.step("version", lambda: system.run("dpkg-query -W -f '${Version}' playhead").strip())
        trial.step("self-test", lambda: self_test(system, program))
        trial.step("the person's data are there still", lambda: _there(system, DATA))
        trial.step("manual page", lambda: _there(system, "/usr/share/man/man1/playhead.1.gz"))
        trial.step("remove", lambda: system.run("apt-get remove -qq -y playhead") and None)
        trial.step("nothing is left but the person's data", lambda: _traceless(system, before))
        trial.step("install again", lambda: system.install(f"/srv/{package.name}"))
        trial.step("purge", lambda: system.run("apt-get purge -qq -y playhead") and None)
        trial.step("nothing is left but the person's data", lambda: _traceless(system, before))
    trial.step("lintian", lambda: _lintian(package))


def try_archive(trial: Trial, cache: Path, package: Path) -> None:
    """Unpack the archive for any Linux, run it, and take it away again."""
    with bare(cache) as system:
        system.install(*DESKTOP, *DISPLAY, "zstd")
        home_before = {path for path in system.paths() if path.startswith(HOME)}
        shutil.copyfile(package, system.root / "srv" / package.name)
        folder = f"{ODD_PLACE}/{package.name.removesuffix('.tar.zst')}"
        program = f"{folder}/playhead"
        unpack = f"mkdir '{ODD_PLACE}'; tar --zstd -xf /srv/{package.name} -C '{ODD_PLACE}'"
        trial.step("unpack beside a name of other letters", lambda: system.run(unpack) and None)
        trial.step("unpacked size", lambda: system.run(f"du -sm '{folder}' | cut -f1").strip() + " MB")
        check = f"cd '{folder}'; sha256sum --check --quiet SHA256SUMS"
        trial.step("sums", lambda: system.run(check) and None)
        trial.step("self-test", lambda: self_test(system, program))
        trial.step("self-test without a home", lambda: self_test(system, program, "unset HOME;"))
        trial.step("tour", lambda: tour(system, program))
        trial.step("start as a person does", lambda: starts(system, program))
        entry = f"{HOME}/.local/share/applications/playhead.desktop"
        menu = f"'{folder}/add-to-menu.sh'; grep -qF '{folder}' {entry}"
        trial.step("start without a home", lambda: starts_homeless(system, program))
        trial.step("into the menu", lambda: system.run(menu, person=True) and None)
        trial.step(
            "out of the menu", lambda: system.run(f"'{folder}/add-to-menu.sh' --remove", person=True) and None
        )
        trial.step("nothing is written into its folder", lambda: system.run(check) and None)
        trial.step("nothing is left but the person's data", lambda: _kept_home(system, home_before))
        trial.step("says that a glibc is too old", lambda: _too_old(system, program))


def _earlier(package: Path, place: Path) -> Path:
    """The same package under an earlier version, so that there is something to upgrade."""
    tree = place / "tree"
    subprocess.run(["dpkg-deb", "-R", str(package), str(tree)], check=True)
    control = tree / "DEBIAN" / "control"
    text = control.read_text(encoding="utf-8")
    version = next(line for line in text.splitlines() if line.startswith("Version: "))
    control.write_text(text.replace(version, f"{version}~earlier"), encoding="utf-8")
    target = place / "playhead_earlier.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(tree), str(target)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    return target


def _linked(system: Bare, folder: str) -> str:
    """See that every library of the bundle finds those that it is linked to."""
    script = (
        f"cd {folder}/_internal; export LD_LIBRARY_PATH=$PWD; "
        "find . -type f -name '*.so*' | while read -r file; do "
        "ldd $file | grep 'not found' | sed \"s|^|$file|\"; done"
    )
    if lacking := system.run(script).strip():
        raise Failure(lacking)
    return "all found"


def _there(system: Bare, path: str) -> str:
    if not (system.root / path.removeprefix("/")).exists():
        raise Failure(f"{path} is not there")
    return ""


def _traceless(system: Bare, before: set[str]) -> str:
    owned = set(system.run("cat /var/lib/dpkg/info/*.list").splitlines())
    left = {path for path in system.paths() - before - owned if not path.startswith(f"{HOME}/")}
    ours = sorted(path for path in left if "playhead" in path.lower())
    if ours:
        raise Failure("\n".join(ours))
    _there(system, DATA)
    return f"{len(left)} paths of the libraries' own triggers" if left else ""


def _kept_home(system: Bare, before: set[str]) -> str:
    left = {path for path in system.paths() if path.startswith(HOME)} - before
    strange = sorted(path for path in left if not path.startswith(DATA) and not DATA.startswith(path))
    # What libraries of the system keep for themselves.
    strange = [path for path in strange if not path.startswith((f"{HOME}/.cache", f"{HOME}/.config"))]
    if strange:
        raise Failure("\n".join(strange))
    return ""


def _too_old(system: Bare, program: str) -> str:
    """Let the system say that its glibc is old; the program has to refuse in words."""
    pretend = (
        f"cd {HOME}; mkdir old; printf '#!/bin/sh\\necho glibc 2.31\\n' > old/getconf; chmod +x old/getconf"
    )
    said = system.run(
        f"{pretend}; PATH=$PWD/old:$PATH '{program}' --version 2>&1 && exit 9 || true", person=True
    )
    if "2.31" not in said or "newer" not in said:
        raise Failure(said)
    return said.partition(". ")[0]


def _lintian(package: Path) -> str:
    """Let lintian look at it: errors fail, warnings are counted."""
    command = ["lintian", "--allow-root", "--fail-on", "error", "--no-tag-display-limit", str(package)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    lines = [line for line in done.stdout.splitlines() if line[:2] in {"E:", "W:"}]
    if done.returncode:
        raise Failure("\n".join(lines) or done.stderr)
    return f"no errors, {len(lines)} warnings"


def main(packages: Path, cache: Path) -> int:
    """Try every package for Linux in a folder."""
    trial = Trial()
    for name, attempt in (("*.deb", try_deb), ("*.tar.zst", try_archive)):
        for package in sorted(packages.glob(name)):
            print(f"-- {package.name}: {package.stat().st_size / 1e6:.1f} MB", flush=True)
            attempt(trial, cache, package)
    print("everything went well" if not trial.failed else f"{trial.failed} steps failed")
    return 1 if trial.failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]).resolve()))
