"""The line of a checkup: what it says, what a screen reader hears of it, and what its buttons ask for."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QProgressBar
from pytestqt.qtbot import QtBot

from playhead.core.health.checked import Checked
from playhead.core.stores import Totals
from playhead.core.worklists.workstates import Added, Hold, WorkProgress
from playhead.ui.exports.transfers import TransfersPanel
from playhead.ui.look.icons import Icons
from playhead.ui.wording.checkupwords import CheckupWords, to_check
from playhead.ui.worklists.workline import WorkAct, WorkLine
from playhead.ui.worklists.workquestion import WorkOffer, WorkQuestion
from support.widgets import find
from support.window.accessible_events import overheard
from support.window.transfers_scene import THIN, planned


@pytest.fixture
def line(qtbot: QtBot, icons: Icons) -> WorkLine:
    made = WorkLine(CheckupWords(), icons)
    qtbot.addWidget(made)
    made.show()
    made.show_begun("")
    return made


def at(done: int = 128, total: int = 1204, **changes: object) -> WorkProgress:
    known: dict[str, object] = {"total": total, "outcomes": {Checked.MEASURED: done}, **changes}
    return WorkProgress(**known)  # type: ignore[arg-type]  # a test names fields that there are


def shown(line: WorkLine) -> set[str]:
    """The names of the buttons that are seen."""
    return {each.objectName() for each in line.findChildren(QAbstractButton) if each.isVisible()}


def test_it_says_how_far_it_is_how_fast_and_what_is_left(line: WorkLine) -> None:
    outcomes = {Checked.MEASURED: 125, Checked.BROKEN: 3}
    line.show_progress(at(outcomes=outcomes, rate=640_000.0, fetched=64_000_000, left=720.0))
    assert line.sentence == (
        f"128 of 1{THIN}204 checked · 640 kB/s · 64.0 MB fetched · 12 min 00 s left · 3 broken"
    )
    assert find(line, QProgressBar, "").value() == round(128 / 1204 * 1000)


@pytest.mark.parametrize(
    ("hold", "text"),
    [
        (Hold.PERSON, "Paused"),
        (Hold.PLAYING, "Waits while something plays"),
        (Hold.EXPORT, "Waits for the export"),
        (Hold.NETWORK, "No account can be reached. It goes on by itself when the network is back."),
        (Hold.DISK, "The disk takes nothing; look after it. It goes on by itself when it works again."),
    ],
)
def test_it_says_why_it_waits(line: WorkLine, hold: Hold, text: str) -> None:
    line.show_progress(at(held=hold))
    assert line.sentence == f"{text} · 128 of 1{THIN}204 checked"


def test_what_the_person_or_a_fault_pauses_is_heard_once_and_what_plays_is_not(line: WorkLine) -> None:
    with overheard() as events:
        for held in (None, Hold.PLAYING, None, Hold.PERSON, Hold.PERSON, None, Hold.NETWORK, None):
            line.show_progress(at(held=held))
        line.show_end("1 of 1 checked", at(), trouble=False)
    assert [each.partition(":")[0] for each in events.said] == [
        "Check of health paused",
        "Check of health goes on",
        "Check of health paused",
        "Check of health goes on",
        "Check of health ended",
    ]


def test_its_buttons_are_those_that_are_of_use_now(line: WorkLine, qtbot: QtBot) -> None:
    assert shown(line) == {"showCheckupButton", "pauseCheckupButton", "stopCheckupButton"}
    with qtbot.waitSignal(line.acted, check_params_cb=lambda act: act is WorkAct.PAUSE, timeout=1000):
        find(line, QAbstractButton, "pauseCheckupButton").click()
    line.show_progress(at(held=Hold.PERSON))
    with qtbot.waitSignal(line.acted, check_params_cb=lambda act: act is WorkAct.GO_ON, timeout=1000):
        find(line, QAbstractButton, "pauseCheckupButton").click()
    line.show_end("done", at(outcomes={Checked.FAILED: 4}), trouble=False)
    assert shown(line) == {"showCheckupButton", "retryCheckupButton", "dismissCheckupButton"}
    assert find(line, QAbstractButton, "retryCheckupButton").text() == "Retry 4 failed"


def test_it_stands_above_the_exports_and_the_panel_is_there_as_long_as_it_is(
    panel: TransfersPanel, icons: Icons, qtbot: QtBot
) -> None:
    made = WorkLine(CheckupWords(), icons)
    panel.put(made, made.stops)
    export = panel.add(1, planned(2))
    assert not panel.isHidden()
    qtbot.waitUntil(lambda: made.y() < export.y())
    panel.remove(1)
    assert not panel.isHidden()
    panel.take(made)
    assert panel.isHidden()


def test_its_end_says_what_became_of_all() -> None:
    outcomes = {Checked.MEASURED: 1190, Checked.BROKEN: 3, Checked.SILENT: 2, Checked.FAILED: 9}
    ended = at(outcomes=outcomes)
    assert CheckupWords().ended(ended) == (
        f"1{THIN}204 of 1{THIN}204 checked · 3 broken · 2 without audio · 9 could not be fetched"
    )
    assert (
        CheckupWords()
        .ended(at(), ["EU support"])
        .endswith("EU support does not accept the key that Playhead has: reconnect, and it goes on")
    )
    assert CheckupWords().ended(at(), stopped=True).endswith("stopped; what is measured stays")


def test_what_is_not_to_be_checked_is_said() -> None:
    assert CheckupWords().nothing(Added(0, 12, 1)) == (
        "Nothing is left to check: 12 recordings are measured already and 1 recording has no audio."
    )
    assert to_check(1204, 340, 12, Totals(852, 0.0, 4_200_000, 0, 426)) == (
        f"1{THIN}204 recordings: 340 are measured, 12 have no audio,"
        " 852 are to be fetched and measured, about 8.4 MB."
    )


@pytest.mark.parametrize("more", [True, False])
def test_only_what_is_loaded_is_checked_unless_the_rest_is_wanted(
    qtbot: QtBot,
    line: WorkLine,
    more: bool,  # noqa: FBT001 - a case of the test
) -> None:
    offer = WorkOffer(
        name="checkup",
        title="Check the health",
        begin="Check",
        rest="&Search the rest first",
        heading="Check",
        figures="3 recordings.",
        coverage="Only what is loaded is checked. 3 loaded.",
        kept="Nothing is kept of the audio.",
        more=more,
        some=not more,
    )
    question = WorkQuestion(offer, line)
    qtbot.addWidget(question)
    question.show()
    assert ("Only what is loaded is checked. 3 loaded." in question.accessibleDescription()) is more
    rest, begin = (find(question, QAbstractButton, name) for name in ("checkupRestBox", "beginCheckupButton"))
    assert rest.isVisible() is more
    assert begin.isEnabled() is not more
    if more:
        rest.click()
        assert begin.isEnabled()
        assert question.rest
