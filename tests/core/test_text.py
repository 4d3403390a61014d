"""Words and numbers compare whatever their case, accents and punctuation."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.text import (
    digits_of,
    fold,
    folded_places,
    international_digits,
    looks_like_number,
    shortened,
    western,
)

EVERY = range(sys.maxunicode + 1)
# Planes 2 and 3 hold ideographs, the last two what is private.
SCRIPTS = tuple(map(chr, (*EVERY[:0x20000], *EVERY[0xE0000:0xE1000])))
FORMATS = tuple(each for each in SCRIPTS if unicodedata.category(each) == "Cf")
ALPHABETS = ("LATIN ", "GREEK ", "CYRILLIC ")
LETTERS = tuple(
    each for each in SCRIPTS if each.isalpha() and unicodedata.name(each, "").startswith(ALPHABETS)
)


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
        ("Łukasz", "lukasz"),
        ("Søren Ångström", "soren angstrom"),
        ("Đorđe", "DORDE"),
        ("Ħamrun", "hamrun"),
        ("Þór Æsirsson", "thor aesirsson"),
        ("Guðrún", "gudrun"),
        ("Cœur", "COEUR"),
        ("Ŋdaw", "ndaw"),
        ("Əliyev", "eliyev"),
        ("Ɓala Ƙofar", "bala kofar"),
        ("ISPARTA", "ısparta"),
        ("Işık", "IŞIK"),
        ("ışık", "isik"),
        ("İ", "ı"),
        ("ΟΔΥΣΣΕΥΣ", "Ὀδυσσεύς"),
        ("ϐάρϐαρος", "ΒΑΡΒΑΡΟΣ"),
        ("Ёлка", "елка"),
        ("за́мок", "замок"),
        ("Ґалаґан", "галаган"),
        ("Қазақ", "казак"),
        ("ﾊﾟﾅﾏ", "パナマ"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("O’Brien", "o'brien"),
        ("O`Brien", "o´brien"),
        ("Hawaiʻi", "hawai'i"),
        ("Jean‑Luc", "jean-luc"),
        ("a – b — c − d", "a - b - c - d"),
        ("„gut“ «bon» “good”", '"gut" "bon" "good"'),
        ("（３：４）", "(3:4)"),
        ("wait…", "wait..."),
        ("a\u00a0b\u3000c\u202fd", "a b c d"),
        ("خط ٣١٩٧", "خط 3197"),
    ],
)
def test_case_accents_and_width_do_not_matter(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_letters_stay_different() -> None:
    assert fold("a") != fold("b")
    assert fold("%_*") == "%_*"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か", "が"),
        ("ﾊ", "ﾊﾟ"),
        ("й", "и"),
        ("ї", "і"),
        ("क्ष", "कष"),
        ("कि", "क"),
        ("ป่า", "ปา"),
        ("あ", "ア"),
        ("о", "o"),
        ("陳", "陈"),
    ],
)
def test_marks_that_are_letters_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.slow
def test_every_character_is_folded_for_good() -> None:
    # No character stands in planes 4 to 13, and none that Unicode knows in 15 and 16: some of those will do.
    every = (*EVERY[:0x40000], *EVERY[0x40000:0xE0000:101], *EVERY[0xE0000:0xF0000], *EVERY[0xF0000::101])
    folded = {each: fold(each) for each in map(chr, every)}
    # What folds to itself, and what is western already, need not be folded again.
    changed = {once for each, once in folded.items() if once != each}
    assert [once for once in changed if fold(once) != once] == []
    written = ((each, western(each)) for each in folded)
    assert [each for each, text in written if text != each and fold(text) != folded[each]] == []


def test_every_letter_is_one_however_it_is_written() -> None:
    for letter in LETTERS:
        forms = (unicodedata.normalize("NFD", letter), unicodedata.normalize("NFKD", letter))
        assert {fold(each) for each in (*forms, letter.upper(), letter.lower(), letter.title())} == {
            fold(letter)
        }, letter


def test_latin_letters_become_those_of_every_keyboard() -> None:
    blocks = [each for each in LETTERS if each <= "\u024f" or "\u1e00" <= each <= "\u1eff"]
    # Signs of tones, clicks and stops.
    signs = set("ƄƅƧƨƼƽƻǀǁǂǃƾɁɂƍƛƪƸƹẟ")
    assert {each for each in blocks if not fold(each).isascii()} == signs
    assert fold("ƀɓđɖɛɔɣħıƙłɲŋɵøƥʀſŧʉʋƶʒʃ") == "bbddeoghikl" + "nnoop" + "rstuvzzs"


@given(st.lists(st.sampled_from(LETTERS) | st.characters(categories=["L", "M", "N", "P"])).map("".join))
def test_a_word_is_one_however_it_is_written(word: str) -> None:
    assert fold(unicodedata.normalize("NFD", word)) == fold(unicodedata.normalize("NFC", word)) == fold(word)


@given(st.text(st.sampled_from(LETTERS) | st.characters()), st.data())
def test_what_nobody_sees_changes_nothing(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    mark = data.draw(st.sampled_from((*FORMATS, "\0", "\ud800", "\udfff", "\ufe0f", "\u034f")))
    marked = text[:place] + mark + text[place:]
    assert fold(marked) == fold(text)
    assert western(marked) == western(text)


def test_every_format_character_is_dropped() -> None:
    assert [each for each in FORMATS if fold(each) or western(each)] == []


MARKS = tuple(each for each in SCRIPTS if unicodedata.combining(each))
APART = (
    "ㄱ",
    "\u1100",
    "\u1161",
    "\u11a8",
    "が",
    "か",
    "\u3099",
    "ﾊ",
    "ﾟ",
    "и",
    "\u0306",
    "\u200c",
    "\n",
    "\0",
    "ß",
)


@given(st.text(st.sampled_from((*APART, *MARKS)) | st.characters()))
def test_each_folded_letter_has_the_place_it_comes_from(text: str) -> None:
    folded, places = folded_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert list(places) == sorted(places)
    assert places[-1] == len(text)


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


@pytest.mark.parametrize(
    ("address", "digits"),
    [
        ("+31205550142;ext=12", "31205550142"),
        ("+31 20 555 0142 x12", "31205550142"),
        ("+31205550142x12", "31205550142"),
        ("+33 1 55 50 01 42 poste 12", "33155500142"),
        ("+4930 5550142 Durchwahl 12", "49305550142"),
        ("+81355500142内線12", "81355500142"),
        ("+7 495 555-01-42 доб. 12", "74955550142"),
        ("+1 (415) 555-0132 x4", "14155550132"),
        ("+31205550142,,12#", "31205550142"),
        ("+31205550142 #12", "31205550142"),
        ("#31#0612345678", "0612345678"),
        ("*21*0612345678#", "0612345678"),
        ("**61*+31612345678*11*30#", "31612345678"),
        ("*67 415 555 0132", "4155550132"),
        ("sip:1001@10.20.30.40", "1001"),
        ("sips:+31205550142@198.51.100.7:5061;transport=tls", "31205550142"),
        ("“Maria” <sip:+31205550142@example.com>", "31205550142"),
        ("tel:+31-20-555-0142;phone-context=example.com", "31205550142"),
        ("tel:%2B31205550142", "31205550142"),
        ("+31205550142@192.0.2.1", "31205550142"),
        ("alice@192.0.2.1", ""),
        ("sip:192.0.2.1", ""),
        ("Tel. +31 20 555 0142", "31205550142"),
        ("agent1001", "1001"),
        ("1-800-FLOWERS", "1800"),
        ("+31205550142 / +31205550143", "31205550142"),
        ("5b74ee9e-0000-4000-8000-0000000a6bbd", ""),
        ("\u202a+31205550142\u202c", "31205550142"),
        ("+31\u20112055\u200b50142", "31205550142"),
    ],
)
def test_only_what_belongs_to_a_number_is_in_its_digits(address: str, digits: str) -> None:
    assert digits_of(address) == digits


@pytest.mark.parametrize(
    "address", ["+31 20 555 0142", "31205550142", "0031205550142", "+31 (0)20 555 0142", "\u200e+31205550142"]
)
def test_a_whole_number_with_its_country_is_known_as_one(address: str) -> None:
    assert international_digits(address) == "31205550142"


@pytest.mark.parametrize(
    "address",
    [
        "+31205550142;ext=12",
        "+1 (415) 555-0132 x4",
        "#31#0612345678",
        "sip:+31205550142@10.0.0.5",
        "sip:1001@10.20.30.40",
        "tel:+31205550142",
        "+31205550142 / +31205550143",
        "02055501420205550143",
        "(415) 555-0132",
        "10.20.30.40",
        "0205550142",
        "+0205550142",
        "1001",
        "maria",
        "",
    ],
)
def test_anything_else_is_no_whole_number(address: str) -> None:
    assert international_digits(address) == ""


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
