"""The layers of the program, and what no file of it may hold (ARCHITECTURE.md says why)."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "desktop" / "playhead"
Program = dict[str, ast.Module]
"""The files of the program: `desktop/playhead/core/loading/feed.py` is `core.loading.feed`."""

PACKAGES = {
    "core": "",
    "providers": "httpx httpcore truststore",
    "catalogue": "apsw numpy",
    "machine": "keyring platformdirs filelock",
    "sound": "av numpy PySide6.QtCore PySide6.QtMultimedia",
    "ui": "PySide6.QtCore PySide6.QtGui PySide6.QtWidgets PySide6.QtSvg phonenumbers",
    "papers": "xlsxwriter",
    "demo": "starlette uvicorn",
}
"""The packages, and the libraries that have their home in each."""

TOP = {
    "__init__": "",
    "__main__": "playhead PySide6",
    "arrivals": "playhead PySide6",
    "app": "playhead PySide6 shiboken6",
    "windowloop": "PySide6 qasync",
    "program": "playhead PySide6 shiboken6",
    "runparts": "playhead",
    "runoptions": "playhead",
    "lateparts": "playhead",
    "joining": "playhead",
    "keeping": "playhead",
    # A second front end: of the window's it has the words alone, and no widget.
    "command": (
        "playhead.__version__ playhead.core playhead.catalogue playhead.command playhead.machine "
        "playhead.papers playhead.providers playhead.runparts playhead.sound playhead.ui.wording"
    ),
    "catalogueopening": "playhead",
    "journeys": "playhead",
    "tour": "playhead PySide6",
    # An exception: the self-test names the codecs that are missing, whatever is built on them.
    "selftest": "playhead PySide6 av",
}
"""The modules at the top, and the folder of commands, which join the packages; and what they may use."""

EVERYWHERE = sys.stdlib_module_names | {"typing_extensions"}
LENIENCE = {
    # A drag of the system is a loop of its own, begun by no task.
    ("ui.exports.filedrag", "runs a loop in the loop"),
    # The second of two programs says why it ends, before there is any other loop.
    ("app", "runs a loop in the loop"),
}
"""What a module does although the house forbids it."""


@pytest.fixture(scope="module")
def program() -> Program:
    """Every file of the program, parsed once."""
    paths = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")
    }
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in sorted(paths.items())}


def test_every_module_belongs_to_a_package_or_to_the_top(program: Program) -> None:
    assert {layer(module) for module in program} == {*PACKAGES, *TOP}


def test_a_package_uses_the_core_itself_and_the_libraries_that_have_their_home_in_it(
    program: Program,
) -> None:
    for package, libraries in PACKAGES.items():
        own = ["playhead.core", f"playhead.{package}", "playhead.__version__"]
        assert strangers(program, package, [*own, *libraries.split()]) == []


def test_a_module_at_the_top_joins_packages_and_uses_the_libraries_that_join_them(program: Program) -> None:
    for module, names in TOP.items():
        assert strangers(program, module, names.split()) == []


def test_a_library_has_one_home_but_for_the_signals_of_qt_and_arrays_of_numbers() -> None:
    homes = " ".join(PACKAGES.values()).split()
    assert {library for library in homes if homes.count(library) > 1} == {"PySide6.QtCore", "numpy"}


def test_no_layer_may_use_what_it_does_not_use(program: Program) -> None:
    uses = [(layer(module), each) for module, tree in program.items() for each in imports(tree)]
    for name, libraries in {**PACKAGES, **TOP}.items():
        used = [each for user, each in uses if user == name]
        unused = [
            library for library in libraries.split() if not any(within(each, [library]) for each in used)
        ]
        assert (name, unused) == (name, [])


def test_no_module_does_what_the_house_forbids(program: Program) -> None:
    done = {(module, each) for module, tree in program.items() for each in forbidden(tree)}
    assert done == LENIENCE


def test_what_the_house_forbids_is_recognised() -> None:
    tree = ast.parse(
        "dialog.exec()\n@qasync.asyncSlot()\ndef play(): ...\nself.bar.sought.emit(self.told.emit)"
    )
    assert sorted(forbidden(tree)) == [
        "fires a signal of another object",
        "names asyncSlot",
        "runs a loop in the loop",
    ]


def layer(module: str) -> str:
    """Name the package of a module, or the module itself when it is one that joins."""
    return module.partition(".")[0]


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module that a file imports, at whatever depth, `from PySide6 import QtGui` as `PySide6.QtGui`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module="PySide6" | "playhead" as module, names=names):
                yield from (f"{module}.{name.name}" for name in names)
            case ast.ImportFrom(module=str(module)):
                yield module


def within(module: str, names: list[str]) -> bool:
    """Say whether `module` is one of `names` or inside of one."""
    return any(module == name or module.startswith(f"{name}.") for name in names)


def strangers(program: Program, name: str, allowed: list[str]) -> list[str]:
    """Every import of a layer that is neither Python's own nor `allowed`, with the module that has it."""
    return [
        f"{module} imports {each}"
        for module, tree in program.items()
        if layer(module) == name
        for each in imports(tree)
        if each.split(".")[0] not in EVERYWHERE and not within(each, allowed)
    ]


def forbidden(tree: ast.Module) -> Iterator[str]:
    """Name what a file does that the house forbids; imports from a dot are left to ruff."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="exec" | "exec_")):
                yield "runs a loop in the loop"  # All other tasks stand still meanwhile (qasync#59).
            case ast.Name(id="asyncSlot") | ast.Attribute(attr="asyncSlot"):
                yield "names asyncSlot"  # Nobody can cancel its tasks, and nobody hears their errors.
            case ast.Attribute(attr="emit", value=ast.Attribute(value=ast.Name(id="self"))):
                continue
            case ast.Attribute(attr="emit", value=ast.Attribute()):
                yield "fires a signal of another object"  # Which has a method for what is wanted of it.
