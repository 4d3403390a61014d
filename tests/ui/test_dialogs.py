"""Waiting for a dialog while the program goes on."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.look.dialogs import DialogLayout, finished, sure
from playhead.ui.look.theme import Theme
from support.window.driven_program import until

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.usefixtures("theme"),
]
Run = Callable[[Awaitable[object]], object]


@pytest.fixture
def parent(run: Run) -> Iterator[QWidget]:
    made = QWidget()
    made.show()
    yield made
    made.close()
    made.deleteLater()


def boxes(parent: QWidget) -> list[QMessageBox]:
    return [each for each in parent.findChildren(QMessageBox) if each.isVisible()]


async def asked(parent: QWidget) -> tuple["asyncio.Task[bool]", QMessageBox]:
    """The question, and the box that asks it."""
    answer = asyncio.ensure_future(sure(parent, "Disconnect <b>Bird</b>?", "Its rows go.", "Disconnect"))
    await until(lambda: boxes(parent), "the question")
    (box,) = boxes(parent)
    return answer, box


def button(box: QMessageBox, text: str) -> QPushButton:
    return next(each for each in box.findChildren(QPushButton) if each.text().replace("&", "") == text)


def test_the_result_comes_when_the_dialog_is_done_and_the_loop_runs_on(run: Run, parent: QWidget) -> None:
    async def scene() -> None:
        dialog = QDialog(parent)
        result = asyncio.ensure_future(finished(dialog))
        await until(dialog.isVisible, "the dialog")
        assert not result.done()
        dialog.done(7)
        assert await result == 7

    run(scene())


@pytest.mark.parametrize(
    ("end", "result"),
    [
        (QDialog.accept, QDialog.DialogCode.Accepted),
        (QDialog.reject, QDialog.DialogCode.Rejected),
        (QDialog.close, QDialog.DialogCode.Rejected),
    ],
)
def test_however_it_ends_the_dialog_leaves_nothing_behind(
    run: Run, parent: QWidget, end: Callable[[QDialog], object], result: QDialog.DialogCode
) -> None:
    async def scene() -> None:
        dialog = QDialog(parent)
        waiting = asyncio.ensure_future(finished(dialog))
        await until(dialog.isVisible, "the dialog")
        end(dialog)
        assert await waiting == result.value
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert not shiboken6.isValid(dialog)

    run(scene())


def test_a_wait_that_is_cancelled_closes_its_dialog(run: Run, parent: QWidget) -> None:
    async def scene() -> None:
        dialog = QDialog(parent)
        waiting = asyncio.ensure_future(finished(dialog))
        await until(dialog.isVisible, "the dialog")
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert not shiboken6.isValid(dialog) or not dialog.isVisible()

    run(scene())


@pytest.mark.parametrize(("text", "answer"), [("Disconnect", True), ("Cancel", False)])
def test_the_person_is_asked_before_what_cannot_be_undone(
    run: Run,
    parent: QWidget,
    text: str,
    answer: bool,  # noqa: FBT001 what is expected
) -> None:
    async def scene() -> None:
        waiting, box = await asked(parent)
        assert box.text() == "Disconnect <b>Bird</b>?"
        assert box.textFormat() is Qt.TextFormat.PlainText
        assert box.informativeText() == "Its rows go."
        assert all(each.icon().isNull() for each in box.buttons())
        QTest.mouseClick(button(box, text), Qt.MouseButton.LeftButton)
        assert await waiting is answer

    run(scene())


def test_escape_and_enter_undo_nothing(run: Run, parent: QWidget) -> None:
    async def scene() -> None:
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
            waiting, box = await asked(parent)
            QTest.keyClick(box, key)
            assert not await waiting
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    run(scene())


def test_a_question_that_is_no_longer_waited_for_goes_away(run: Run, parent: QWidget) -> None:
    async def scene() -> None:
        waiting, box = await asked(parent)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert not shiboken6.isValid(box) or not box.isVisible()

    run(scene())


def test_a_dialog_begins_in_the_middle_of_its_window(qtbot: QtBot, theme: Theme) -> None:
    assert theme is not None
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(200, 150, 560, 500)
    window.show()
    dialog, body, foot = QDialog(window), QWidget(), QWidget()
    for part in (body, foot):
        QVBoxLayout(part).addWidget(QPushButton("Close"))
    DialogLayout(dialog, body, foot, width=300)
    dialog.show()
    between = dialog.geometry().center() - window.geometry().center()
    assert between.manhattanLength() <= 4
