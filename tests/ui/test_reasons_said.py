"""What is said of an error hangs on its kind and its reason, never on its technical note."""

import pytest

from playhead.core import errors
from playhead.core.exports.template import Template, TemplateError
from playhead.core.recording import PASSING_STATUSES, SILENT_STATUSES, Recording
from playhead.ui.wording import words
from playhead.ui.wording.sentences import sentence


@pytest.mark.parametrize(
    ("reason", "told", "advice"),
    [
        ("status", "EU support has no audio for this recording now.", "Look for new recordings"),
        ("row", "EU support lists this recording in a form that Playhead does not know.", "details"),
        ("link", "EU support gave a link to the audio that is not safe", "Try again"),
    ],
)
def test_of_audio_that_cannot_be_had_the_person_reads_why_and_what_to_do(
    reason: errors.Silence, told: str, advice: str
) -> None:
    said = sentence(errors.NoAudio(reason), "EU support")
    assert said.startswith(told)
    assert advice in said


@pytest.mark.parametrize(
    "kind", [errors.Refused, errors.Missing, errors.CatalogueUnreadable, errors.Rejected]
)
@pytest.mark.parametrize("note", ["no key", "workspace", "lost key", "address"])
def test_a_technical_note_changes_nothing_of_what_is_said(
    kind: type[errors.PlayheadError], note: str
) -> None:
    assert sentence(kind(note), "EU support") == sentence(kind(), "EU support")


def test_an_address_that_is_not_safe_is_not_said_to_be_the_providers_refusal() -> None:
    said = sentence(errors.Rejected(reason="address"), "EU support")
    assert "https" in said
    assert "status" not in said


def test_a_template_that_cannot_be_used_speaks_for_itself() -> None:
    with pytest.raises(TemplateError) as caught:
        Template.parse("{nonsense}.{ext}")
    assert isinstance(caught.value, errors.PlayheadError)
    assert sentence(caught.value).startswith("There is no field {nonsense}. There are {started}")
    assert "nonsense" not in caught.value.detail


@pytest.mark.parametrize("status", sorted(SILENT_STATUSES))
def test_a_recording_without_audio_is_in_progress_if_its_status_will_pass(status: str) -> None:
    silent = Recording(account="a1", id="r1", provider="bird", status=status)
    assert ("still in progress" in words.unplayable(silent)) is (status in PASSING_STATUSES)
