"""The one door of the project: sets up what is missing, then does what it is told.

    python3 packaging/dev.py run [ARGS]     start Playhead (ARGS go to it, for example --demo)
    python3 packaging/dev.py test [ARGS]    format, lint and type checks, then the tests (ARGS go to pytest)
    python3 packaging/dev.py test --quick   the same with what answers in about a minute (ARGS may follow)
    python3 packaging/dev.py cover [ARGS]   how much of each file the quick tests run
    python3 packaging/dev.py check          the checks alone
    python3 packaging/dev.py bench [NAMES]  the benchmarks, which print ratios and never fail on a time
    python3 packaging/dev.py bench [NAMES] --json FILE  the same; keeps each figure and if its aim is met
    python3 packaging/dev.py bench --compare A B  what changed beyond noise from one such file to another
    python3 packaging/dev.py bench --table  docs/BENCHMARKS.md, of tests/benchmarks/releases/VERSION.json
    python3 packaging/dev.py trials [NAMES] long trials: damage, vaults, targets, kills, input, audio, print
    python3 packaging/dev.py contracts      both providers against their OpenAPI documents (needs npx)
    python3 packaging/dev.py bundle         the program in dist/Playhead, and a check of it from outside
    python3 packaging/dev.py package        the same, packed for this system in dist/packages
    python3 packaging/dev.py completions DIR  completion of the command line for bash, zsh and fish
    python3 packaging/dev.py guide          the guide's pictures and docs/KEYS.md, made again from the program
    python3 packaging/dev.py lock           make the lock files again from pyproject.toml (needs uv)

Standard library only. Any Python 3.8 or newer may read this file; Playhead itself needs 3.11 to 3.13.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import debian
import environment

ROOT = Path(__file__).resolve().parent.parent
MOST_WORKERS = 4
"""Processes that test at the same time, at most: each has windows, servers and threads of its own."""
ALONE = "tests/realtime"
"""Tests that listen while it plays: all others together would not let it."""
QUICK = ["-m", "not slow and not process", "--ignore", "tests/journeys", "--ignore", ALONE]
"""What pytest leaves out for an answer in about a minute."""
TRIALS: dict[str, list[str]] = {
    "damage": ["tests/trials/damaged_catalogues.py"],
    "vaults": ["tests/trials/misbehaving_vaults.py"],
    "targets": ["tests/trials/odd_targets.py"],
    "input": ["tests/trials/arbitrary_input.py", "1000000"],
    "audio": ["tests/trials/mutated_audio.py"],
    "print": ["tests/trials/print_and_sheets.py"],
    "kills": ["-m", "pytest", "-q", "tests/journeys/test_export_killed.py"],
}
"""What is tried for minutes, each by its name: what Python is told."""
COMMANDS = {"export", "list"}
"""Words of the program that need no display."""
GUIDE_PICTURES = {
    "connect": "welcome",
    "find": "filter",
    "hear": "play",
    "judge": "note",
    "export": "export dialog",
    "reopen": "reopened export",
}
"""Pictures of the guide, and the steps of the tour that make them."""
LOCK_OPTIONS = [
    "--quiet",
    "--universal",
    "--upgrade",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
]


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the exit code of what was done."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if rest[:1] == ["--"]:
        rest = rest[1:]
    doors = {
        "run": run,
        "test": test,
        "cover": cover,
        "check": check,
        "bench": bench,
        "trials": trials,
        "contracts": contracts,
        "bundle": bundle,
        "package": package,
        "completions": completions,
        "guide": guide,
        "lock": lock,
    }
    if command not in doors:
        print(__doc__)
        return 0 if command in {"-h", "--help", "help"} else 2
    try:
        return doors[command](rest)
    except environment.SetupError as problem:
        print(f"Playhead: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Start Playhead, in place of this process where the system can do that."""
    python = environment.ready(ROOT, debian.TO_RUN)
    variables = dict(os.environ)
    if not COMMANDS.intersection(arguments) and not has_display(variables):
        variables["QT_QPA_PLATFORM"] = "offscreen"
        print("There is no display: Playhead draws off screen.", file=sys.stderr, flush=True)
        arguments = with_tour(arguments, ROOT / "out" / "tour")
    command = [str(python), "-m", "playhead", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, variables)  # noqa: S606 - our own interpreter, no shell
    return subprocess.run(command, env=variables, check=False).returncode


def has_display(variables: dict[str, str]) -> bool:
    """Say whether a window can be seen: always on Windows and macOS, else if the variables name a display."""
    platform = variables.get("QT_QPA_PLATFORM", "")
    if platform or not sys.platform.startswith("linux"):
        return platform not in {"offscreen", "minimal"}
    return any(variables.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def with_tour(arguments: list[str], folder: Path) -> list[str]:
    """Make a demo that nobody can see into a tour that leaves its pictures in `folder`."""
    toured = any(word == "--tour" or word.startswith("--tour=") for word in arguments)
    return arguments if "--demo" not in arguments or toured else [*arguments, "--tour", str(folder)]


def test(arguments: list[str]) -> int:
    """Run every check and the tests, whatever fails on the way, and say at the end what did."""
    python = environment.ready(ROOT, (*debian.TO_RUN, *debian.TO_TEST))
    pytest = [str(python), "-m", "pytest"]
    tests = [(name, [*pytest, *words]) for name, words in test_runs(arguments)]
    return _all_of([*_checks(python), *tests])


def test_runs(arguments: list[str]) -> list[tuple[str, list[str]]]:
    """Name the runs of pytest that the command line asks for, with what each is told."""
    cores = os.cpu_count() or 1
    if arguments[:1] == ["--quick"]:
        words = [*_together(cores), *QUICK, "--hypothesis-profile", "quick"]
        return [("pytest", [*words, *arguments[1:]])]
    if arguments:
        return [("pytest", arguments)]
    # Most wait a third of their time for processes and timers: one more than there are cores fills that.
    return [
        ("pytest", [*_together(cores + 1), "--ignore", ALONE]),
        ("pytest realtime", [*_together(2), ALONE]),
    ]


def cover(arguments: list[str]) -> int:
    """Run the quick tests, or those that are named, and print how much of each file they run."""
    python = environment.ready(ROOT, (*debian.TO_RUN, *debian.TO_TEST))
    lock_file = ROOT / "packaging" / "requirements-cover.lock"
    install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock_file)]
    if subprocess.run(install, cwd=ROOT, check=False).returncode:
        return 1
    # In one process: coverage would have to be told of each that pytest-xdist starts.
    words = arguments or [*QUICK, "--hypothesis-profile", "quick"]
    run = [str(python), "-m", "coverage", "run", "--source=desktop/playhead", "-m", "pytest", "-q", *words]
    worst = subprocess.run(run, cwd=ROOT, check=False).returncode
    report = [str(python), "-m", "coverage", "report", "--skip-covered", "--sort=cover"]
    return subprocess.run(report, cwd=ROOT, check=False).returncode or worst


def check(_arguments: list[str]) -> int:
    """Run the format, lint and type checks."""
    return _all_of(_checks(environment.ready(ROOT, ())))


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, keep their figures, or compare what was kept."""
    import benchmarking

    return benchmarking.bench(ROOT, environment.ready(ROOT, debian.TO_RUN), arguments, _offscreen())


def trials(arguments: list[str]) -> int:
    """Run the long trials, all or those whose names are given."""
    unknown = [name for name in arguments if name not in TRIALS]
    if unknown:
        print(f"There is no trial {unknown[0]}. There are: {', '.join(TRIALS)}.", file=sys.stderr)
        return 2
    python = environment.ready(ROOT, (*debian.TO_RUN, *debian.TO_TEST))
    paths = os.pathsep.join(str(ROOT / place) for place in ("desktop", "tests"))
    variables = {**_offscreen(), "PYTHONPATH": paths, "PLAYHEAD_KILLS": "200"}
    worst = 0
    for name in arguments or list(TRIALS):
        print(f"-- {name}", flush=True)
        done = subprocess.run([str(python), *TRIALS[name]], cwd=ROOT, env=variables, check=False)
        worst = done.returncode or worst
    return worst


def contracts(_arguments: list[str]) -> int:
    """Run both providers against mock servers made from their OpenAPI documents."""
    import prism

    return prism.check(ROOT, environment.ready(ROOT, ()))


def bundle(_arguments: list[str]) -> int:
    """Build the program for machines without Python, and try it as a stranger would."""
    import bundle as bundling

    return bundling.build(ROOT, environment.ready(ROOT, (*debian.TO_RUN, *debian.TO_BUNDLE)))


def package(_arguments: list[str]) -> int:
    """Build and try the program, then pack it as this system installs programs."""
    import package as packing

    return packing.pack(ROOT, environment.ready(ROOT, (*debian.TO_RUN, *debian.TO_BUNDLE)))


def completions(arguments: list[str]) -> int:
    """Write the files by which shells complete the command line into the folder that is given."""
    folder = arguments[0] if arguments else str(ROOT / "out" / "completions")
    python = environment.ready(ROOT, ())
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "desktop")}
    script = ROOT / "packaging" / "completions.py"
    return subprocess.run([str(python), str(script), folder], env=variables, check=False).returncode


def guide(_arguments: list[str]) -> int:
    """Make the pictures of the guide again by a tour of the demo, and the table of keys."""
    python = environment.ready(ROOT, debian.TO_RUN)
    keys = subprocess.run(
        [str(python), "-m", "playhead.ui.shell.keytable"],
        cwd=ROOT,
        env=_offscreen(),
        check=True,
        stdout=subprocess.PIPE,
    )
    (ROOT / "docs" / "KEYS.md").write_bytes(keys.stdout)
    with tempfile.TemporaryDirectory() as place:
        # A home that is nobody's: the dialogs show where Documents are.
        variables = {
            **_offscreen(),
            "HOME": str(Path("/home", "you")),
            "XDG_CACHE_HOME": place,
            "XDG_CONFIG_HOME": place,
        }
        command = [str(python), "-m", "playhead", "--demo", "--tour", place]
        code = subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode
        for name, step in GUIDE_PICTURES.items() if not code else ():
            (picture,) = Path(place).glob(f"[0-9][0-9] {step}.png")
            shutil.copyfile(picture, ROOT / "resources" / "guide" / "pictures" / f"{name}.png")
    return code


def lock(_arguments: list[str]) -> int:
    """Make both lock files again: newest versions that fit pyproject.toml, hashes, no addresses."""
    if shutil.which("uv") is None:
        raise environment.SetupError("the lock files are made by uv, which was not found: `pip install uv`.")
    for name, extra in (("requirements.lock", []), ("requirements-dev.lock", ["--extra", "dev"])):
        command = ["uv", "pip", "compile", *LOCK_OPTIONS, *extra, "pyproject.toml", "-o", f"packaging/{name}"]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    command = ["uv", "pip", "compile", *LOCK_OPTIONS, "packaging/requirements-cover.in"]
    command += ["-o", "packaging/requirements-cover.lock"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _together(processes: int) -> list[str]:
    """Tell pytest to test in so many processes, as far as that is sound."""
    return ["-n", str(min(processes, MOST_WORKERS)), "--dist", "worksteal"]


def _checks(python: Path) -> list[tuple[str, list[str]]]:
    """Name the checks and their commands."""
    scripts = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "packaging").glob("*.py"))
    folders = ["desktop", "tests", "packaging"]
    return [
        ("ruff format", [str(python), "-m", "ruff", "format", "--check", "--quiet", *folders]),
        ("ruff check", [str(python), "-m", "ruff", "check", "--quiet", *folders]),
        ("mypy", [str(python), "-m", "mypy", "--no-error-summary", "desktop/playhead", "tests", *scripts]),
    ]


def _all_of(steps: list[tuple[str, list[str]]]) -> int:
    """Run every step, then a line for each: its name, how it ended and how long it took."""
    lines, worst = [], 0
    for name, command in steps:
        print(f"-- {name}", flush=True)
        begun = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=_offscreen(), check=False).returncode
        worst = worst or code
        lines.append(f"   {'FAILED' if code else 'ok':8}{name:16}{time.monotonic() - begun:6.1f} s")
    print("-- summary", *lines, sep="\n")
    return 1 if worst else 0


def _offscreen() -> dict[str, str]:
    """Give the variables of a process that draws its windows where nobody sees them."""
    # The tests start a hundred processes, each of which would compile the program anew.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
