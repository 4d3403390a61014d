"""Numbers are shown as people write them, and found however they are typed."""

import pytest

from playhead.core.finding.query import as_typed
from playhead.core.recording import Party
from playhead.ui.wording.phones import international, readings_in
from playhead.ui.wording.whereabouts import home_region
from playhead.ui.wording.words import phone


@pytest.mark.parametrize(
    ("digits", "written"),
    [
        ("31205550123", "+31 20 555 0123"),
        ("12125550123", "+1 212-555-0123"),
        ("442079460123", "+44 20 7946 0123"),
        ("33199000123", "+33 1 99 00 01 23"),
        ("390655501234", "+39 06 5550 1234"),
        ("999999999999999", "+999999999999999"),
        ("3", "+3"),
        ("", "+"),
        ("31205550123555", "+31205550123555"),
    ],
)
def test_a_number_is_shown_in_its_international_form(digits: str, written: str) -> None:
    assert international(digits) == written


@pytest.mark.parametrize(
    ("region", "typed", "forms"),
    [
        ("NL", "020 555 0123", ("31205550123", "0205550123")),
        ("NL", "020-5550123", ("31205550123", "0205550123")),
        ("DE", "+31 20 555 0123", ("31205550123", "0205550123")),
        ("DE", "0031205550123", ("31205550123", "0205550123")),
        ("", "+31205550123", ("31205550123", "0205550123")),
        ("US", "(212) 555-0123", ("12125550123", "2125550123")),
        ("US", "011 31 20 555 0123", ("31205550123", "0205550123")),
        ("HU", "06 1 555 0123", ("3615550123", "0615550123")),
        ("IT", "06 5550 1234", ("390655501234", "0655501234")),
        ("", "0205550123", ()),
        ("NL", "2026", ()),
        ("NL", "not a number", ()),
        ("NL", "+", ()),
        ("XX", "0205550123", ()),
        ("NL", "9" * 400, ()),
    ],
)
def test_a_number_is_understood_as_in_ones_country(region: str, typed: str, forms: tuple[str, ...]) -> None:
    assert readings_in(region)(typed) == forms


def test_the_country_of_the_computer_is_two_letters_or_unknown() -> None:
    assert len(home_region()) in {0, 2}


def test_without_a_country_a_number_is_what_was_typed() -> None:
    assert as_typed("020 555 0123") == ()


@pytest.mark.parametrize(
    "written",
    ["+31 20 555 01 42 / 43", "+31 20 5550142 (2)", "+31 205550142-143", "+1 415 555 0132 . 44"],
)
def test_a_number_with_something_behind_it_is_shown_as_it_came(written: str) -> None:
    assert phone(Party(number=written)) == written


@pytest.mark.parametrize("written", ["+31 (0)20 624 1111", "0031-20-624-1111", "+31206241111"])
def test_a_whole_number_is_shown_in_one_form(written: str) -> None:
    assert phone(Party(number=written)) == "+31 20 624 1111"


@pytest.mark.parametrize(
    ("written", "country", "shown"),
    [
        ("+46846500432", "SE", "+46 8 465 004 32"),
        ("+31205550100", None, "+31 20 555 0100"),
        ("31205550100", "NL", "+31 20 555 0100"),
        ("12025550101", "US", "+1 202-555-0101"),
        ("31205550100", None, "31205550100"),
        ("31205550100", "BE", "31205550100"),
        ("42010815", "NL", "42010815"),
        ("+447700900438", "GB", "+44 7700 900438"),
        (" ＋447700900438", None, "+44 7700 900438"),
        ("+4201", "CZ", "+4201"),
        ("", "NL", ""),
        ("4201", "CZ", "4201"),
        ("sip:desk@example.com", "NL", "sip:desk@example.com"),
    ],
)
def test_a_number_on_an_internet_line_is_parted_where_it_is_certain_to_be_one(
    written: str, country: str | None, shown: str
) -> None:
    assert phone(Party(number=written, country=country, line="sip")) == shown
