"""A further export format is one value and its writer: it is offered, written and listed by these alone."""

from pathlib import Path
from typing import TextIO

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from playhead.core.exports.choices import Choices
from playhead.core.exports.formats import FORMATS, ExportFormat
from playhead.core.exports.sums import read_sums
from playhead.papers.exportdata import ExportData
from playhead.papers.exportfiles import WRITERS, as_text, write
from playhead.ui.exports.exportoptions import OptionsPane
from support.exports.export_examples import PROGRAM, kept, report
from support.stock_tools import check_sums


def write_list(dossier: ExportData, file: TextIO) -> None:
    """Write a list in Markdown."""
    file.writelines(f"- {outcome.path}\n" for outcome in dossier.report.outcomes)


@pytest.mark.parametrize("tells_sums", [False, True])
def test_it_is_written_and_in_the_sums(tmp_path: Path, *, tells_sums: bool) -> None:
    markdown = ExportFormat(file_name="list.md", label="&List (.md)", tells_sums=tells_sums)
    chosen = Choices(sheets=frozenset({markdown}))
    writers = {**WRITERS, markdown: as_text(write_list)}
    written = write(report(tmp_path, [kept(tmp_path, 1, path="a.mp3")], chosen), PROGRAM, writers)
    assert (tmp_path / "list.md").read_text(encoding="utf-8") == "- a.mp3\n"
    assert "list.md" in {file.path for file in written}
    sums = "report.sha256" if tells_sums else "SHA256SUMS"
    assert "list.md" in read_sums(tmp_path / sums)
    check_sums(tmp_path, sums)


def test_it_is_offered_and_chosen_in_the_export_dialog(qtbot: QtBot) -> None:
    markdown = ExportFormat(file_name="list.md", label="&List (.md)", tip="For wikis.")
    pane = OptionsPane(Choices(sheets=frozenset({markdown})), (*FORMATS, markdown))
    qtbot.addWidget(pane)
    boxes = {box.text(): box for box in pane.findChildren(QCheckBox)}
    assert (boxes["&List (.md)"].isChecked(), boxes["&List (.md)"].toolTip()) == (True, "For wikis.")
    boxes["&Workbook (.xlsx)"].setChecked(True)
    assert {each.file_name for each in pane.taken_into("{id}").sheets} == {"list.md", "recordings.xlsx"}
