"""What every journey begins with."""

import inspect
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from support.cloud.faultycloud import FaultyCloud
from support.window.lasting_profile import Desk


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a journey that is a coroutine on the Qt event loop, as the program runs."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    given = inspect.signature(pyfuncitem.obj).parameters
    run = pyfuncitem.funcargs["run"]
    assert callable(run)
    run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in given}))
    return True


@pytest.fixture
def desk(
    no_unexpected_log: None, run: Callable[[Awaitable[object]], object], cloud: FaultyCloud, tmp_path: Path
) -> Desk:
    """A computer with nothing of Playhead's on it yet, at which no error may be logged."""
    return Desk(cloud, tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where somebody exports to; not there yet."""
    return tmp_path / "out"
