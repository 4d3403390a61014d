"""The empty window, and then the first rows, appear before anything is imported that they do not need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import playhead
from playhead.core.account import Account
from playhead.core.preferences import Preferences
from playhead.machine.paths import Profile
from playhead.machine.settings import to_text
from support.processes.separate_process import environment, finished

AFTER_THE_WINDOW = (
    "playhead.core.preferences",
    "playhead.ui.look.buttons",
    "playhead.ui.look.theme",
    "playhead.ui.look.icons",
    "PySide6.QtSvg",
    "asyncio",
    "json",
)
"""Modules that double the time to the first paint."""


AFTER_THE_ROWS = {
    "playhead.journeys": "all that can be done with the rows",
    "playhead.ui.listing.listing": "it fetches more; the first hundred come from the catalogue alone",
    "playhead.ui.exports.exports": "an export takes longer than its dialog takes to be imported",
    "playhead.ui.shell.preferencesdialog": "a dialog that hardly anybody opens at once",
    "playhead.core.fetching.downloads": "nothing is fetched before something is played",
    "playhead.sound.analysis": "nothing is decoded before something is fetched",
    "playhead.machine.workplace": "names for the papers of exports",
    "playhead.tour": "a walk for pictures",
    "httpx": "accounts are asked when the rows are there",
    "av": "sound comes with the first Enter, which is prepared for once everything is still",
    "numpy": "the same",
    "PySide6.QtMultimedia": "the same",
    "PySide6.QtNetwork": "only the second start of two speaks to the first one",
    "xlsxwriter": "papers are written when an export ends",
}
"""Modules that the first rows do without, and why they can come later."""
ROWS = """
import os, sys
from playhead.__main__ import main
from playhead.ui.listing.firstrows import FirstRows

show = FirstRows.show

async def shown(self):
    await show(self)
    print(*sys.modules, flush=True)
    os._exit(0)

FirstRows.show = shown
main(["--profile", sys.argv[1]])
"""


@pytest.mark.process
def test_the_empty_window_brings_nothing_along_that_it_does_not_need() -> None:
    script = "import sys, playhead.__main__, playhead.ui.window; print(*sys.modules)"
    variables = {**os.environ, "PYTHONPATH": str(Path(playhead.__file__).parents[1])}
    told = subprocess.run(
        [sys.executable, "-c", script], env=variables, capture_output=True, text=True, check=True, timeout=60
    )
    assert [name for name in AFTER_THE_WINDOW if name in told.stdout.split()] == []


@pytest.mark.process
def test_the_first_rows_come_before_what_only_answers_them(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    profile.create()
    account = Account(
        id="bird",
        provider="bird",
        label="Bird",
        base_url="https://bird.example",
        details={"workspace_id": "5f3a9c1e-8b2d-4e6f-9a71-0c4d2e8b6f13"},
    )
    profile.settings.write_text(to_text(Preferences(accounts=(account,))))
    variables = environment(tmp_path / "home")
    told = finished((sys.executable, "-c", ROWS, str(profile.folder)), variables)
    assert told.returncode == 0, told.stderr
    assert [name for name in AFTER_THE_ROWS if name in told.stdout.split()] == []
