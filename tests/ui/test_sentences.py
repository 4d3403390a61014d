"""Every error reaches the person as a sentence."""

import re
from collections.abc import Iterator, Mapping
from typing import get_args

import pytest

from playhead.core import errors
from playhead.core.exports.report import reason
from playhead.ui.wording.sentences import sentence

REASONS: Mapping[type[errors.PlayheadError], tuple[errors.Reason, ...]] = {
    errors.Unreachable: get_args(errors.Cut),
    errors.Garbled: get_args(errors.Oddity),
    errors.NoAudio: get_args(errors.Silence),
    errors.CatalogueReadOnly: get_args(errors.Shut),
    errors.ExportError: get_args(errors.Spoilt),
    errors.ExportUnreadable: get_args(errors.Unread),
    errors.Refused: ("", "no key", "password"),
    errors.Missing: ("", "workspace", "address"),
    errors.Forbidden: ("", "link"),
    errors.Rejected: ("", "address", "link"),
    errors.CatalogueUnreadable: ("", "lost key", "empty", "older"),
    errors.ProfileInUse: ("", "elsewhere"),
}
FAMILIES = (errors.PlayheadError, errors.ProviderError)
"""Never raised themselves."""
ACCOUNT = "Desk {0} of <b>Acme</b>"


def kinds(kind: type[errors.PlayheadError] = errors.PlayheadError) -> Iterator[type[errors.PlayheadError]]:
    if kind.__module__ == errors.__name__ and kind not in FAMILIES:
        yield kind
    for each in kind.__subclasses__():
        yield from kinds(each)


ADVICE = re.compile(
    r"(?:[.;,] |, or |then )(?:(?:Ask|Bring|Check|Choose|Connect|Export|Fetch|Look|Make|Put|Reconnect|See|Set"
    r"|Sign|Tell|Try|Unlock|Update|Use|Wait)\b|(?:ask|check|tell|try|restart)\b|It goes on by itself)"
)
"""How a sentence begins, or goes on, that says what the person can do."""
OF_LISTS = (errors.Garbled("html"), errors.Garbled("json"), errors.Garbled("loop"), errors.Garbled("large"))


def every_error() -> Iterator[errors.PlayheadError]:
    for kind in kinds():
        if kind not in REASONS:
            yield kind()
        for each in REASONS.get(kind, ()):
            yield kind(reason=each)
    for instead in get_args(errors.Instead):
        yield errors.NotAudio(instead)


EVERY = list(every_error())


def named(error: errors.PlayheadError) -> str:
    return f"{type(error).__name__}-{error.detail}"


@pytest.mark.parametrize("error", EVERY, ids=named)
def test_every_error_is_a_plain_sentence_without_technical_names(error: errors.PlayheadError) -> None:
    said = sentence(error, "EU support")
    assert said[0].isupper()
    assert said.endswith(".")
    assert "{" not in said
    assert "Something in Playhead itself" not in said
    for kind in kinds():
        assert not re.search(rf"\b{kind.__name__}\b", said) or kind.__name__ in {"Missing", "Gone"}
    assert not re.search(r"\b(None|Exception|Error|httpx|errno|traceback)\b", said, re.IGNORECASE)


@pytest.mark.parametrize(
    "error", [each for each in EVERY if isinstance(each, errors.ProviderError)], ids=named
)
def test_what_went_wrong_at_a_provider_names_the_account(error: errors.PlayheadError) -> None:
    assert sentence(error, "EU support").startswith("EU support")
    assert sentence(error).startswith("The provider")


@pytest.mark.parametrize("error", EVERY, ids=named)
def test_a_label_with_braces_or_tags_is_said_as_it_is(error: errors.PlayheadError) -> None:
    said = sentence(error, ACCOUNT)
    assert ACCOUNT in said or "{" not in said


def test_each_error_and_each_of_its_reasons_has_a_sentence_of_its_own() -> None:
    said = [sentence(error, "EU support") for error in EVERY if not isinstance(error, errors.NotAudio)]
    said += [sentence(errors.NotAudio(instead), "EU support") for instead in get_args(errors.Instead)]
    assert len(set(said)) == len(said)


def test_every_reason_that_there_is_is_walked_over() -> None:
    walked = {error.reason for error in EVERY}
    assert walked == {reason for one in get_args(errors.Reason) for reason in get_args(one) or (one,)}


@pytest.mark.parametrize("error", EVERY, ids=named)
def test_every_sentence_says_what_the_person_can_do(error: errors.PlayheadError) -> None:
    assert ADVICE.search(sentence(error, "EU support")), sentence(error, "EU support")


@pytest.mark.parametrize("error", OF_LISTS, ids=named)
def test_what_is_wrong_with_a_list_is_not_said_of_audio(error: errors.PlayheadError) -> None:
    assert "audio" not in sentence(error, "EU support")
    assert "audio" not in reason(error)


@pytest.mark.parametrize("error", EVERY, ids=named)
def test_a_report_has_words_for_every_error(error: errors.PlayheadError) -> None:
    words = reason(error)
    assert words[0].islower()
    assert words[-1] not in ".!"
    assert "{" not in words
    if isinstance(error, errors.ProviderError | errors.NoAudio | errors.ExportError):
        assert words not in {"it could not be had", "the file could not be written"}


def test_a_report_tells_the_cases_of_one_kind_apart() -> None:
    for kind, reasons in REASONS.items():
        if issubclass(kind, errors.ProviderError | errors.NoAudio | errors.ExportError):
            said = [reason(error) for error in EVERY if type(error) is kind]
            assert len(set(said)) == len(said) == len(reasons), said
    said = [reason(errors.NotAudio(instead)) for instead in get_args(errors.Instead)]
    assert len(set(said)) == len(said)


def test_a_refused_link_is_not_a_missing_role() -> None:
    said = sentence(errors.Forbidden(reason="link", status=403), "EU support")
    assert "role" not in said
    assert "link" in said
    said = sentence(errors.Forbidden(status=403), "EU support")
    assert "role" in said
    assert "recordings or transcripts" in said


def test_a_wrong_password_is_not_a_key_and_a_wrong_address_no_recording_that_has_gone() -> None:
    said = sentence(errors.Refused(reason="password", status=401), "EU support")
    assert "password" in said
    assert "key" not in said
    assert "F5" not in sentence(errors.Missing(reason="address", status=404), "EU support")


def test_the_status_is_told_to_those_who_have_to_ask_the_provider() -> None:
    assert "(503)" in sentence(errors.Unavailable("", status=503), "EU support")
    assert "(422)" in sentence(errors.Rejected("", status=422), "EU support")
    assert "(no status)" in sentence(errors.Rejected(), "EU support")


def test_a_fault_of_playhead_itself_sends_the_person_to_the_log() -> None:
    said = sentence(ZeroDivisionError("secret +31205550101"), "EU support")
    assert "Playhead itself" in said
    assert "log" in said
    assert "+31205550101" not in said


@pytest.mark.parametrize("kind", [errors.NoVault, errors.VaultError, errors.VaultLocked, errors.VaultSilent])
def test_a_sentence_on_the_keyring_names_no_way_that_only_a_dialog_has(kind: type[errors.VaultError]) -> None:
    assert "keep" not in sentence(kind())
