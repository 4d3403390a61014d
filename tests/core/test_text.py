"""Words and numbers compare whatever their case, accents and punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.text import digits_of, fold, looks_like_number, shortened


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MARIA", "maria"),
        ("João", "joao"),
        ("Joa\u0303o", "João"),
        ("Straße", "STRASSE"),
        ("Ἀθῆναι", "αθηναι"),
        ("ﬁle", "FILE"),
        ("ℌ", "h"),
        ("１２３", "123"),
        ("İstanbul", "istanbul"),
    ],
)
def test_case_accents_and_width_do_not_matter(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_letters_stay_different() -> None:
    assert fold("a") != fold("b")
    assert fold("%_*") == "%_*"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)), st.text())
def test_a_part_of_a_text_is_found_in_the_folded_text(part: str, rest: str) -> None:
    assert fold(part) in fold(rest + part + rest)


@pytest.mark.parametrize(
    "written",
    [
        "+31 20 555 0199",
        "0031205550199",
        "31205550199",
        "+31-(20)-5550199",
        "+31 (0)20 555 0199",
        "+31.20.555.01.99",
    ],
)
def test_a_number_has_the_same_digits_however_it_is_written(written: str) -> None:
    assert digits_of(written) == "31205550199"


def test_the_leading_zero_of_a_national_number_stays() -> None:
    assert digits_of("(0)20 555 0199") == "0205550199"


def test_what_has_no_digits_has_none() -> None:
    assert digits_of("anonymous") == digits_of("") == digits_of("+") == ""


@pytest.mark.parametrize(
    "text", ["3197", "+31", "+3", "(020) 555", "555-0199", "020/555", "+1 (555) 0199", "555‑0199"]
)
def test_these_look_like_numbers(text: str) -> None:
    assert looks_like_number(text)


@pytest.mark.parametrize("text", ["", "31", "+", "-", "5b74", "maria", "31a97", "-555", "1.5.2.x"])
def test_these_do_not_look_like_numbers(text: str) -> None:
    assert not looks_like_number(text)


def test_a_short_id_is_shown_whole_and_a_long_one_by_its_ends() -> None:
    assert shortened("5b74ee9e") == "5b74ee9e"
    assert shortened("5b74ee9ea6bbd") == "5b74ee9ea6bbd"
    assert shortened("5b74ee9e-0000-4000-8000-0000000a6bbd") == "5b74ee9…a6bbd"


@given(st.text(min_size=1), st.integers(2, 50))
def test_a_shortened_id_never_exceeds_its_length(text: str, length: int) -> None:
    short = shortened(text, length)
    assert len(short) <= length
    assert (short == text) is (len(text) <= length)
    assert short == text or (len(short) == length and short[-1] == text[-1])
