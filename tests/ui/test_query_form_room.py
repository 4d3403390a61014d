"""The form beside the filter line in a narrow window: whole dates, and nothing out of order."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playhead.ui.filter.queryform import QueryForm
from playhead.ui.look.icons import Icons
from support.cloud.faultycloud import FaultyCloud
from support.window.demo_accounts import bird
from support.window.driven_program import Run, opened, until

DATE = "2026-03-14"


def shows_all(line: QLineEdit) -> bool:
    """Whether nothing of a line is scrolled out, with the caret at its end."""
    line.setText(DATE)
    line.end(False)  # noqa: FBT003 - Qt's own
    line.grab()
    return line.cursorPositionAt(QPoint(0, line.height() // 2)) == 0


def order(form: QueryForm) -> list[str]:
    """The fields by rows, as they are seen."""
    fields: list[QWidget] = [form.period, form.since, form.until, form.words, form.shortest, form.longest]
    fields += [*form.sides.values(), *form.choices.values(), form.flags]
    places = {each.accessibleName(): each.mapTo(form, QPoint(0, 0)) for each in fields}
    return sorted(places, key=lambda name: (places[name].y(), places[name].x()))


def in_view(form: QueryForm, field: QWidget) -> bool:
    """Whether a field of the form can be seen whole."""
    place = field.mapTo(form, QPoint(0, 0)).y()
    return 0 <= place <= form.height() - field.height()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1000, 640), (1280, 800)])
def test_dates_are_whole_in_the_window(
    run: Run[None], cloud: FaultyCloud, tmp_path: Path, size: tuple[int, int]
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            person.window.resize(*size)
            await person.sees_rows()
            person.window.filter.form_asked.emit()
            form = person.program.journeys.forming.form
            form.grab()
            assert form.isVisible()
            assert shows_all(form.since)
            assert shows_all(form.until)
            assert form.mapTo(person.window, QPoint(form.width(), 0)).x() <= person.window.width()

    run(scene())


def test_in_a_narrow_form_the_fields_stand_in_fewer_columns_in_the_same_order(
    qtbot: QtBot, icons: Icons
) -> None:
    form = QueryForm(icons)
    qtbot.addWidget(form)
    form.show()
    seen = []
    for width in (900, 372, 900):
        form.resize(width, form.sizeHint().height())
        QCoreApplication.sendPostedEvents()
        assert form.width() == width
        assert shows_all(form.since)
        assert shows_all(form.until)
        seen.append((form.sizeHint().height(), order(form)))
    assert seen[0] == seen[2]
    assert seen[0][1] == seen[1][1]
    assert seen[0][0] < seen[1][0]


def test_tab_goes_from_field_to_field_as_they_are_read(qtbot: QtBot, icons: Icons) -> None:
    form = QueryForm(icons)
    qtbot.addWidget(form)
    form.resize(700, 260)
    form.show()
    met, field = [], form.period.nextInFocusChain()
    while field is not None and field is not form.period:
        if field.accessibleName() in order(form):
            met.append(field.accessibleName())
        field = field.nextInFocusChain()
    assert [form.period.accessibleName(), *met] == order(form)


@pytest.mark.slow
def test_no_field_is_squeezed_in_a_low_window_and_the_one_with_the_focus_is_in_view(
    run: Run[None], cloud: FaultyCloud, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with opened(tmp_path, bird(cloud)) as person:
            person.window.resize(853, 533)
            await person.sees_rows()
            person.window.filter.form_asked.emit()
            form = person.program.journeys.forming.form
            for field in (form.since, form.words, form.shortest):
                while not field.hasFocus():
                    focused = QApplication.focusWidget()
                    assert focused is not None
                    QTest.keyClick(focused, Qt.Key.Key_Tab)
                assert field.height() >= field.minimumSizeHint().height()
                await until(partial(in_view, form, field), field.accessibleName())
            scrolled = form.height()
            person.window.resize(853, 790)
            await until(lambda: form.height() > scrolled, "the whole form")
            person.window.resize(853, 533)
            await until(lambda: form.height() == scrolled, "the low form")
            await until(lambda: in_view(form, form.shortest), "the field with the focus")

    run(scene())
