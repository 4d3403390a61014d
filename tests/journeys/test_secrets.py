"""What Playhead leaves on the disk and in the terminal tells nobody anything."""

import json
from pathlib import Path

import pytest

from support.leak_search import files, leaks
from support.processes.separate_process import PLAYHEAD, environment, finished, played

pytestmark = pytest.mark.process


def test_after_everything_a_person_can_do_no_secret_link_number_or_name_can_be_read_anywhere(
    tmp_path: Path,
) -> None:
    place, secrets = tmp_path / "place", tmp_path / "secrets.json"
    home = place / "home"
    done = finished(played("scene_of_secrets", "everything", str(place), str(secrets)), environment(home))
    assert done.returncode == 0, done.stderr[-3000:]
    private = json.loads(secrets.read_text(encoding="utf-8"))
    said = place / "said"
    said.write_text(done.stdout + done.stderr, encoding="utf-8")
    profile = place / "profile"
    assert not leaks([profile, home, said], private["words"], private["numbers"])
    # That there was something to find, and that it would have been found.
    assert (profile / "catalogue.db").stat().st_size > 100_000
    assert (profile / "media.db").stat().st_size > 10_000
    assert (profile / "playhead.log").stat().st_size > 100
    assert leaks([place / "out"], private["words"], private["numbers"])


def test_nothing_in_the_profile_is_for_other_people_of_the_computer(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    command = [*PLAYHEAD, "--demo", "--demo-size", "300", "--profile", str(profile)]
    done = finished([*command, "--tour", str(tmp_path / "tour")], environment(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    assert profile.stat().st_mode & 0o077 == 0
    assert [file.name for file in files([profile]) if file.stat().st_mode & 0o077] == []
