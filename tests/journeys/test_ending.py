"""How the process ends when the person did not ask for it."""

import signal
import sys
from pathlib import Path

import pytest

from support.processes.separate_process import PLAYHEAD, environment, finished, reached, started

pytestmark = pytest.mark.process

BROKEN = """
import sys
from playhead import program

async def begin(self, stack):
    raise RuntimeError("Bearer abcdefgh12345678 for +31 20 555 0142")

program.Program._begin = begin
from playhead.__main__ import main
sys.exit(main())
"""


def test_an_error_that_ends_it_is_in_the_log_without_anything_private_and_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    done = finished([sys.executable, "-c", BROKEN, "--profile", str(folder)], environment(tmp_path / "home"))
    assert done.returncode == 1
    log = (folder / "playhead.log").read_text()
    assert "ended by an error" in log
    assert "RuntimeError" in log
    assert (
        f"Something in Playhead itself went wrong, and it ends. See {folder / 'playhead.log'}." in done.stderr
    )
    for secret in ("abcdefgh12345678", "555 0142"):
        assert secret not in log
        assert secret not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_closing_the_terminal_it_was_started_from_closes_it_as_a_person_does(tmp_path: Path) -> None:
    with started([*PLAYHEAD, "--demo", "--demo-size", "50"], environment(tmp_path / "home")) as program:
        place = tmp_path / "home" / "tmp"
        reached(lambda: list(place.glob("playhead-*/catalogue.db-wal")), "the demo's catalogue")
        program.send_signal(signal.SIGHUP)
        assert program.wait(30) == 0
    assert not list(place.iterdir())


def test_it_starts_where_another_program_has_chosen_another_qt_for_all(tmp_path: Path) -> None:
    done = finished([*PLAYHEAD, "--self-test"], environment(tmp_path / "home", QT_API="pyqt5"))
    assert "everything needed works" in done.stdout


def test_the_self_test_needs_no_terminal(tmp_path: Path) -> None:
    code = "import sys; sys.stdout = sys.stderr = None; from playhead.__main__ import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "--self-test"]
    assert finished(command, environment(tmp_path / "home")).returncode == 0
