"""Starting with settings of any kind: what can be understood is kept, and a restart is as it was left."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from playhead.ui.table.columns import COLUMNS
from support.cloud.faultycloud import FaultyCloud
from support.processes.process_profiles import connected, keyring_of, pocket
from support.window.lasting_profile import Desk


async def test_settings_that_make_no_sense_are_set_aside_and_playhead_begins_anew(desk: Desk) -> None:
    profile = desk.profile
    profile.create()
    profile.settings.write_bytes(b'{"accounts": [{"id": "bird"')
    async with desk.opened() as person:
        (aside,) = profile.folder.glob("settings unreadable *.json")
        await person.sees_notice(f"made no sense and were set aside as {aside.name}")
        assert aside.read_bytes() == b'{"accounts": [{"id": "bird"'
        assert person.window.welcome.isVisible()
    assert json.loads(profile.settings.read_text())["accounts"] == []


async def test_an_account_of_a_provider_that_is_not_known_stays_in_the_settings(
    desk: Desk, cloud: FaultyCloud
) -> None:
    stranger = {"id": "x", "provider": "nextcloud", "label": "Later", "base_url": "https://api.example.com"}
    desk.vault = pocket(desk.folder)
    profile = connected(cloud, desk.folder, keyring_of(desk.folder))
    content = json.loads(profile.settings.read_text())
    content["accounts"].append(stranger)
    content["of tomorrow"] = [1, 2]
    profile.settings.write_text(json.dumps(content))
    async with desk.opened() as person:
        await person.sees_notice("One account in the settings file was left out: its provider is neither")
        await person.sees_rows(50)
    after = json.loads(profile.settings.read_text())
    assert stranger in after["accounts"]
    assert [each["id"] for each in after["accounts"]] == ["convirza", "bird", "x"]
    assert after["of tomorrow"] == [1, 2]


async def test_a_restart_keeps_the_window_the_columns_the_volume_and_the_speed(desk: Desk) -> None:
    places = {column.key: place for place, column in enumerate(COLUMNS)}
    async with desk.opened(*desk.both, rows=50) as person:
        person.window.resize(792, 541)
        header = person.window.table.horizontalHeader()
        header.hideSection(places["status"])
        header.showSection(places["format"])
        header.moveSection(header.visualIndex(places["duration"]), 1)
        header.resizeSection(places["from"], 211)
        person.press(Qt.Key.Key_Period)
        person.press(Qt.Key.Key_Period)
        person.window.player.changed.emit(replace(person.window.player.settings, volume=0.4))
    async with desk.opened(rows=50) as person:
        assert (person.window.width(), person.window.height()) == (792, 541)
        header = person.window.table.horizontalHeader()
        assert header.isSectionHidden(places["status"])
        assert not header.isSectionHidden(places["format"])
        assert header.visualIndex(places["duration"]) == 1
        assert header.sectionSize(places["from"]) == 211
        assert person.program.journeys.listening.settings.speed == 1.5
        assert person.program.journeys.listening.settings.volume == pytest.approx(0.4)
