"""The window on a real X server, driven by keys alone: a screen reader hears what happens."""

from collections.abc import Iterator

import pytest

from support.desktop import x11
from support.desktop.listener import Listener, is_row, listening
from support.processes.null_sink import MISSING

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.process,
    pytest.mark.slow,
    pytest.mark.skipif(bool(x11.missing()), reason=x11.missing()),
]

FEW = 20
"""Events of an arrow key, which were 140, and changed names while a word is typed, which were 100."""


@pytest.fixture(scope="module")
def listener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    with listening(tmp_path_factory.mktemp("home")) as made:
        yield made


def test_a_row_is_one_sentence(listener: Listener) -> None:
    listener.desktop.type("kind:call")
    first = listener.rows()
    listener.after("Down", heard=lambda said: is_row(said) and said not in first)


def test_the_row_is_spoken_whenever_one_comes_back_to_the_table(listener: Listener) -> None:
    row = next(said for said in listener.rows() if is_row(said))
    listener.after("ctrl+f", heard=lambda said: said.startswith("Filter"))
    assert row in listener.after("Return", heard=is_row)


def test_an_arrow_key_costs_a_handful_of_events(listener: Listener) -> None:
    for key in ("Down", "Down", "Up"):
        listener.after(key, heard=is_row)
        events = listener.reader.events
        assert sum(events.values()) <= FEW, events


def test_typing_a_word_costs_a_handful_of_changed_names(listener: Listener) -> None:
    listener.after("ctrl+f", heard=lambda said: said.startswith("Filter"))
    listener.desktop.press("ctrl+a")
    listener.after(text="northwind", heard=lambda said: said.startswith("(northwind: "))
    events = listener.reader.events
    assert events["PropertyChange accessible-name"] <= FEW, events
    listener.after("ctrl+3", heard=lambda said: said.startswith("Recordings"))


@pytest.mark.skipif(bool(MISSING), reason=f"needs {MISSING}")
def test_playing_speed_channel_pause_star_and_note_are_spoken_once(listener: Listener) -> None:
    listener.after("ctrl+f", heard=lambda said: said.startswith("Filter"))
    listener.after("ctrl+a", text="kind:call duration:>100s", heard=lambda said: "suggestion" in said)
    listener.rows()
    spoken: list[str] = []
    for key, word in (
        ("Return", "(Playing)"),
        ("period", "(Speed 1.25)"),
        ("1", "(Left channel)"),
        ("0", "(Both channels)"),
        ("space", "(Paused at"),
        ("s", "(Starred)"),
        ("n", "New note"),
    ):
        spoken += listener.after(key, heard=lambda said, word=word: said.startswith(word))  # type: ignore[misc]
    listener.desktop.type("call back")
    spoken += listener.after("Return", heard=lambda said: said.startswith("(Note kept at"))
    for word in ("(Playing", "(Speed", "(Left", "(Both", "(Paused", "(Starred", "(Note kept"):
        assert sum(said.startswith(word) for said in spoken) == 1, (word, spoken)
