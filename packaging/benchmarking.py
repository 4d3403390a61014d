"""Runs the benchmarks one after another, and does what is asked with their figures.

Scripts beside the benchmarks gather, compare and tabulate the figures, in the environment of these.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER = Path("tests", "benchmarks")
TABLE = Path("docs", "BENCHMARKS.md")
FILE = "PLAYHEAD_FIGURES"
"""Variable that tells a benchmark the file to which it appends its figures."""


def bench(root: Path, python: Path, arguments: Sequence[str], variables: Mapping[str, str]) -> int:
    """Do what the command line asks; the exit code: a time never fails, an error of a benchmark does."""
    asked = _parser().parse_args(arguments)
    run = _Scripts(root, python, {**variables, "PYTHONPATH": _paths(root), "PYTHONUTF8": "1"})
    if asked.compare:
        return run.script("figurechanges.py", *(str(path.resolve()) for path in asked.compare))
    if asked.table:
        (root / TABLE).write_text(run.output("figuretable.py"), encoding="utf-8")
        return 0
    names = asked.names or sorted(
        path.stem[len("bench_") :] for path in root.joinpath(FOLDER).glob("bench_*.py")
    )
    if asked.json is None:
        return run.all(names)
    return _kept(run, names, asked.json.resolve())


def _kept(run: _Scripts, names: Sequence[str], file: Path) -> int:
    """Run the benchmarks and keep their figures, also if one of them ends in an error."""
    with tempfile.TemporaryDirectory() as made:
        lines = Path(made, "lines.json")
        lines.touch()
        worst = run.with_variable(FILE, str(lines)).all(names)
        return run.script("benchresults.py", str(lines), str(file)) or worst


class _Scripts:
    """The scripts beside the benchmarks, run by one interpreter."""

    def __init__(self, root: Path, python: Path, variables: Mapping[str, str]) -> None:
        self._root = root
        self._python = python
        self._variables = dict(variables)

    def with_variable(self, name: str, value: str) -> _Scripts:
        """Give the same with one more variable of the environment."""
        return _Scripts(self._root, self._python, {**self._variables, name: value})

    def all(self, names: Sequence[str]) -> int:
        """Run the benchmarks of these names; the last exit code that is not 0, if any."""
        worst = 0
        for name in names:
            worst = self.script(f"bench_{name}.py") or worst
        return worst

    def script(self, name: str, *words: str) -> int:
        """Run one script; its exit code."""
        return subprocess.run(
            self._command(name, *words), cwd=self._root, env=self._variables, check=False
        ).returncode

    def output(self, name: str) -> str:
        """Run one script; what it prints."""
        done = subprocess.run(
            self._command(name), cwd=self._root, env=self._variables, check=True, stdout=subprocess.PIPE
        )
        return done.stdout.decode("utf-8")

    def _command(self, name: str, *words: str) -> list[str]:
        return [str(self._python), str(FOLDER / name), *words]


def _paths(root: Path) -> str:
    return os.pathsep.join(str(root / place) for place in ("desktop", "tests"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("names", nargs="*", metavar="NAMES", help="benchmarks to run; all if there are none")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every figure in FILE")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("A", "B"), help="two such files")
    parser.add_argument("--table", action="store_true", help=f"make {TABLE} of the last release's figures")
    return parser
