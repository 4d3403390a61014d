"""Numbers are shown as people write them, and found however they are typed."""

import pytest

from playhead.core.finding.numbers import as_typed
from playhead.ui.wording.phones import home_region, international, readings_in


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
