"""The page of figures in the documentation, made of the file of the last release; run, it prints it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from benchresults import Key, Results
from figures import Figure

RELEASES = Path(__file__).with_name("releases")
"""A file of results for each release, named by its version."""


def releases(folder: Path = RELEASES) -> list[tuple[str, Results]]:
    """Version and results of every release, the newest first."""
    files = sorted(
        folder.glob("*.json"), key=lambda path: [int(part) for part in path.stem.split(".")], reverse=True
    )
    return [(file.stem, Results.from_text(file.read_text(encoding="utf-8"))) for file in files]


def table(known: Sequence[tuple[str, Results]]) -> str:
    """The page of the newest release, as Markdown, beside the values of the one before; the newest is first.

    It has the figures that have an aim or a baseline; the file has all of them.
    """
    (version, results), *earlier = known
    machine = results.machine
    taken = f"{results.date} at commit {results.commit}, on {machine['cores']} cores, {machine['system']}"
    before, known_before = earlier[0] if earlier else ("before", None)
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
        lines += ["", f"## {benchmark.replace('_', ' ')}", ""]
        lines += [
            f"| figure | {before} | {version} | spread | aim | |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += [_row(key, figure, known_before) for key, figure in rows]
    return "\n".join([*lines, "", *_missed(results), ""])


def _row(key: Key, figure: Figure, before: Results | None) -> str:
    name = ": ".join(part for part in key[1:] if part)
    was = None if before is None else before.figures.get(key)
    met = {None: "", True: "met", False: "**missed**"}[figure.met]
    low, high = figure.spread
    cells = (
        name.replace("|", r"\|"),
        f"{was.value:.3g}" if was is not None else "",
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
    print(table(releases()), end="")
