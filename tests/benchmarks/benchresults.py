"""Results of a run of benchmarks: its figures, and what they were taken on.

`benchresults.py LINES FILE` makes such a file of the lines that benchmarks have appended to LINES.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from figures import Figure

Key = tuple[str, str, str]
"""Benchmark, section (may be empty) and name of a figure."""


@dataclass(frozen=True)
class Results:
    """Figures of one run of benchmarks."""

    commit: str
    """Ends with `+` where files differed from it."""
    date: str
    machine: Mapping[str, str | int]
    figures: Mapping[Key, Figure]

    def to_text(self) -> str:
        """Spell these results as JSON, a figure a line, so that versions of the file can be compared."""
        head = {"commit": self.commit, "date": self.date, "machine": self.machine}
        lines = (json.dumps(_row(key, figure), ensure_ascii=False) for key, figure in self.figures.items())
        return f'{json.dumps(head)[:-1]}, "figures": [\n' + ",\n".join(lines) + "\n]}\n"

    @classmethod
    def from_text(cls, text: str) -> "Results":
        """Read what `to_text` has spelt."""
        read = json.loads(text)
        return cls(read["commit"], read["date"], read["machine"], figures_of(read["figures"]))


def figures_of(rows: "Iterable[Mapping[str, object]]") -> dict[Key, Figure]:
    """Read figures, in the order of the rows; a row that is a heading names the section of those after it."""
    found = dict[Key, Figure]()
    names, sections = {field.name for field in fields(Figure)}, dict[object, str]()
    for row in rows:
        benchmark = row["benchmark"]
        if "section" in row:
            sections[benchmark] = str(row["section"])
        if "name" not in row:
            continue
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        figure = Figure(**{name: value for name, value in values.items() if name in names})  # type: ignore[arg-type]
        found[str(benchmark), sections.get(benchmark, ""), figure.name] = figure
    return found


def _row(key: Key, figure: Figure) -> dict[str, object]:
    benchmark, section, _ = key
    return {"benchmark": benchmark, "section": section, **asdict(figure), "met": figure.met}


def _commit() -> str:
    """The commit that is checked out, or nothing outside a repository."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return described.stdout.strip()


def _machine() -> dict[str, str | int]:
    """Describe what the figures depend on, and nothing by which the machine is known."""
    from PySide6.QtCore import qVersion

    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "qt": qVersion(),
    }


def main(lines: Path, file: Path) -> None:
    """Write the results of the run that ends now."""
    rows = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    now = datetime.now(UTC).date().isoformat()
    results = Results(_commit(), now, _machine(), figures_of(rows))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(results.to_text(), encoding="utf-8")
    missed = [name for (*_, name), figure in results.figures.items() if figure.met is False]
    print(f"{len(results.figures)} figures in {file.name}, {len(missed)} of them miss their aim")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
