"""What every test lives with."""

import asyncio
import gc
import logging
import os
from collections.abc import Awaitable, Callable, Generator, Iterator
from typing import TYPE_CHECKING

import pytest

import support.hypothesis_profiles as tries
from support import limits, permissions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from playhead.ui.look.icons import Icons
    from playhead.ui.look.theme import Theme
    from support.cloud.faultycloud import FaultyCloud

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# As the program has it. A plugin that Qt loads would say what libraries the machine lacks, and pytest-qt
# hears that in Python: while another thread imports a library, each would wait for what the other one holds.
os.environ["QT_LOGGING_RULES"] = "qt.text.font.db=false;qt.multimedia.symbolsresolver=false"

PATIENCE = 90.0
"""Seconds after which a coroutine of a test is given up."""
FULL_COLLECTION_EVERY = 100
"""Tests of widgets from one look at all objects to the next."""
A_RUN_COUNTS_FOR = 6
"""Tests of widgets that one counts for which runs the program: it leaves more."""
_TESTS_WITH_WIDGETS = pytest.StashKey[int]()


tries.register_profiles()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(limits)


@pytest.fixture(scope="session", autouse=True)
def garbage_is_collected_at_the_end() -> Iterator[None]:
    """Widgets in cycles must not outlive Qt (see `playhead.ui.shell.garbage`)."""
    yield
    gc.unfreeze()
    gc.collect()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Make what is collected, which stays to the end, without a look at whether it is garbage."""
    gc.disable()
    result = yield
    gc.freeze()
    gc.enable()
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave the collecting to Python only where there are no widgets, which must not die in any thread."""
    if _has_widgets(item):
        gc.disable()
    elif not gc.isenabled():
        _collect_all()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Let go of a test's widgets in the thread that made them.

    What a test leaves is young: a full collection looks at every object of every imported module, and took
    three quarters of the time of all tests of widgets. It is made now and then, more often where tests run
    the program: what `playhead.ui.shell.garbage` has frozen is old then.
    """
    if _has_widgets(item):
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left = item.config.stash.get(_TESTS_WITH_WIDGETS, 0)
        left += A_RUN_COUNTS_FOR if "run" in _fixtures(item) else 1
        full = left >= FULL_COLLECTION_EVERY
        item.config.stash[_TESTS_WITH_WIDGETS] = 0 if full else left
        if full:
            _collect_all()
        else:
            gc.collect(1)


def _collect_all() -> None:
    """Collect everything, and leave what is alive, tests and modules above all, out of it the next time."""
    gc.collect()
    gc.freeze()


def _has_widgets(item: pytest.Item) -> bool:
    return "qapp" in _fixtures(item)


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


@pytest.fixture
def run(qapp: "QApplication") -> Iterator[Callable[[Awaitable[object]], object]]:
    """Runs a coroutine on the Qt event loop, as the program does."""
    from playhead.app import event_loop

    qapp.setQuitOnLastWindowClosed(False)
    with event_loop(qapp) as loop:
        yield lambda work: loop.run_until_complete(asyncio.wait_for(work, PATIENCE))


@pytest.fixture
def cloud() -> "Iterator[FaultyCloud]":
    """A small demo cloud: 500 recordings at Bird, 40 at Convirza."""
    from support.window.demo_accounts import small_cloud

    with small_cloud() as cloud:
        yield cloud


@pytest.fixture
def no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An error in the log that the journey did not expect is a failure of the journey."""
    yield
    found = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not found, [record.getMessage() for record in found]


@pytest.fixture
def mortal() -> Iterator[None]:
    """Be somebody who has to obey permissions."""
    if not permissions.can_be_obeyed():
        pytest.skip("nobody has to obey permissions here")
    with permissions.obeyed():
        yield


@pytest.fixture
def theme(qapp: "QApplication") -> "Iterator[Theme]":
    """The light theme in the program's own font, gone again before the next test makes its own."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from playhead.core.preferences import Appearance
    from playhead.runparts import resources
    from playhead.ui.look.theme import Theme

    made = Theme(qapp, resources() / "fonts", appearance=Appearance.LIGHT)
    yield made
    made.deleteLater()
    # Nothing else runs what is posted for later, and each theme dresses every widget that is left.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def icons(theme: "Theme") -> "Icons":
    """Playhead's own icons, in the theme's colours."""
    from playhead.runparts import resources
    from playhead.ui.look.icons import Icons

    return Icons(resources() / "icons", theme)
