"""What the export dialog says of how much is loaded: the same as the status line, word for word."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from playhead.ui.exports.exportdialog import ExportDialog
from playhead.ui.shell.actions import EXPORT_ALL
from support.cloud.faultycloud import FaultyCloud
from support.window.demo_accounts import bird, convirza
from support.window.driven_program import Run, opened, until

TEXTS = (
    "kind:call",
    "provider:convirza",
    "-account:bird",
    "is:starred",
    "is:stereo provider:bird",
    "nothing such",
)


@pytest.mark.slow
def test_the_dialog_and_the_status_line_count_the_same_as_loaded(
    run: Run[None], cloud: FaultyCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, convirza(cloud), bird(cloud)) as person:
            person.window.status.search_rest.click()
            await person.sees_status("540 loaded · everything is loaded")
            for text in TEXTS:
                await person.filters_by(text)
                await person.sees_status(" loaded · nothing else can match")
                await until(lambda: not person.program.journeys.browsing.rows.busy, "the rows")
                expected = f"All that match “{text}”: {person.status}."
                person.window.commands.do(EXPORT_ALL)
                await until(lambda: person.window.findChildren(ExportDialog), "the dialog")
                (dialog,) = person.window.findChildren(ExportDialog)

                def counted(dialog: ExportDialog = dialog) -> str:
                    labels = [label.text() for label in dialog.findChildren(QLabel)]
                    return next(
                        (each for each in labels if "All that match “" in each and "loaded" in each), ""
                    )

                await until(counted, "the number")
                assert counted() == expected
                dialog.reject()
                await until(lambda: not person.window.findChildren(ExportDialog), "the end of the dialog")

    run(scene())
