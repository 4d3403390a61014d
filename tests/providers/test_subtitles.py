"""Reading WebVTT and SubRip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.transcript import Line, Side
from playhead.providers.reading.subtitles import LONGEST_CUE, subtitles
from support.hypothesis_profiles import tries

VTT = """WEBVTT - a title
Kind: captions

NOTE
00:01 is no cue here

STYLE
::cue { color: red }

1 - the beginning
00:00.500 --> 00:02.000 align:start position:10%
<v.loud Mary Ann>Hello <i>there</i>,
how&nbsp;are you &amp; yours?</v>

01:00:03.250 --> 01:00:05.000
<v Left>Fine. <00:04.000><v Right>Good.

00:00:06.000 --> 00:00:05.000
I say that 1 < 2 and 3 > 2.
"""

SRT = "1\r\n00:00:00,500 --> 00:00:02,000\r\n{\\an8}<font color=red>Hello</font>\r\nthere\r\n\r\n"
SRT += "2\r\n00:00:03,25 --> 00:00:04\r\nBye\r\n"


def test_webvtt_gives_cues_with_voices_and_without_markup() -> None:
    assert subtitles(VTT) == (
        Line(start=0.5, end=2.0, text="Hello there, how\xa0are you & yours?", speaker="Mary Ann"),
        Line(start=6.0, end=6.0, text="I say that 1 < 2 and 3 > 2."),
        Line(start=3603.25, end=3605.0, text="Fine.", speaker="Left"),
        Line(start=3603.25, end=3605.0, text="Good.", speaker="Right"),
    )


def test_subrip_gives_cues() -> None:
    assert subtitles(SRT) == (
        Line(start=0.5, end=2.0, text="Hello there"),
        Line(start=3.25, end=4.0, text="Bye"),
    )


@pytest.mark.parametrize(
    "times",
    [
        "00:00:01,5-->00:00:02,25",
        "00:00:01.500 -> 00:00:02.250",
        "0:0:1;5 —> 0:0:2;25",
        "00:00:01:500 → 00:00:02:250",
        " 00:01,500  -->  00:02,250  X1:53 X2:100",
        "٠٠:٠٠:٠١٫٥ --> ٠٠:٠٠:٠٢٫٢٥",
    ],
)
def test_times_are_read_however_they_are_set_apart(times: str) -> None:
    assert subtitles(f"1\n{times}\nHi") == (Line(start=1.5, end=2.25, text="Hi"),)


def test_what_stands_behind_an_empty_line_of_a_subrip_cue_was_said_in_it() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore\n\n2\n00:00:03,000 --> 00:00:04,000\n7\n\n"
    text += "00:00:05,000 --> 00:00:06,000\nTwo\n\n"
    assert [line.text for line in subtitles(text)] == ["One more", "7", "Two"]


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_any_line_breaks_and_a_byte_order_mark_are_fine(breaks: str) -> None:
    text = "\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nHi\n".replace("\n", breaks)
    assert subtitles(text) == (Line(start=1.0, end=2.0, text="Hi"),)


def test_cues_without_empty_lines_between_them_are_told_apart() -> None:
    text = "WEBVTT\n00:01.000 --> 00:02.000\nOne\n2\n00:02.000 --> 00:03.000\nTwo\n00:03.000 --> 00:04.000\n3"
    assert [line.text for line in subtitles(text)] == ["One", "Two", "3"]


@pytest.mark.parametrize(
    "before",
    [
        "WEBVTT",
        "WEBVTT\nKind: captions",
        "WEBVTT\nKind: captions\nLanguage: en",
        "WEBVTT\n\nNOTE by a machine\nof ours",
        "WEBVTT\n\nNOTE\nby a machine\nof ours\n1",
        "WEBVTT\n\nSTYLE\n::cue { color: red }",
        "made by\na machine\n1",
    ],
)
def test_a_cue_right_behind_a_header_or_a_note_is_read(before: str) -> None:
    text = f"{before}\n00:05.000 --> 00:06.000\nrefund\n\n2\n00:07.000 --> 00:08.000\nplease\n"
    assert [line.text for line in subtitles(text)] == ["refund", "please"]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("I want<br>a<br/>refund<BR />now", "I want a refund now"),
        ("<p class=x>One</p><p>Two</p>", "One Two"),
        ("<b>re</b>fund", "refund"),
        ('<c.yellow.bg_blue>re</c><font color="red">fund</font> <lang en-GB>now</lang>', "refund now"),
        ("<00:00:01.500>refund <i.loud>now</i>", "refund now"),
        ("{\\an8}refund", "refund"),
        ("write <jo@example.com>", "write <jo@example.com>"),
        ("if a <b and c> d", "if a <b and c> d"),
        ("a <5 and> 3", "a <5 and> 3"),
        ("<laughs> at <Smith & Sons>", "<laughs> at <Smith & Sons>"),
        ("&lt;i&gt; is <i>italic</i>", "<i> is italic"),
    ],
)
def test_markup_is_left_out_and_what_was_said_is_not(markup: str, said: str) -> None:
    (line,) = subtitles(f"1\n00:00:01,000 --> 00:00:02,000\n{markup}\n")
    assert " ".join(line.text.split()) == said


@pytest.mark.parametrize("text", ["", "WEBVTT", "WEBVTT\n\n", "no cue at all", "00:01 --> soon\nHi", "-->"])
def test_nothing_is_no_lines(text: str) -> None:
    assert subtitles(text) == ()


def test_text_cannot_hide_or_reverse_anything() -> None:
    text = "00:01.000 --> 00:02.000\n<v \u202eEve>a\x00b\x1b[31m&#x202e;c\ud800\n"
    assert subtitles(text) == (Line(start=1.0, end=2.0, text="ab[31mc\ufffd", speaker="Eve"),)


def test_a_number_that_is_too_long_for_a_number_is_text() -> None:
    entity = f"&#{'9' * 6000};"
    assert subtitles(f"00:01.000 --> 00:02.000\n{entity}") == (Line(start=1.0, end=2.0, text=entity),)


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", ["<", "<v ", "<v\t", "<v.a", "<b ", "<b a=", "{\\", "&", " ", "a", "00:01 --> 00:02\n", "1\n"]
)
def test_what_is_repeated_without_end_takes_no_time(part: str) -> None:
    lines = subtitles("00:01.000 --> 00:02.000\n" + part * (1_000_000 // len(part)))
    assert all(len(line.text) <= LONGEST_CUE for line in lines)


PARTS = st.sampled_from(
    [
        "WEBVTT",
        "\n",
        "\n\n",
        "\r",
        "1",
        "00:01.000",
        " --> ",
        "00:00:02,5",
        "<v A>",
        "</v>",
        "<",
        "NOTE",
        "&amp;",
    ]
)


@tries(400)
@given(text=st.text() | st.lists(PARTS | st.text(max_size=4), max_size=40).map("".join))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    lines = subtitles(text)
    assert all(0 <= line.start <= line.end and line.text for line in lines)
    assert [line.start for line in lines] == sorted(line.start for line in lines)


@pytest.mark.parametrize(
    ("names", "sides"),
    [
        (("Left", "right"), (Side.LEFT, Side.RIGHT)),
        (("Channel 1", "Channel 0"), (Side.RIGHT, Side.LEFT)),
        (("ch1", "ch2"), (Side.LEFT, Side.RIGHT)),
        (("Agent", "Customer"), (None, None)),
        (("Channel 1", "Ann"), (None, None)),
        (("1", "1"), (None, None)),
    ],
)
def test_a_voice_tells_a_side_where_both_are_named_as_channels(
    names: tuple[str, str], sides: tuple[Side | None, Side | None]
) -> None:
    cues = (f"00:0{at}.000 --> 00:0{at}.500\n<v {name}>Hello\n" for at, name in enumerate(names))
    assert tuple(line.side for line in subtitles("WEBVTT\n\n" + "\n".join(cues))) == sides


def test_cues_out_of_order_that_overlap_or_are_broken_come_in_order_and_nothing_raises() -> None:
    odd = "WEBVTT\n\n00:09.000 --> 00:12.000\nlast\n\n00:01.000 --> 00:10.000\nfirst\n\n"
    odd += "00:0x.000 --> 00:05.000\nlost\n\n99:59:59.000 --> 00:00.000\nhours\n\n00:02.000 -->\n"
    assert [line.text for line in subtitles(odd)] == ["first", "last", "hours"]
    assert subtitles("") == subtitles("WEBVTT") == subtitles("\0\n\n") == ()
