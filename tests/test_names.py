"""Names that occur once: a class or file that is named is found at once."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent / "desktop" / "playhead"
FILES = sorted(PROGRAM.rglob("*.py"))
CLASSES_TWICE = frozenset(
    [
        "Asked",
        "Condition",
        "Field",
        "Found",
        "Journal",
        "Kept",
        "Line",
        "Party",
        "Piece",
        "Way",
        "_Row",
    ]  # to be renamed
)
FILES_TWICE = frozenset(
    ["accounts", "fields", "links", "media", "patience", "query", "rows", "__init__", "__main__"]
)
"""Packages need their `__init__` and `__main__`; the others are to be renamed."""


def test_no_two_files_of_the_program_have_the_same_name() -> None:
    assert _twice([path.stem for path in FILES]) - FILES_TWICE == set()


def test_no_two_classes_of_the_program_have_the_same_name() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
    names = [node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    assert _twice(names) - CLASSES_TWICE == set()


def _twice(names: list[str]) -> set[str]:
    """Names that occur more than once."""
    return {name for name, times in Counter(names).items() if times > 1}
