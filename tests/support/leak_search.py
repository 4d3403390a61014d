"""Looks for what must not be readable, in everything that a program left behind."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_DIGITS = re.compile(rb"\d[\d .()/-]{5,}\d")


def leaks(places: Iterable[Path], words: Iterable[str], numbers: Iterable[str]) -> list[str]:
    """Which of `words`, and of the digits of `numbers`, stand in which file of `places`, or in its name."""
    wanted = {word: (word.encode(), word.encode("utf-16-le")) for word in words}
    digits = {re.sub(r"\D", "", number) for number in numbers}
    assert all(len(word) > 3 for word in wanted)
    assert all(len(number) > 6 for number in digits)
    found = []
    for file in files(places):
        content = str(file).encode() + b"\n" + file.read_bytes()
        found += [
            f"{file}: {word}" for word, forms in wanted.items() if any(form in content for form in forms)
        ]
        runs = b"\n".join(re.sub(rb"\D", b"", run) for run in _DIGITS.findall(content)).decode()
        found += [f"{file}: {number}" for number in digits if number in runs]
    return found


def files(places: Iterable[Path]) -> Iterator[Path]:
    """Every file in these folders, and those that are files themselves."""
    for place in places:
        yield from (each for each in [place, *place.rglob("*")] if each.is_file())
