"""A recording says when it was, whether it can be heard, and by which words it is found."""

import pytest

from playhead.core.recording import Party, Recording
from support.fakes import NOON, recording


def test_a_recording_is_known_by_its_account_and_its_id() -> None:
    assert recording(1).key == ("bird-1", "id-1")


def test_its_moment_is_the_start_or_else_the_creation() -> None:
    assert recording(0).moment == NOON
    assert recording(0, started=None).moment == NOON
    assert recording(0, started=None, created=None).moment is None


@pytest.mark.parametrize("status", ["accepted", "ongoing", "PAUSED", "absent", "failed"])
def test_a_recording_without_audio_is_not_playable(status: str) -> None:
    assert not recording(1, status=status).playable


@pytest.mark.parametrize("status", ["available", "completed", "a status of tomorrow", None])
def test_any_other_status_is_worth_a_try(status: str | None) -> None:
    assert recording(1, status=status).playable


def test_a_row_with_a_fault_is_not_playable() -> None:
    assert not recording(1, fault="The duration is not a number.").playable


def test_the_normal_form_of_a_number_is_shown_and_compared() -> None:
    party = Party(number="003197004499436", identity="+31 97004499436")
    assert party.address == "+31 97004499436"
    assert party.digits == "3197004499436"
    assert Party(number="020 555 0199").digits == "0205550199"
    assert (Party().address, Party().digits) == (None, "")


def test_the_visible_text_holds_every_word_folded() -> None:
    text = recording(
        1, name="Über uns", caller=Party(name="João", number="+31 20 555 0199"), callee=Party(anonymous=True)
    ).visible_text
    for word in ("uber uns", "joao", "31205550199", "anonymous", "bird", "mp3", "id-1", "incoming"):
        assert word in text


def test_words_of_two_fields_are_not_one_phrase() -> None:
    assert "welcome available" not in recording(1, name="welcome").visible_text


def test_a_recording_of_which_nothing_is_known_has_a_text() -> None:
    bare = Recording(account="bird-1", id="7", provider=recording(1).provider)
    assert bare.visible_text == "call\nbird\n7"


def test_recordings_can_be_kept_in_sets_whatever_was_sent() -> None:
    assert len({recording(1, raw={"odd": [1, {}]}), recording(1, raw={"odd": [1, {}]})}) == 1
