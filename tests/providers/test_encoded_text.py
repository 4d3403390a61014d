"""Texts of transcripts are read in the encoding that they are in, although nobody tells it."""

import pytest

from playhead.providers.reading.encodedtext import text_of

CAFE = "WEBVTT\n\n00:01.000 --> 00:02.000\nCafé, s'il vous plaît: 5 €\n"
PRIVET = "Оператор: Здравствуйте, чем могу помочь?\n"
NIHAO = "我想要退款，謝謝您"
KONNICHIWA = "お電話ありがとうございます。返金をお願いします。\n"


@pytest.mark.parametrize(
    ("text", "encoding", "content_type", "locale"),
    [
        (CAFE, "utf-8", "text/vtt; charset=iso-8859-1", None),
        (CAFE, "utf-8-sig", "", None),
        (CAFE, "cp1252", "", "fr-FR"),
        (CAFE, "cp1252", "", None),
        (CAFE, "cp1252", "text/vtt; charset=utf-8", None),
        (CAFE, "cp1252", "text/vtt; charset=latin-1", "ru-RU"),
        (CAFE, "iso8859-15", "text/vtt; charset=iso-8859-15", None),
        (CAFE, "utf-16", "", None),
        (CAFE, "utf-16-le", "", None),
        (CAFE, "utf-16-be", "text/vtt; charset=utf-8", None),
        ("\ufeff" + CAFE, "utf-16-be", "", None),
        (PRIVET, "utf-16-le", "", "ru"),
        (PRIVET, "utf-16-be", "", None),
        (PRIVET, "cp1251", "", "ru-RU"),
        (KONNICHIWA, "cp932", "", "ja_JP"),
        (KONNICHIWA, "utf-16", "", "ja"),
        (PRIVET, "cp1251", "text/vtt; charset=windows-1251", None),
        (PRIVET, "cp1251", "text/vtt; charset=windows-1251", "de"),
        (PRIVET, "koi8-r", "text/vtt; charset=KOI8-R", "ru"),
        (PRIVET, "iso8859-5", "text/plain; charset=iso-8859-5", "ru"),
        (PRIVET, "utf-8", "text/vtt; charset=windows-1251", "ru"),
        (KONNICHIWA, "shift_jis", 'text/vtt; charset="Shift_JIS"', None),
        (KONNICHIWA, "euc-jp", "text/vtt; charset=euc-jp", "ja-JP"),
        (KONNICHIWA, "iso2022_jp", "text/vtt; charset=iso-2022-jp", "ja-JP"),
        (KONNICHIWA, "utf-8", "text/vtt; charset=shift_jis", "ja-JP"),
        (KONNICHIWA, "utf-8-sig", "text/vtt; charset=shift_jis", "ja-JP"),
        (KONNICHIWA, "cp932", "text/vtt; charset=euc-jp", "ja-JP"),
        (NIHAO, "gbk", "text/vtt; charset=gbk", None),
        (NIHAO, "gb18030", "text/vtt; charset=gb2312", "zh-CN"),
        (NIHAO, "gb18030", "", "zh-CN"),
        (NIHAO, "big5", "text/vtt; charset=big5", "zh-CN"),
        ("谢谢", "gbk", "text/vtt; charset=gbk", None),
        ("我要退款，谢谢", "gb18030", "", "zh-CN"),
        ("환불", "euc-kr", "text/vtt; charset=euc-kr", None),
        ("no more", "ascii", "text/vtt; charset=utf-16", None),
        ("no more", "ascii", "text/vtt; charset=gbk", None),
    ],
)
def test_a_text_is_read_as_it_was_written(
    text: str, encoding: str, content_type: str, locale: str | None
) -> None:
    assert text_of(text.encode(encoding), content_type, locale) == text.removeprefix("\ufeff")


def test_a_wrong_byte_in_utf_8_costs_itself_alone() -> None:
    assert text_of("née à Köln: ".encode() + b"\xff!") == "née à Köln: \ufffd!"
    assert text_of("naïve café".encode()[:-1]).startswith("naïve caf")
    assert text_of(b"") == ""
