"""What the export dialog says of how much is loaded: the same as the status line, word for word."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from playhead.ui.exports.exportdialog import ExportDialog
from support.cloud.faultycloud import FaultyCloud
from support.window.demo_accounts import bird, convirza
from support.window.driven_program import Run, opened, until


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "kind:call",
        "provider:convirza",
        "-account:bird",
        "is:starred",
        "is:stereo provider:bird",
        "nothing such",
    ],
)
def test_the_dialog_and_the_status_line_count_the_same_as_loaded(
    run: Run[None], cloud: FaultyCloud, tmp_path: Path, text: str
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, convirza(cloud), bird(cloud)) as person:
            person.window.status.search_rest.click()
            await person.sees_status("540 loaded · everything is loaded")
            person.type_filter(text)
            await person.sees_status(" loaded · nothing else can match")
            await until(lambda: not person.program.journeys.browsing.rows.busy, "the rows")
            said = person.status
            person.window.commands.export_all_asked.emit()
            expected = f"All that match “{text}”: {said}."

            def labels() -> list[str]:
                dialogs = person.window.findChildren(ExportDialog)
                return [label.text() for dialog in dialogs for label in dialog.findChildren(QLabel)]

            await until(lambda: any("All that match “" in each and "loaded" in each for each in labels()))
            assert expected in labels()
            person.window.findChildren(ExportDialog)[0].reject()

    run(scene())
