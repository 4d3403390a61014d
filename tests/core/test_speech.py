"""What was said is found word by word, in any script, by side, as phrases; and where it was said."""

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import Query, QueryError, Spoken
from playhead.core.finding.queryediting import pieces
from playhead.core.finding.speech import folded_voices, is_said, pattern_of, voices_in, words_in
from playhead.core.finding.speechhits import hits, passage
from playhead.core.transcript import Line, Side, Transcript
from support.fakes import NOON, recording


def spoken(*lines: str) -> Transcript:
    """A transcript of lines of 10 s each, with the side that says them before a bar if that is known."""
    made = []
    for at, line in enumerate(lines):
        side, bar, words = line.partition("|")
        known = Side(side) if bar else None
        made.append(Line(start=at * 10.0, end=at * 10.0 + 10, text=words if bar else line, side=known))
    return Transcript(id="t", locale=None, lines=tuple(made))


CALL = spoken(
    "left|Good morning! How can I help?",
    "right|I want to CANCEL my",
    "left|Sorry?",
    "right|contract. And a refund, s'il vous plaît: Rückzahlung.",
    "left|我想退款，谢谢。",
    "right|ขอคืนเงิน ครับ",
    "left|אני רוצה הֶחְזֵר",
    "right|أريدُ استرداد المال",
    "left|मुझे वापसी चाहिए",
    "right|返金 と キャンセル",
)


def found(text: str, transcript: Transcript | None = CALL) -> bool:
    return matches(parse(text, NOON).node, recording(0), transcript=transcript)


@pytest.mark.parametrize(
    "text",
    [
        "said:refund",
        "said:REFÜND",
        "said:plait",
        'said:"cancel my contract"',
        'said:"cancel, my: CONTRACT!"',
        'said:"s\'il vous"',
        "said:ruck*",
        'said:"my contr*"',
        "said:left:sorry",
        "said:right:refund",
        "said:(absent OR refund)",
        "said:(refund sorry)",
        "said:left:(absent OR sorry)",
        "said:absent,refund",
        "said:left:absent,sorry",
        "said:left:absent,right:gone,refund",
        "-said:absent",
        "-said:(absent OR gone)",
        "-said:left:refund",
        "said:退款",
        "said:款",
        'said:"我想退款 谢谢"',
        "said:คืนเงิน",
        "said:คื*",
        "said:החזר",
        "said:استرداد",
        "said:वापसी",
        "said:वाप*",
        "said:ｷｬﾝｾﾙ",
        "said:返金",
    ],
)  # fmt: skip
def test_it_was_said(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "said:fund",
        "said:ref",
        'said:"my contr"',
        'said:"cancel my sorry"',
        "said:right:sorry",
        "said:left:absent,refund",
        "-said:left:absent,sorry",
        "said:(refund absent)",
        "-said:refund",
        "-said:(absent OR refund)",
        "said:款退",
        "said:वाप",
        'said:"help sorry want"',
    ],
)
def test_it_was_not_said(text: str) -> None:
    assert not found(text)


def test_nothing_is_said_where_no_transcript_is_kept() -> None:
    assert not found("said:refund", None)
    assert found("-said:refund", None)
    assert not found("said:refund", spoken())


@pytest.mark.parametrize(
    ("text", "sentence", "place"),
    [
        ("said:", "Write what to look for after “said:”.", (0, 5)),
        ("x said:left:", "Write a word or a phrase after “said:left:”.", (2, 12)),
        ("said:🎧", "Write a word or a phrase after “said:”.", (0, 6)),
        (
            "said:re*und",
            "A star stands behind the beginning of the last word: said:refund* finds “refunded”.",
            (0, 11),
        ),
        (
            "said:(a OR kind:call)",
            "Brackets behind a field hold words and phrases, not another field.",
            (11, 20),
        ),
        ("said:-refund", "The minus stands in front: -said:refund.", (0, 12)),
        ("said:left:-sorry", "The minus stands in front: -said:left:sorry.", (0, 16)),
        ("said:(a", "This bracket is not closed.", (5, 6)),
        ("said:()", "There is nothing in these brackets.", (5, 6)),
        ("spoken:refund", "There is no field called “spoken”. Did you mean said: ?", (0, 13)),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_place(
    text: str, sentence: str, place: tuple[int, int]
) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text, NOON)
    assert refused.value.sentence.startswith(sentence)
    assert (refused.value.start, refused.value.end) == place


def test_a_field_with_brackets_is_one_condition() -> None:
    parts = pieces('kind:call -said:left:(a OR "b c") (x OR y)')
    assert parts is not None
    assert [each.text for each in parts] == ["kind:call", '-said:left:(a OR "b c")', "(x OR y)"]


_WORDS = ("no", "Nó", "now", "退", "款", "คื", "คืน", "हि", "ह", "½", "don't", "_", "-", "\u094d", "ﬁ")
_texts = st.lists(st.sampled_from(_WORDS) | st.text(max_size=3), max_size=6).map(" ".join) | st.lists(
    st.sampled_from(_WORDS), max_size=6
).map("".join)


@given(st.lists(_texts, max_size=3), _texts, st.integers(0, 3), st.integers(1, 3))
def test_the_expression_finds_what_the_plain_definition_says(
    lines: list[str], phrase: str, first: int, number: int
) -> None:
    transcript = spoken(*(line.replace("|", " ") for line in lines))
    for text, begins in product((phrase, *lines), (False, True)):
        words = tuple(words_in(text)[first : first + number])
        if words:
            said = Spoken(words, begins)
            pattern = pattern_of(said)
            expected = is_said(said, transcript)
            assert (pattern.search(folded_voices(transcript)) is not None) == expected
            assert any(pattern.search(voice) for voice in voices_in(folded_voices(transcript))) == expected


def told(text: str, transcript: Transcript = CALL) -> list[tuple[int, list[str]]]:
    """The second in which each hit begins, and the words that it marks line by line."""
    return [
        (int(hit.start), [transcript.lines[each.line].text[each.start : each.end] for each in hit.parts])
        for hit in hits(parse(text, NOON), transcript)
    ]


def test_hits_are_marked_where_they_were_said() -> None:
    assert told("said:refund") == [(33, ["refund"])]
    assert told('said:"cancel my contract"') == [(15, ["CANCEL my", "contract"])]
    assert told("said:(sorry OR plait)") == [(20, ["Sorry"]), (36, ["plaît"])]
    assert told("said:退款") == [(42, ["退款"])]
    assert [words for _, words in told("said:החזר")] == [["הֶחְזֵר"]]
    assert told("-said:refund") == told("refund") == told("said:right:sorry") == []
    assert told("said:ruck*") == [(37, ["Rück"])]


@pytest.mark.parametrize(
    ("text", "word"),
    [("мой возврат", "мой"), ("환불 해주세요", "환불"), ("がぎ", "が"), ("ﾊﾟｽﾎﾟｰﾄ", "パスポート")],
)
def test_hits_are_marked_in_letters_of_several_signs_too(text: str, word: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    ((_, marked),) = told(f"said:{word}", spoken(apart))
    assert unicodedata.normalize("NFKC", "".join(marked)) == word


@given(st.lists(_texts, max_size=4), _texts)
def test_there_are_hits_exactly_where_it_was_said(lines: list[str], phrase: str) -> None:
    transcript = spoken(*(line.replace("|", " ") for line in lines))
    for text in (phrase, *lines):
        if words := tuple(words_in(text)[:2]):
            query = Query(node=Spoken(words))
            marked = hits(query, transcript)
            assert bool(marked) == is_said(Spoken(words), transcript)
            for hit in marked:
                shown = passage(transcript, hit, marked)
                assert shown.marks
                assert all(0 <= start < end <= len(shown.text) for start, end in shown.marks)


def test_lines_out_of_order_and_overlapping_sides_are_heard_one_by_one() -> None:
    lines = (
        Line(start=20, end=26, text="contract now", side=Side.RIGHT),
        Line(start=11, end=30, text="One moment, contract number?", side=Side.LEFT),
        Line(start=10, end=21, text="Cancel my", side=Side.RIGHT),
    )
    odd = Transcript(id="t", locale=None, lines=lines)
    assert [each.side for each in hits(parse("said:contract", NOON), odd)] == [Side.LEFT, Side.RIGHT]
    assert found('said:"cancel my contract now"', odd)
    assert not found('said:"cancel my one moment"', odd)


def test_a_passage_is_the_sentence_around_a_hit_and_cut_at_words_where_it_is_long() -> None:
    short = spoken("Hello there. I would like a refund, please! Thank you.")
    (hit,) = hits(parse("said:refund", NOON), short)
    shown = passage(short, hit)
    assert shown.text == "I would like a refund, please!"
    assert [shown.text[start:end] for start, end in shown.marks] == ["refund"]
    long = spoken(f"{'well ' * 200}refund {'so ' * 300}")
    (hit,) = hits(parse("said:refund", NOON), long)
    shown = passage(long, hit)
    assert len(shown.text) < 200
    assert shown.text.startswith("…well ")
    assert shown.text.endswith(" so…")
    assert [shown.text[start:end] for start, end in shown.marks] == ["refund"]


def test_nobody_tells_when_it_was_said_where_a_transcript_has_no_times() -> None:
    lines = (Line(start=0.0, end=0.0, text="Hello"), Line(start=0.0, end=0.0, text="A refund, please."))
    untold = Transcript(id="t", locale=None, lines=lines)
    (hit,) = hits(parse("said:refund", NOON), untold)
    shown = passage(untold, hit)
    assert (shown.text, shown.at, shown.heard_from) == ("A refund, please.", None, 0.0)


def test_hours_of_speech_are_looked_through_in_a_moment() -> None:
    hours = spoken(*(f"left|so this is sentence number {each} about nothing" for each in range(10_000)))
    assert len(hits(parse("said:sentence", NOON), hours)) == 10_000
    assert told('said:"number 9999 about"', hours)[0][0] > 99_000
