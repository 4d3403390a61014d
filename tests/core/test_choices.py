"""What follows from what the person chose for an export."""

from pathlib import Path

import pytest

from playhead.core.exports.choices import Choices


@pytest.mark.parametrize(
    ("bag", "folder", "handed_on"),
    [
        (True, "exports/March/data", "exports/March"),
        (True, "exports/March", "exports/March"),
        (False, "exports/March", "exports/March"),
        (False, "exports/data", "exports/data"),
    ],
)
def test_of_a_bag_the_folder_around_its_data_is_handed_on(*, bag: bool, folder: str, handed_on: str) -> None:
    assert Choices(bag=bag).handed_on(Path(folder)) == Path(handed_on)
