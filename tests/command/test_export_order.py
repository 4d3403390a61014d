"""Orders of a command line, and what an administrator has locked."""

from pathlib import Path

import pytest

from playhead.command.commandline import parser
from playhead.command.exitstatus import Halt
from playhead.command.exportorder import ExportOrder, ordered
from playhead.core.exports.choices import Choices
from playhead.core.exports.formats import CSV, FORMATS
from playhead.core.exports.template import DEFAULT_TEMPLATE
from playhead.core.preferences import Preferences

LOCKED = Preferences(
    export_folder="/srv/exports",
    name_template="{id}.{ext}",
    export_choices=Choices(bag=True, sheets=frozenset({CSV})),
    locked=frozenset({"export_folder", "name_template", "export_choices"}),
)


def order(words: str, preferences: Preferences) -> ExportOrder:
    """What is ordered by a command line with these words."""
    return ordered(parser().parse_args(["export", "--filter", "is:starred", *words.split()]), preferences)


def test_without_locks_the_command_line_decides_and_the_window_s_last_choices_do_not() -> None:
    preferences = Preferences(name_template="{number}.{ext}", export_choices=Choices(bag=True))
    made = order("--to out --new-folder --only-new", preferences)
    assert (made.folder, made.own) == (Path("out").absolute(), True)
    assert made.text == "(is:starred) -is:exported"
    assert made.choices == Choices(template=DEFAULT_TEMPLATE, sheets=frozenset(FORMATS))
    made = order("--to out --bag --format csv --template {id8}.{ext}", preferences)
    assert made.choices == Choices(template="{id8}.{ext}", sheets=frozenset({CSV}), bag=True)
    assert made.text == "is:starred"


def test_what_is_locked_holds_for_a_command_too() -> None:
    made = order("--to /srv/exports/monthly", LOCKED)
    assert made.choices == Choices(template="{id}.{ext}", sheets=frozenset({CSV}), bag=True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--to /tmp", "exports go to"),
        ("--to /srv/exports/../elsewhere", "exports go to"),
        ("--to /srv/exports --template {number}.{ext}", "How files are called is set"),
        ("--to /srv/exports --format csv", "What is written is set"),
        ("--to /srv/exports --bag", "What is written is set"),
    ],
)
def test_what_is_locked_cannot_be_asked_for_otherwise(words: str, sentence: str) -> None:
    with pytest.raises(Halt) as halt:
        order(words, LOCKED)
    assert sentence in halt.value.sentence
    assert "administrator" in halt.value.sentence
