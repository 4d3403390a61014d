"""What the cells of each column say, and what their tips add."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt

from playhead.core.finding.choosing import ValueCondition
from playhead.core.finding.fields import FIELDS
from playhead.core.health.verdicts import SoundHealth, Verdict
from playhead.core.marks import Marks
from playhead.core.recording import Party, Recording
from playhead.ui.table.column import Column
from playhead.ui.table.columns import COLUMNS
from playhead.ui.table.showing import Showing
from playhead.ui.wording import healthwords
from support.fakes import BIRD, NOON, recording
from support.health.figures_examples import figures, side

SHOWING = Showing(NOON.astimezone(ZoneInfo("Europe/Amsterdam")), {BIRD.id: BIRD.label})
MEASURED = frozenset(
    ["health", "loudness", "peak", "clipped", "silence", "talk_left", "talk_right", "decoded"]
)
BARE = Recording(account="gone", id="x", provider="convirza")


def column(key: str) -> Column:
    return next(each for each in COLUMNS if each.key == key)


def cell(key: str, found: Recording) -> str:
    return column(key).text(found, SHOWING)


def tip(key: str, found: Recording) -> str:
    made = column(key).tip
    assert made is not None
    return made(found, SHOWING)


def test_a_whole_row_is_said_in_the_persons_words_and_zone() -> None:
    found = recording(0, duration=760.0, size=1_234_567)
    said = {each.key: each.text(found, SHOWING) for each in COLUMNS}
    assert said == {
        "state": "",
        "started": "Today 13:00",
        "name": "Call · incoming",
        "from": "+31 970 044 99436",
        "to": "+351 919 150 029",
        "duration": "12:40",
        "heard": "0 %",
        "account": "EU support",
        "from_number": "+31 970 044 99436",
        "to_number": "+351 919 150 029",
        "status": "available",
        "format": "mp3",
        "stereo": "stereo",
        "kind": "Call",
        "direction": "incoming",
        "transcribed": "no",
        "size": "1.2 MB",
        "exported": "",
        "provider": "Bird",
        "health": "",
        "loudness": "",
        "peak": "",
        "clipped": "",
        "silence": "",
        "talk_left": "",
        "talk_right": "",
        "decoded": "",
        "encoding": "",
        "same": "",
        "id": "id-0",
    }


def test_what_was_measured_is_said_and_the_verdict_with_its_reason() -> None:
    sides = (side(peak=-0.4, clipped=0.0013), side(talk=0.002))
    measured = figures(channels=sides, loudness=-31.24, silence=0.555, seconds=75.0)
    health = SoundHealth(measured, Verdict.ONE_SIDED)
    found = recording(0)
    shown = SHOWING.with_marks({found.key: Marks(health=health)})
    assert {each.key: each.text(found, shown) for each in COLUMNS if each.key in MEASURED} == {
        "health": "Only one side",
        "loudness": "-31.2 LUFS",
        "peak": "-0.4 dBTP",
        "clipped": "0.13 %",
        "silence": "56 %",
        "talk_left": "40 %",
        "talk_right": "0.20 %",
        "decoded": "1:15",
    }
    told = column("health").tip
    assert told is not None
    assert told(found, shown) == "Talk on the left 40 %, on the right 0.20 % of the time."
    assert column("health").asks(found, shown) == ValueCondition("health", ("one-sided",))
    assert tip("health", found) == healthwords.UNMEASURED


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_words_and_a_reason(verdict: Verdict) -> None:
    shown = SHOWING.with_marks({BARE.key: Marks(health=SoundHealth(figures(channels=()), verdict))})
    assert column("health").text(BARE, shown)
    told = column("health").tip
    assert told is not None
    assert told(BARE, shown).endswith(".")


@pytest.mark.parametrize("each", COLUMNS, ids=lambda each: each.key)
def test_no_column_stumbles_over_a_recording_of_which_nothing_is_known(each: Column) -> None:
    assert isinstance(each.text(BARE, SHOWING), str)
    assert each.tip is None or isinstance(each.tip(BARE, SHOWING), str)


def test_what_is_unknown_says_so_where_an_empty_cell_would_puzzle() -> None:
    assert cell("started", BARE) == "no date"
    assert tip("started", BARE) == "The provider gave no date."
    assert cell("duration", BARE) == "—"
    assert cell("from", BARE) == "unknown"
    assert [cell(key, BARE) for key in ("stereo", "transcribed", "size", "account")] == ["", "", "", ""]
    assert cell("duration", recording(0, duration=0.0)) == "0:00"


def test_the_tip_of_a_date_is_the_whole_moment_in_the_time_of_its_day() -> None:
    summer = recording(0, started=datetime(2025, 7, 1, 8, 0, tzinfo=UTC))
    assert tip("started", summer) == "Tuesday 1 July 2025, 10:00:00 CEST"


def test_the_tip_of_a_side_holds_all_that_is_known_of_it() -> None:
    caller = Party(name="Maria Example", number="31205550101", country="NL", line="pstn")
    assert cell("from", recording(0, caller=caller)) == "Maria Example"
    assert tip("from", recording(0, caller=caller)) == (
        "Maria Example · +31 20 555 0101 · NL · pstn · sent as 31205550101"
    )


def test_a_long_id_is_shortened_in_the_middle_and_whole_in_its_tip() -> None:
    found = recording(0, id="5b74ee9e-8b2d-4e6f-9a71-0c4d2e8b6f13")
    assert "…" in cell("id", found)
    assert tip("id", found) == found.id


def test_numbers_stand_to_the_right() -> None:
    right = [each.key for each in COLUMNS if each.alignment & Qt.AlignmentFlag.AlignRight]
    assert right == [
        "duration", "size", "loudness", "peak", "clipped", "silence", "talk_left", "talk_right", "decoded",
        "same",
    ]  # fmt: skip


def test_every_column_has_a_key_of_its_own_and_a_new_profile_shows_the_important_ones() -> None:
    assert len({each.key for each in COLUMNS}) == len(COLUMNS)
    shown = [each.key for each in COLUMNS if each.shown]
    assert shown == ["state", "started", "name", "from", "to", "duration", "heard", "account"]


@pytest.mark.parametrize("each", COLUMNS, ids=lambda each: each.key)
def test_the_word_that_a_header_offers_can_be_typed_into_the_filter(each: Column) -> None:
    assert each.field.partition(":")[0] in (*FIELDS, "")
