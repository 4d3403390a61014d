"""The page of figures in the documentation, made of the file of the last release; run, it prints it."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from benchresults import Results
from figures import Figure

RELEASES = Path(__file__).with_name("releases")
"""A file of results for each release, named by its version."""


def last_release(folder: Path = RELEASES) -> tuple[str, Results]:
    """Version and results of the newest release."""
    newest = max(folder.glob("*.json"), key=lambda path: [int(part) for part in path.stem.split(".")])
    return newest.stem, Results.from_text(newest.read_text(encoding="utf-8"))


def table(version: str, results: Results) -> str:
    """The page of figures that have an aim or a baseline, as Markdown; the file has all of them."""
    machine = results.machine
    taken = f"{results.date} at commit {results.commit}, on {machine['cores']} cores, {machine['system']}"
    lines = [
        f"# Figures of {version}",
        "",
        f"Taken on {taken}, Python {machine['python']}, Qt {machine['qt']}.",
        "Made by `packaging/dev.py bench --table` of",
        f"[all figures](../tests/benchmarks/releases/{version}.json); these have an aim or a baseline.",
        "A value is the median of several runs; the spread holds the middle half, of fewer than five all.",
        "The beginning of each file in `tests/benchmarks/` tells how it is measured.",
    ]
    told = [(key, each) for key, each in results.figures.items() if each.aim is not None or each.ratio]
    for benchmark, rows in groupby(told, key=lambda item: item[0][0]):
        lines += ["", f"## {benchmark.replace('_', ' ')}", "", "| figure | value | spread | aim | |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        lines += [_row(key[1], figure) for key, figure in rows]
    return "\n".join([*lines, "", *_missed(results), ""])


def _row(section: str, figure: Figure) -> str:
    name = f"{section}: {figure.name}" if section else figure.name
    met = {None: "", True: "met", False: "**missed**"}[figure.met]
    low, high = figure.spread
    cells = (
        name.replace("|", r"\|"),
        f"{figure.value:.3g} {figure.unit}",
        f"{low:.3g} to {high:.3g}" if figure.runs > 1 else "",
        figure.wanted,
        met,
    )
    return f"| {' | '.join(cells)} |"


def _missed(results: Results) -> Iterator[str]:
    aimed = [figure for figure in results.figures.values() if figure.met is not None]
    yield f"{sum(bool(figure.met) for figure in aimed)} of {len(aimed)} aims are met."


if __name__ == "__main__":
    print(table(*last_release()), end="")
