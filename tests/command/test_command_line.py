"""The command line as it is typed."""

from pathlib import Path

import pytest

from playhead.command.commandline import parser
from playhead.command.exitstatus import ExitStatus
from playhead.core.exports.formats import CSV, JSON


def test_without_a_command_the_window_is_meant() -> None:
    given = parser().parse_args([])
    assert given.command is None
    assert (given.profile, given.demo, given.demo_size, given.log_level) == (None, False, 5000, "warning")


@pytest.mark.parametrize("words", ["--demo --profile p export {}", "export {} --demo --profile p"])
def test_common_options_stand_before_the_command_or_behind_it(words: str) -> None:
    given = parser().parse_args(words.format("--filter kind:call --to out").split())
    assert (given.command, given.demo, given.profile, given.demo_size) == ("export", True, Path("p"), 5000)


def test_papers_are_chosen_by_their_endings() -> None:
    words = ["export", "--filter", "", "--to", "out"]
    assert parser().parse_args(words).format is None
    assert parser().parse_args([*words, "--format", "csv, JSON"]).format == {CSV, JSON}


@pytest.mark.parametrize(
    "words",
    [
        ["export", "--to", "out"],
        ["export", "--filter", "x"],
        ["export", "--filter", "x", "--to", "out", "--format", "csv,doc"],
        ["export", "--filter", "x", "--to", "out", "--only"],
        ["list", "--format", "xlsx"],
        ["exports"],
    ],
)
def test_arguments_that_make_no_sense_are_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(words)
    assert ended.value.code == ExitStatus.REFUSED
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize("command", ["export", "list"])
def test_help_tells_every_exit_status_and_gives_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args([command, "--help"])
    told = capsys.readouterr().out
    assert [f"\n  {int(each)}  " for each in ExitStatus if f"\n  {int(each)}  " not in told] == []
    assert f"playhead {command} --filter" in told
    assert "None" not in told
