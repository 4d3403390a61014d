"""Figures of the benchmarks: printed for who looks on, and kept for who compares them with others later.

A benchmark prints through `section`, `show`, `show_ratio` and `show_tail`. Where the variable
`PLAYHEAD_FIGURES` names a file, each figure is appended to it as a line of JSON.
"""

import json
import os
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "PLAYHEAD_FIGURES"
"""Variable of the environment that names the file to which figures are appended."""
FEW = 5
"""Runs of which all belong to the spread: the quarters of fewer say nothing."""


@dataclass(frozen=True)
class Figure:
    """What one measurement came to."""

    name: str
    unit: str
    value: float
    """The median of all runs, in `unit`; of a ratio the median over pairs of runs."""
    spread: tuple[float, float]
    """Where the middle half of the runs lie; of fewer than five, all of them."""
    runs: int
    baseline: float | None = None
    """The median of what was measured beside it, where the figure is a ratio."""
    ratio: float | None = None
    aim: float | None = None
    more_is_better: bool = False
    """The aim is to be reached, not to be stayed under."""

    @property
    def met(self) -> bool | None:
        """Say whether the aim is met; None where there is none."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.more_is_better else self.value <= self.aim

    @property
    def wanted(self) -> str:
        """The aim in words."""
        if self.aim is None:
            return ""
        return f"at {'least' if self.more_is_better else 'most'} {self.aim:g}"


def section(name: str) -> None:
    """Print a heading; the names of figures differ within their section."""
    print(f" {name}")
    _append({"section": name})


def show(
    name: str, values: Sequence[float], unit: str, *, aim: float | None = None, least: float | None = None
) -> None:
    """Print the median, the best and the worst run; the median is to be `aim` at most, or the `least`."""
    figure = Figure(
        name=name,
        unit=unit,
        value=statistics.median(values),
        spread=_spread(values),
        runs=len(values),
        aim=least if aim is None else aim,
        more_is_better=least is not None or unit.endswith("/s"),
    )
    print(f"  {name:52}{figure.value:9.1f} {unit:8} ({min(values):.1f} to {max(values):.1f}){_told(figure)}")
    _keep(figure)


def show_ratio(
    name: str,
    values: Sequence[float],
    baseline: Sequence[float],
    *,
    aim: float | None = None,
    least: float | None = None,
) -> None:
    """Print how many times the baseline the values are: the median over pairs of runs."""
    ratios = [value / base for value, base in zip(values, baseline, strict=True)]
    figure = Figure(
        name=name,
        unit="times",
        value=statistics.median(ratios),
        spread=_spread(ratios),
        runs=len(ratios),
        baseline=statistics.median(baseline),
        ratio=statistics.median(ratios),
        aim=least if aim is None else aim,
        more_is_better=least is not None,
    )
    print(f"  {name:52}{figure.value:9.2f} times    ({min(ratios):.2f} to {max(ratios):.2f}){_told(figure)}")
    _keep(figure)


def show_tail(
    name: str,
    values: Sequence[float],
    unit: str,
    *,
    aim: float | None = None,
    worst: float | None = None,
) -> None:
    """Print the median, what 95 of 100 stay under (`aim`, at most), and the worst (`worst`, at most)."""
    ordered = sorted(values)
    show(name, ordered, unit)
    show(f"{name}, 95 of 100", [ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]], unit, aim=aim)
    show(f"{name}, worst", ordered[-1:], unit, aim=worst)


def _spread(values: Sequence[float]) -> tuple[float, float]:
    if len(values) < FEW:
        return min(values), max(values)
    quarters = statistics.quantiles(values, n=4, method="inclusive")
    return quarters[0], quarters[2]


def _told(figure: Figure) -> str:
    if figure.met is None:
        return ""
    return f" · {figure.wanted}: {'met' if figure.met else 'MISSED'}"


def _keep(figure: Figure) -> None:
    _append({**asdict(figure), "met": figure.met})


def _append(line: "dict[str, object]") -> None:
    path = os.environ.get(FILE)
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"benchmark": _benchmark(), **line}) + "\n")


def _benchmark() -> str:
    """The name of the benchmark that runs."""
    return Path(sys.argv[0]).stem.removeprefix("bench_")
