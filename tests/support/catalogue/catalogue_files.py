"""Looks at the files of a catalogue, for its tests."""

from pathlib import Path

from playhead.catalogue.connection import connect
from playhead.catalogue.writing import index_words
from support.catalogue.catalogue_examples import KEY


def contents(folder: Path) -> dict[str, bytes]:
    """What the files of a folder hold, by their names."""
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def open_to_others(folder: Path) -> list[str]:
    """The names of the files that somebody else on the machine may open."""
    return [each.name for each in folder.iterdir() if each.stat().st_mode & 0o077]


def assert_sound(path: Path) -> None:
    """Fail if anything in a catalogue's file contradicts anything else."""
    connection = connect(path, KEY)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    index_words(connection)
    for index in ("words", "spoken"):
        connection.execute(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
    connection.close()
