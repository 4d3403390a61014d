"""The layers of the program, and what no file of it may hold (ARCHITECTURE.md says why)."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "desktop" / "playhead"
MODULES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
"""The files of the program, each parsed once."""

EVERYWHERE = {"typing_extensions"}
"""Types only; it does nothing of its own."""

OUTSIDE = {
    "core": set[str](),
    "providers": {"httpx", "httpcore", "truststore"},
    "catalogue": {"apsw"},
    "machine": {"keyring", "platformdirs", "filelock"},
    "sound": {"av", "numpy", "PySide6.QtCore", "PySide6.QtMultimedia"},
    "ui": {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg", "phonenumbers"},
    "papers": {"xlsxwriter"},
    "demo": {"starlette", "uvicorn"},
}
"""The outside libraries that have their home in each package."""

JOINING = {
    "__init__": set[str](),
    "__main__": {"PySide6", "qasync", "playhead"},
    "app": {"PySide6", "qasync", "playhead"},
    "program": {"PySide6", "shiboken6", "playhead"},
    "catalogueopening": {"playhead"},
    "journeys": {"PySide6", "playhead"},
    "selftest": {"PySide6", "qasync", "playhead"},
}
"""The modules at the top, which join the packages, and the libraries that they may use besides."""

EXCEPTIONS = {
    ("selftest", "av"): "the self-test names the codecs that are missing, whatever is built on them",
}
"""Imports that the tables above forbid: `(module, import)` and the reason why it is right all the same."""

SHARED = {"PySide6.QtCore": "signals and objects, which sound and ui both are made of"}
"""Libraries with more than one home, and why."""


def name_of(path: Path) -> str:
    """`desktop/playhead/core/loading/feed.py` is `core.loading.feed`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def package_of(path: Path) -> str:
    """Name the package of a module, or the module itself when it is one that joins."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at whatever depth, `from PySide6 import QtGui` as `PySide6.QtGui`."""
    for node in ast.walk(MODULES[path]):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                if module in {"PySide6", "playhead"}:
                    yield from (f"{module}.{name.name}" for name in names)
                else:
                    yield module


def allowed(module: str, names: set[str]) -> bool:
    """Say whether `module` is one of `names` or inside of one."""
    return any(module == name or module.startswith(f"{name}.") for name in names)


def outside(path: Path) -> Iterator[str]:
    """The imports of a file that are neither ours nor the standard library's."""
    for module in imports(path):
        if module.split(".")[0] not in sys.stdlib_module_names | {"playhead"} and not allowed(
            module, EVERYWHERE
        ):
            yield module


def test_every_module_belongs_to_a_known_layer() -> None:
    assert {package_of(path) for path in MODULES} <= set(OUTSIDE) | set(JOINING)


def ours_from_elsewhere(path: Path) -> Iterator[str]:
    """The imports of a file from another package of ours than the core and its own."""
    package = package_of(path)
    own = {"playhead.core", f"playhead.{package}", "playhead.__version__"}
    if package not in JOINING:
        yield from (each for each in imports(path) if allowed(each, {"playhead"}) and not allowed(each, own))


def away_from_home(path: Path) -> Iterator[str]:
    """The imports of a file from libraries that have their home elsewhere."""
    homes = {**OUTSIDE, **JOINING}[package_of(path)]
    return (module for module in outside(path) if not allowed(module, homes))


def found(look: Callable[[Path], Iterator[str]]) -> list[tuple[str, str]]:
    """Every `(module, import)` that `look` finds and no exception allows."""
    pairs = [(name_of(path), module) for path in MODULES for module in look(path)]
    return [pair for pair in pairs if pair not in EXCEPTIONS]


def test_a_package_imports_of_ours_only_the_core_and_itself() -> None:
    assert found(ours_from_elsewhere) == []


def test_an_outside_library_is_used_only_in_its_home() -> None:
    assert found(away_from_home) == []


def test_an_outside_library_has_one_home() -> None:
    homes = [library for libraries in OUTSIDE.values() for library in libraries]
    assert {library for library in homes if homes.count(library) > 1} == set(SHARED)


def test_exceptions_are_still_needed() -> None:
    needed = {(name_of(path), module) for path in MODULES for module in imports(path)}
    assert set(EXCEPTIONS) <= needed


def relative_imports(tree: ast.AST) -> Iterator[int]:
    """Lines that import from a dot."""
    return (node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level)


def modal_calls(tree: ast.AST) -> Iterator[int]:
    """Lines that run a loop in the loop: `.exec()` of a dialog or menu stalls all other tasks (qasync#59)."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"exec", "exec_"}
        ):
            yield node.lineno


def loose_slots(tree: ast.AST) -> Iterator[int]:
    """Lines that name `asyncSlot`, whose tasks nobody can cancel and whose errors nobody hears."""
    for node in ast.walk(tree):
        if getattr(node, "id", None) == "asyncSlot" or getattr(node, "attr", None) == "asyncSlot":
            yield node.lineno  # type: ignore[attr-defined]


def foreign_signals(tree: ast.AST) -> Iterator[int]:
    """Lines that fire a signal of another object, which has a method for what is wanted of it."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="emit", value=ast.Attribute(value=ast.Name(id="self"))):
                continue
            case ast.Attribute(attr="emit", value=ast.Attribute()):
                yield node.lineno


LENIENCE = {
    (
        "ui.exports.filedrag",
        "modal_calls",
    ): "a drag of the system is a loop of its own, begun by no task",
    ("app", "modal_calls"): "the second of two programs says why it ends, before there is any other loop",
}
"""What a module does although the house forbids it: `(module, rule)` and the reason why it is right."""


@pytest.mark.parametrize("forbidden", [relative_imports, modal_calls, loose_slots, foreign_signals])
def test_no_module_holds_what_the_house_forbids(forbidden: Callable[[ast.AST], Iterator[int]]) -> None:
    trees = {name_of(path): tree for path, tree in MODULES.items()}
    places = [(name, line) for name, tree in trees.items() for line in forbidden(tree)]
    assert [place for place in places if (place[0], forbidden.__name__) not in LENIENCE] == []


def test_what_the_house_forbids_is_recognised() -> None:
    tree = ast.parse(
        "from . import feed\ndialog.exec()\n@qasync.asyncSlot()\ndef play(): ...\n"
        "self.bar.sought.emit(self.told.emit)\n"
    )
    rules = (relative_imports, modal_calls, loose_slots, foreign_signals)
    assert [list(look(tree)) for look in rules] == [[1], [2], [3], [5]]


COMMITTED = [
    path
    for pattern in (
        "*.md",
        "*.toml",
        ".ci/*",
        "desktop/**/*",
        "packaging/**/*",
        "tests/**/*",
        "resources/**/*",
    )
    for path in ROOT.glob(pattern)
    if path.is_file() and path != Path(__file__).resolve() and "__pycache__" not in path.parts
]
ADDRESSES = re.compile(rb"pypi\.org|pythonhosted\.org|registry\.npmjs|--(extra-)?index-url[ =]|--find-links")
PLACES = re.compile(rb"[\"'`( =](/root/|/home/[a-z]|/work/|/Users/[A-Za-z])")


@pytest.mark.parametrize("pattern", [ADDRESSES, PLACES], ids=["index addresses", "paths of one machine"])
def test_no_file_names_what_only_one_machine_has(pattern: re.Pattern[bytes]) -> None:
    assert [str(path.relative_to(ROOT)) for path in COMMITTED if pattern.search(path.read_bytes())] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-cover.lock"])
def test_every_locked_requirement_has_one_version_and_hashes(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", requirement), requirement


def test_what_runs_is_locked_as_what_is_tested() -> None:
    pins = {
        name: set(
            re.findall(r"^[a-z0-9.-]+==[^ ]+", (ROOT / "packaging" / name).read_text("utf-8"), re.MULTILINE)
        )
        for name in ("requirements.lock", "requirements-dev.lock")
    }
    assert pins["requirements.lock"] <= pins["requirements-dev.lock"]
