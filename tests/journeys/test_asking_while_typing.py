"""A provider is asked for what the person means, not for what they type on the way to it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from support.cloud.faultycloud import FaultyCloud
from support.window.driven_program import Person, until
from support.window.lasting_profile import Desk


async def types_and_pauses(person: Person, text: str) -> None:
    """Type, and pause until nothing more comes of that by itself."""
    line = person.window.filter
    line.line.setFocus()
    QTest.keyClicks(line.line, text)
    await until(lambda: line.resting, "a rest of typing")
    await person.job_done("list")


@pytest.mark.slow
async def test_half_a_word_is_asked_of_no_provider_however_long_the_person_pauses(
    desk: Desk, cloud: FaultyCloud
) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.job_done("list")
        before = len(cloud.requests)
        await types_and_pauses(person, "dur")
        assert person.status.startswith("0 match in ")
        await types_and_pauses(person, "ation:>x")
        assert len(cloud.requests) == before
        QTest.keyClicks(person.window.filter.line, "\b\b2h ")
        await until(lambda: len(cloud.requests) > before, "that the rest of what is whole is looked for")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
async def test_who_is_done_is_not_kept_waiting(desk: Desk, cloud: FaultyCloud, key: Qt.Key) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.job_done("list")
        before = len(cloud.requests)
        line = person.window.filter.line
        line.setFocus()
        QTest.keyClicks(line, "xyzzy")
        QTest.keyClick(line, key)
        assert person.window.filter.resting
        await until(lambda: len(cloud.requests) > before, "that the rest is looked for")


async def test_what_is_typed_into_the_form_is_not_asked_for_either(desk: Desk, cloud: FaultyCloud) -> None:
    async with desk.opened(desk.bird, rows=50) as person:
        await person.job_done("list")
        before = len(cloud.requests)
        person.window.filter.form_asked.emit()
        words = person.program.journeys.forming.form.words
        QTest.keyClicks(words, "xyz")
        assert person.window.filter.text == "xyz"
        assert not person.window.filter.resting
        await person.job_done("list")
        assert len(cloud.requests) == before
        QTest.keyClick(words, Qt.Key.Key_Return)
        await until(lambda: len(cloud.requests) > before, "that the rest of what was typed is looked for")
