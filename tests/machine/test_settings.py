"""The settings file survives edits, power cuts and full disks."""

import asyncio
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.account import Account
from playhead.core.playbacksettings import PlaybackSettings
from playhead.core.preferences import Appearance, Preferences
from playhead.machine.settings import Settings, from_text, to_text
from playhead.providers.bird.birdworkspace import Scheme
from support.providers.registered import PROVIDERS

BIRD = Account(
    id="a1",
    provider="bird",
    label="EU support",
    base_url="https://api.bird.com",
    details={"workspace_id": "w1", "scheme": Scheme.BEARER.value},
)
CONVIRZA = Account(id="a2", provider="convirza", label="IVR", base_url="http://127.0.0.1:8000/v3")


def test_what_was_saved_is_there_after_a_restart(tmp_path: Path) -> None:
    async def scene() -> None:
        settings = Settings(tmp_path / "settings.json", PROVIDERS)
        assert await settings.load() is None
        assert settings.preferences == Preferences()
        settings.change(
            replace(
                settings.preferences,
                accounts=(BIRD, CONVIRZA),
                playback=PlaybackSettings(volume=0.5),
                theme=Appearance.DARK,
            )
        )
        assert await settings.saved() is None

        again = Settings(tmp_path / "settings.json", PROVIDERS)
        assert await again.load() is None
        assert again.preferences.accounts == (BIRD, CONVIRZA)
        assert (again.preferences.playback.volume, again.preferences.theme) == (0.5, "dark")

    asyncio.run(scene())
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_can_read_the_file(tmp_path: Path) -> None:
    async def scene() -> None:
        settings = Settings(tmp_path / "settings.json", PROVIDERS)
        settings.change(Preferences(accounts=(BIRD,)))
        await settings.saved()

    asyncio.run(scene())
    assert stat.S_IMODE((tmp_path / "settings.json").stat().st_mode) == 0o600


def test_the_latest_of_many_changes_is_the_one_on_disk(tmp_path: Path) -> None:
    async def scene() -> None:
        settings = Settings(tmp_path / "settings.json", PROVIDERS)
        for percent in range(101):
            settings.change(replace(settings.preferences, playback=PlaybackSettings(volume=percent / 100)))
            if percent % 10 == 0:
                await asyncio.sleep(0)
        await settings.saved()
        settings.change(replace(settings.preferences, playback=PlaybackSettings(volume=0.25)))
        await settings.saved()

    asyncio.run(scene())
    assert json.loads((tmp_path / "settings.json").read_text())["volume"] == 0.25


def test_the_file_has_the_documented_shape() -> None:
    account = json.loads(to_text(Preferences(accounts=(CONVIRZA,))))["accounts"][0]
    assert account == {
        "id": "a2",
        "provider": "convirza",
        "label": "IVR",
        "base_url": "http://127.0.0.1:8000/v3",
        "workspace_id": "",
    }


def test_keys_of_a_newer_playhead_stay_in_the_file() -> None:
    text = json.dumps(
        {
            "accounts": [
                {"id": "a2", "provider": "convirza", "base_url": "https://x.example", "colour": "green"}
            ],
            "future": {"deep": [1]},
        }
    )
    kept = json.loads(to_text(from_text(text, PROVIDERS)))
    assert kept["future"] == {"deep": [1]}
    assert kept["accounts"][0]["colour"] == "green"
    assert kept["accounts"][0]["label"] == "Convirza"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("nonsense", "it is not an object"),
        ({"provider": "bird"}, "it has no id"),
        ({"id": "a2", "provider": "convirza", "base_url": "https://x.example"}, "another account"),
        ({"id": "x", "provider": "zoom", "base_url": "https://x.example"}, "neither bird nor convirza"),
        ({"id": "x", "provider": "bird", "base_url": "https://x.example"}, "no workspace_id"),
        ({"id": "x", "provider": "convirza", "base_url": "http://x.example"}, "not an https address"),
        ({"id": "x", "provider": "convirza"}, "not an https address"),
        ({"id": 7, "provider": "convirza"}, '"id" is not text'),
        (
            {"id": "x", "provider": "convirza", "base_url": "https://x.example", "scheme": "Basic"},
            "its scheme is none of",
        ),
    ],
)
def test_an_account_that_makes_no_sense_is_skipped_with_a_reason_and_stays_in_the_file(
    entry: object, reason: str
) -> None:
    good = {"id": "a2", "provider": "convirza", "base_url": "https://x.example"}
    preferences = from_text(json.dumps({"accounts": [good, entry]}), PROVIDERS)
    assert [account.id for account in preferences.accounts] == ["a2"]
    assert reason in preferences.unread[0].reason
    assert entry in json.loads(to_text(preferences))["accounts"]


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00", '{"accounts": ' + "[" * 100_000, "\ufeff nope"])
def test_a_file_that_makes_no_sense_is_set_aside(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text, encoding="utf-8")

    async def scene() -> None:
        settings = Settings(file, PROVIDERS)
        problem = await settings.load()
        assert problem is not None
        assert problem.reason == "corrupt"
        assert settings.preferences == Preferences()

    asyncio.run(scene())
    (aside,) = tmp_path.iterdir()
    assert aside.name.startswith("settings unreadable ")
    assert aside.read_text(encoding="utf-8") == text


def test_wrong_types_and_numbers_out_of_range_fall_back() -> None:
    preferences = from_text('{"volume": 7, "speed": NaN, "theme": 3, "accounts": {"id": "x"}}', PROVIDERS)
    assert (preferences.playback.volume, preferences.playback.speed, preferences.theme) == (
        1.0,
        1.0,
        "system",
    )
    assert len(preferences.unread) == 1


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    async def scene() -> None:
        settings = Settings(tmp_path / "file" / "settings.json", PROVIDERS)
        settings.change(Preferences(playback=PlaybackSettings(volume=0.5)))
        problem = await settings.saved()
        assert problem is not None
        assert problem.reason == "unwritable"
        assert settings.preferences.playback.volume == 0.5
        (tmp_path / "file").unlink()
        (tmp_path / "file").mkdir()
        settings.change(replace(settings.preferences, theme=Appearance.DARK))
        assert await settings.saved() is None

    asyncio.run(scene())
    assert json.loads((tmp_path / "file" / "settings.json").read_text())["volume"] == 0.5


def test_a_folder_instead_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()

    async def scene() -> None:
        settings = Settings(tmp_path / "settings.json", PROVIDERS)
        problem = await settings.load()
        assert problem is not None
        assert problem.reason == "unreadable"

    asyncio.run(scene())


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["accounts", "volume", "speed", "theme", "columns", "other"]), _JSON | st.lists(_JSON)
    )
)
def test_any_json_object_is_understood_and_written_again(content: dict[str, object]) -> None:
    preferences = from_text(json.dumps(content), PROVIDERS)
    assert from_text(to_text(preferences), PROVIDERS).accounts == preferences.accounts
    assert 0 <= preferences.playback.volume <= 1


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
@pytest.mark.parametrize("there", [True, False])
def test_settings_that_are_a_link_are_written_where_it_leads(tmp_path: Path, there: bool) -> None:  # noqa: FBT001
    kept = tmp_path / "elsewhere" / "mine.json"
    kept.parent.mkdir()
    if there:
        kept.write_text(to_text(Preferences(accounts=(BIRD,))))
    link = tmp_path / "settings.json"
    link.symlink_to(kept)

    async def scene() -> None:
        settings = Settings(link, PROVIDERS)
        assert await settings.load() is None
        settings.change(replace(settings.preferences, playback=PlaybackSettings(volume=0.25)))
        assert await settings.saved() is None

    asyncio.run(scene())
    assert link.is_symlink()
    assert from_text(kept.read_text(), PROVIDERS).playback.volume == 0.25
    assert [file.name for file in kept.parent.iterdir()] == ["mine.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_settings_that_are_a_link_to_itself_are_said_not_to_be_read(tmp_path: Path) -> None:
    link = tmp_path / "settings.json"
    link.symlink_to(link)

    async def scene() -> None:
        settings = Settings(link, PROVIDERS)
        problem = await settings.load()
        assert problem is not None
        assert problem.reason == "unreadable"
        settings.change(replace(settings.preferences, playback=PlaybackSettings(volume=0.25)))
        assert await settings.saved() == problem

    asyncio.run(scene())
    assert link.is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_senseless_settings_behind_a_link_are_set_aside_where_they_lie(tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere" / "mine.json"
    kept.parent.mkdir()
    kept.write_text("no settings")
    link = tmp_path / "settings.json"
    link.symlink_to(kept)

    async def scene() -> None:
        settings = Settings(link, PROVIDERS)
        problem = await settings.load()
        assert problem is not None
        assert problem.reason == "corrupt"
        settings.change(replace(settings.preferences, playback=PlaybackSettings(volume=0.25)))
        assert await settings.saved() is None

    asyncio.run(scene())
    assert link.is_symlink()
    aside, written = sorted(kept.parent.iterdir(), key=lambda file: file.name == "mine.json")
    assert aside.read_text() == "no settings"
    assert from_text(written.read_text(), PROVIDERS).playback.volume == 0.25


def test_accounts_that_are_leaving_stay_in_the_settings_until_they_have_left() -> None:
    leaving = Preferences(accounts=(BIRD,), leaving=(CONVIRZA,))
    assert from_text(to_text(leaving), PROVIDERS).leaving == (CONVIRZA,)
    assert "leaving" not in json.loads(to_text(Preferences(accounts=(BIRD,))))
    assert from_text('{"leaving": [{"id": 7}, null, "x"]}', PROVIDERS).leaving == ()
    assert from_text('{"leaving": 7}', PROVIDERS).leaving == ()
