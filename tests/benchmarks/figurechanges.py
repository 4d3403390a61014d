"""What changed from one run of the benchmarks to another: `figurechanges.py BEFORE AFTER`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchresults import Results
from figures import Figure

LEAST = 0.05
"""Share by which a figure has to differ, whatever its spread says."""
ALONE = 0.2
"""The same for a figure of a single run, of which no spread is known."""
NEAR_NOTHING = 0.1
"""In the figure's unit: what is no larger before and after is not told apart."""


def changes(before: Results, after: Results) -> Iterator[str]:
    """Give a line for each figure that differs by more than noise, and for each aim met or missed anew."""
    for key, figure in after.figures.items():
        other = before.figures.get(key)
        if other is None:
            yield _line(key, f"{_value(figure)}, not measured before")
            continue
        words = [*_moved(other, figure), *_aimed(other, figure)]
        if words:
            yield _line(key, f"{_value(other)} -> {_value(figure)}, {', '.join(words)}")
    for key in before.figures.keys() - after.figures.keys():
        yield _line(key, "measured no more")


def _moved(before: Figure, after: Figure) -> Iterator[str]:
    """Say how much it differs, if that is more than noise."""
    if max(abs(before.value), abs(after.value)) <= NEAR_NOTHING:
        return
    if not _beyond_noise(before, after):
        return
    better = (after.value > before.value) == after.more_is_better
    times = f"{after.value / before.value:.2f} times" if before.value else "from nothing"
    yield f"{times}: {'better' if better else 'worse'}"


def _beyond_noise(before: Figure, after: Figure) -> bool:
    apart = after.spread[0] > before.spread[1] or after.spread[1] < before.spread[0]
    least = ALONE if min(before.runs, after.runs) == 1 else LEAST
    return apart and abs(after.value - before.value) > least * abs(before.value)


def _aimed(before: Figure, after: Figure) -> Iterator[str]:
    """Say if its aim is met now and was not, or the other way round."""
    if after.met is not None and after.met != before.met:
        yield f"{after.wanted}: {'met now' if after.met else 'missed now'}"


def _value(figure: Figure) -> str:
    return f"{figure.value:.4g} {figure.unit}"


def _line(key: tuple[str, str, str], text: str) -> str:
    return f"{' · '.join(part for part in key if part)}: {text}"


def main(before: Path, after: Path) -> None:
    """Print what changed, and on what both were taken where that differs."""
    first, second = (Results.from_text(path.read_text(encoding="utf-8")) for path in (before, after))
    print(f"{first.commit} of {first.date} -> {second.commit} of {second.date}")
    if first.machine != second.machine:
        print(f"on other machines: {dict(first.machine)} -> {dict(second.machine)}; compare the ratios alone")
    lines = list(changes(first, second))
    print(*lines or ["Nothing changed by more than noise."], sep="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
