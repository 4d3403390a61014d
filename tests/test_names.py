"""Names that occur once: a class or file that is named is found at once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent / "desktop" / "playhead"
FILES = sorted(PROGRAM.rglob("*.py"))
PACKAGES = frozenset({"__init__", "__main__"})


def test_no_two_files_of_the_program_have_the_same_name() -> None:
    assert _twice([path.stem for path in FILES]) - PACKAGES == set()


def test_no_two_files_of_tests_have_the_same_name() -> None:
    """Pytest would read neither of them."""
    assert _twice([path.stem for path in Path(__file__).parent.rglob("test_*.py")]) == set()


def test_no_two_classes_of_the_program_have_the_same_name() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
    names = [node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    names = [name for name in names if not name.startswith("_")]
    assert _twice(names) == set()


def test_a_name_of_a_job_is_written_in_one_file_only() -> None:
    """A job replaces the one of its name: whoever means the same one imports the constant."""
    asked = re.compile(r"jobs\.(?:start|cancel|running|wait)\(\s*f?(\"[^\"]*\")")
    names = [name for path in FILES for name in set(asked.findall(path.read_text(encoding="utf-8")))]
    assert _twice(names) == set()


def _twice(names: list[str]) -> set[str]:
    """Names that occur more than once."""
    return {name for name, times in Counter(names).items() if times > 1}
