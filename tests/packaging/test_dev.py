"""The one door: what it does with its arguments and with a machine that has, or lacks, a display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays have names on Linux only")
DOOR = Path(dev.__file__)
TOUR = Path("out/tour")


@LINUX
@pytest.mark.parametrize(
    "variables",
    [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "eglfs"}],
)
def test_a_named_display_is_a_display(variables: dict[str, str]) -> None:
    assert dev.has_display(variables)


@LINUX
@pytest.mark.parametrize(
    "variables", [{}, {"DISPLAY": ""}, {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}]
)
def test_without_a_name_or_off_screen_there_is_no_display(variables: dict[str, str]) -> None:
    assert not dev.has_display(variables)


def test_a_demo_that_nobody_can_see_becomes_a_tour() -> None:
    assert dev.with_tour(["--demo"], TOUR) == ["--demo", "--tour", str(TOUR)]


@pytest.mark.parametrize("arguments", [["--demo", "--tour", "x"], ["--tour=x", "--demo"], ["--version"], []])
def test_other_arguments_are_passed_on_as_they_are(arguments: list[str]) -> None:
    assert dev.with_tour(arguments, TOUR) == arguments


def test_all_tests_are_run_in_two_parts_that_leave_nothing_out() -> None:
    (_, together), (_, alone) = dev.test_runs([])
    assert together[-2:] == ["--ignore", dev.ALONE]
    assert alone[-1] == dev.ALONE
    assert (dev.ROOT / dev.ALONE).is_dir()


def test_whatever_else_is_said_goes_to_one_pytest() -> None:
    assert dev.test_runs(["-k", "feed"]) == [("pytest", ["-k", "feed"])]


def test_the_quick_answer_can_be_narrowed_too() -> None:
    ((_, words),) = dev.test_runs(["--quick", "-k", "feed"])
    assert words[-2:] == ["-k", "feed"]
    assert "--quick" not in words


def test_an_unknown_command_gets_the_list_of_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["dance"]) == 2
    assert "dev.py bundle" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="uses /usr/bin/env")
def test_the_door_opens_from_any_folder(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, DOOR, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "dev.py test" in answer.stdout
