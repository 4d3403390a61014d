"""What Playhead leaves on the disk and in the terminal tells nobody anything."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.leak_search import files, leaks
from support.processes.separate_process import environment, finished, played

pytestmark = pytest.mark.process


@dataclass(frozen=True)
class Left:
    """What a run left in the folder `place`, and what nobody may read there."""

    place: Path
    words: list[str]
    numbers: list[str]

    def leaks(self, *names: str) -> list[str]:
        """Say what can be read all the same in these files and folders."""
        return leaks([self.place / name for name in names], self.words, self.numbers)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    """What is there after a person did everything that touches a secret."""
    folder = tmp_path_factory.mktemp("left")
    place, secrets = folder / "place", folder / "secrets.json"
    done = finished(
        played("scene_of_secrets", "everything", str(place), str(secrets)), environment(place / "home")
    )
    assert done.returncode == 0, done.stderr[-3000:]
    private = json.loads(secrets.read_text(encoding="utf-8"))
    (place / "said").write_text(done.stdout + done.stderr, encoding="utf-8")
    return Left(place, private["words"], private["numbers"])


def test_after_everything_a_person_can_do_no_secret_link_number_or_name_can_be_read_anywhere(
    left: Left,
) -> None:
    assert not left.leaks("profile", "home", "said")
    # That there was something to find, and that it would have been found.
    assert (left.place / "profile" / "catalogue.db").stat().st_size > 100_000
    assert (left.place / "profile" / "media.db").stat().st_size > 10_000
    assert (left.place / "profile" / "playhead.log").stat().st_size > 100
    assert left.leaks("out")


def test_nothing_in_the_profile_is_for_other_people_of_the_computer(left: Left) -> None:
    profile = left.place / "profile"
    assert profile.stat().st_mode & 0o077 == 0
    assert {"catalogue.db", "media.db", "playhead.log", "settings.json"} <= {
        file.name for file in files([profile])
    }
    assert [file.name for file in files([profile]) if file.stat().st_mode & 0o077] == []
