"""Names that occur once: a class or file that is named is found at once."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent / "desktop" / "playhead"
FILES = sorted(PROGRAM.rglob("*.py"))
PACKAGES = frozenset({"__init__", "__main__"})


def test_no_two_files_of_the_program_have_the_same_name() -> None:
    assert _twice([path.stem for path in FILES]) - PACKAGES == set()


def test_no_two_classes_of_the_program_have_the_same_name() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
    names = [node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    names = [name for name in names if not name.startswith("_")]
    assert _twice(names) == set()


def _twice(names: list[str]) -> set[str]:
    """Names that occur more than once."""
    return {name for name, times in Counter(names).items() if times > 1}
