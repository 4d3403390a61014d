"""What a command says on standard error: sentences, a bar on a terminal, now and then a line elsewhere."""

import io

from typing_extensions import override

from playhead.command.terminal import LINE_EVERY, Terminal
from playhead.core.pace import Pace


class Screen(io.StringIO):
    """A terminal."""

    @override
    def isatty(self) -> bool:
        return True


class Shut(io.StringIO):
    """A pipe whose reader is gone."""

    @override
    def write(self, text: str) -> int:
        raise BrokenPipeError


class Seconds:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_elsewhere_than_on_a_terminal_it_says_how_far_it_is_every_few_seconds() -> None:
    stream, seconds = io.StringIO(), Seconds()
    terminal = Terminal(stream, pace=Pace(now=seconds))
    for second in range(21):
        seconds.now = float(second)
        terminal.show(f"{second} of 21", second / 21)
    assert LINE_EVERY == 10
    assert stream.getvalue().splitlines() == ["0 of 21", "10 of 21", "20 of 21"]


def test_on_a_terminal_a_bar_grows_and_a_sentence_takes_its_line() -> None:
    stream, seconds = Screen(), Seconds()
    terminal = Terminal(stream, pace=Pace(now=seconds))
    terminal.show("1 of 2 · 4 MB", 0.5)
    seconds.now = 1
    terminal.show("2 of 2", 1.0)
    terminal.say("Done.")
    assert stream.getvalue().split("\r") == [
        "",
        "[############------------]  50 %  1 of 2 · 4 MB",
        "[########################] 100 %  2 of 2       ",
        " " * len("[########################] 100 %  2 of 2"),
        "Done.\n",
    ]


def test_a_quiet_one_says_only_what_went_wrong() -> None:
    stream = io.StringIO()
    terminal = Terminal(stream, quiet=True)
    terminal.say("Exporting 2 recordings.")
    terminal.show("1 of 2")
    terminal.warn("The disk is full.")
    assert stream.getvalue() == "The disk is full.\n"


def test_a_reader_that_is_gone_does_not_end_the_work() -> None:
    terminal = Terminal(Shut())
    terminal.say("Exporting 2 recordings.")
    terminal.warn("The disk is full.")
