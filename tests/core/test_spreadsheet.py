"""Text that goes into a spreadsheet stays what it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.spreadsheet import guarded, unguarded

SIGNS = "=+-@'#＝＋－＠−–"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "=SUM(A1:A9)",
            "=cmd|'/c calc'!A1",
            "@a",
            "-x",
            "'x",
            "\t=1",
            "\r=1",
            "＝1",
            "＋1",
            "－x",
            "＠x",
            "−x",
        ),
        *(" =1", "\u00a0=1", "\u200b=1", "\ufeff=1", '"=1', "#N/A", "#REF!"),
        *("+31205550123", "00123", "0612345678", "1-2", "1/2", "1.5", "1.2.3", "5%", "5 %", "(5)", ".5"),
        *("1e5", "1e5 ", "3E5", "0x1F", "½", "٣", "１２", "123456789012345678"),
        *("$5", "€5", "£", "5 EUR", "CHF 5", "5 kr"),
        *("2026-01-02", "10:30", "12:30 PM", "2 PM", "3pm", "10h30", "Q1 26"),
        *("May 2026", "may 2026", "Mar 5", "Jan-1", "MARCH1", "SEPT1", "1 Jan", "5 May 2026"),
        *("3. Mai", "12. März", "1 août", "1er mai 2026", "2 maart", "5 de mayo de 2026", "2026年1月5日"),
        *("lunes, 5 de mayo de 2026", "5 мая", "12 calls", "1st floor"),
        *(
            "TRUE",
            "false",
            "WAHR",
            "ＴＲＵＥ",
            "tr\u00adue\u200f",
            "Falsch",
            "VRAI",
            "faux",
            "waar",
            "ONWAAR",
            "verdadero",
            "ИСТИНА",
            "doğru",
        ),
        *("INF", "NaN", "null", "N/A"),
    ],
)
def test_what_a_spreadsheet_would_change_has_an_apostrophe_before_it(text: str) -> None:
    *_, piece = re.split(r"[\t\r]", text)
    assert guarded(text).endswith(f"'{piece}")
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "Maria", "O'Brien", "EU support", "a=1", "Mr. X; Mrs. Y", "one\ntwo"),
        *("5b74ee9e-0001-4c7e-9a51-3f0a2be9d7c4", "3f0a2be9d7c4" * 5),
        "11111111-2222-4333-8444-555555555555",
        *("2026-07-14/0031205550123_1.mp3", "00123.wav"),
        *("Maria <+31 20 555 0123>", "5b74ee9e-0001", "call back\n1:02 refund"),
        "the provider does not have it (HTTP 404, request req-7)",
    ],
)
def test_words_ids_sentences_and_names_of_files_are_left_as_they_are(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("sign", ["=1", "+1", "-1", "@a", "1-2", "007", "½"])
@pytest.mark.parametrize("before", ["x;", 'x";', "x;  ", 'x;"', "x\t", "x\n", "x\r\n", "x;\u00a0", ";;"])
def test_nothing_that_begins_behind_a_sign_that_parts_cells_is_taken_for_a_value(
    before: str, sign: str
) -> None:
    """The list separator is `;` where the comma is the decimal sign."""
    found = guarded(f"{before}{sign};y")
    assert all(piece[:1] in {"", "x", "y", "'"} for piece in re.split(r"[;\t\r\n]", found))
    assert unguarded(found) == f"{before}{sign};y"


@given(st.text() | st.text(alphabet=SIGNS + ";\t\n\r\"' 0a"))
def test_the_guard_can_be_taken_away_and_no_piece_begins_with_a_sign(text: str) -> None:
    found = guarded(text)
    assert unguarded(found) == text
    for piece in re.split(r"[;\t\r\n]", found):
        bare = piece.strip().lstrip('"').strip()
        assert not bare or piece.startswith("'") or bare[0] not in SIGNS
