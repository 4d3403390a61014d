"""What a person wrote into the settings is understood, or left out, and never stands in the way."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from playhead.core.playbacksettings import PlaybackSettings
from playhead.core.preferencerows import choice, number
from playhead.core.preferences import Appearance, Density, Preferences
from playhead.machine.settings import Settings, from_text, to_text
from support.providers.registered import PROVIDERS

HUGE = 10**400


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown(Preferences):
    """Preferences with two rows more."""

    colour: str = choice("green", "red")
    margin: float = number(4.0, 0.0, 20.0)


def test_a_preference_is_one_row_from_which_it_is_written_read_and_by_default() -> None:
    written = json.loads(to_text(Grown(colour="red", margin=7.5, theme=Appearance.DARK)))
    assert (written["colour"], written["margin"], written["theme"]) == ("red", 7.5, "dark")
    assert from_text(json.dumps(written), PROVIDERS, Grown) == Grown(
        colour="red", margin=7.5, theme=Appearance.DARK
    )
    assert from_text("{}", PROVIDERS, Grown) == Grown()
    assert from_text(json.dumps({"colour": "blue", "margin": HUGE}), PROVIDERS, Grown) == Grown(margin=20.0)
    assert from_text(json.dumps(written), PROVIDERS).others == {"colour": "red", "margin": 7.5}


@pytest.mark.parametrize("name", ["theme", "autoplay", "density"])
@pytest.mark.parametrize("odd", ["blue", "", "LISTING ", 7, None, ["dark"], {"dark": 1}])
def test_a_choice_that_there_is_not_is_as_usual(name: str, odd: object) -> None:
    assert from_text(json.dumps({name: odd, "volume": 0.5}), PROVIDERS) == Preferences(
        playback=PlaybackSettings(volume=0.5)
    )


@pytest.mark.parametrize("appearance", Appearance)
def test_every_appearance_can_be_kept(appearance: Appearance) -> None:
    assert from_text(json.dumps({"theme": str(appearance)}), PROVIDERS).theme == appearance


@pytest.mark.parametrize("density", list(Density))
def test_every_height_of_rows_can_be_kept(density: str) -> None:
    assert from_text(json.dumps({"density": density}), PROVIDERS).density == density


@pytest.mark.parametrize("autoplay", ["off", "listing", "selection"])
def test_every_way_of_playing_on_can_be_kept(autoplay: str) -> None:
    assert from_text(json.dumps({"autoplay": autoplay}), PROVIDERS).playback.autoplay == autoplay


@pytest.mark.parametrize(("number", "kept"), [(HUGE, 1.0), (-HUGE, 0.0)])
def test_a_number_that_is_larger_than_any_is_brought_within_its_bounds(
    tmp_path: Path, number: int, kept: float
) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"volume": number, "theme": "dark"}))

    async def scene() -> None:
        settings = Settings(file, PROVIDERS)
        assert await settings.load() is None
        assert (settings.preferences.playback.volume, settings.preferences.theme) == (kept, "dark")

    asyncio.run(scene())


def test_a_file_that_could_not_be_read_is_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.mkdir()  # what no system lets one read as a file

    async def scene() -> None:
        settings = Settings(file, PROVIDERS)
        problem = await settings.load()
        assert problem is not None
        assert problem.reason == "unreadable"
        settings.change(Preferences(playback=PlaybackSettings(volume=0.25)))
        assert await settings.saved() == problem

    asyncio.run(scene())
    assert list(tmp_path.iterdir()) == [file]
    assert not list(file.iterdir())


def test_a_folder_whose_name_is_no_text_can_be_saved_and_read_again(tmp_path: Path) -> None:
    odd = "/tmp/caf\udce9 Zoë"
    assert from_text(to_text(Preferences(export_folder=odd)), PROVIDERS).export_folder == odd

    async def scene() -> None:
        settings = Settings(tmp_path / "settings.json", PROVIDERS)
        settings.change(Preferences(export_folder=odd))
        assert await settings.saved() is None

    asyncio.run(scene())
    assert (tmp_path / "settings.json").stat().st_size > 0


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ({"play": ["F13", "Space"], "recording.star": []}, {"play": ("F13", "Space"), "recording.star": ()}),
        ({"play": "F13", "quit": [7], "keys": ["x" * 65], "guide": ["F13"]}, {"guide": ("F13",)}),
        (["play"], {}),
        (None, {}),
        ("F13", {}),
        (
            {"play": [f"F{number}" for number in range(40)]},
            {"play": tuple(f"F{number}" for number in range(12))},
        ),
    ],
)
def test_changed_keys_are_read_as_far_as_they_make_sense(entry: object, read: dict[str, object]) -> None:
    found = from_text(json.dumps({"keys": entry, "theme": "dark"}), PROVIDERS)
    assert dict(found.keys) == read
    assert found.theme == "dark"
    assert dict(from_text(to_text(found), PROVIDERS).keys) == read


@pytest.mark.parametrize("entry", [7, {"a": 1}, [["play"]], "play", None])
def test_remembered_actions_that_make_no_sense_are_none(entry: object) -> None:
    assert from_text(json.dumps({"recent_actions": entry}), PROVIDERS).recent_actions == ()
