"""Words of a clip, in the four forms in which Bird gives a transcription."""

import json
from dataclasses import replace
from itertools import cycle

from playhead.demo.audio import Clip, SpokenLine

_SPEAKERS = ("agent", "caller")
_TRANSLATED = {
    "ja-JP": (
        "お電話ありがとうございます。ノースウィンドです。",
        "契約を解約したいのですが。",
        "承知しました。お客様番号をお願いします。",
        "返金はいつになりますか。",
        "三日以内に返金いたします。",
        "わかりました。ありがとうございます。",
    ),
    "ar-EG": (
        "شكرًا لاتصالكم بنورث ويند.",
        "أريد إلغاء العقد من فضلك.",
        "بالتأكيد، ما هو رقم العميل؟",
        "متى يصل استرداد المال؟",
        "خلال ثلاثة أيام.",
        "حسنًا، شكرًا جزيلًا.",
    ),
}
"""What is written down of calls in two languages more, whatever is heard in them."""


def written_down(clip: Clip, bits: int) -> Clip | None:
    """A clip as a transcription has it; None where one is listed and nobody can find it any more."""
    if bits >> 9 & 31 == 1:
        return None
    locale = {0: "ja-JP", 1: "ar-EG"}.get(bits >> 14 & 7)
    if locale is None:
        return clip
    texts = zip(clip.lines, cycle(_TRANSLATED[locale]), strict=False)
    return replace(clip, locale=locale, lines=tuple(replace(line, text=text) for line, text in texts))


def as_json(clip: Clip) -> str:
    """Segments with speaker, channel, start and end in seconds, and text."""
    segments = [
        {"speaker": _SPEAKERS[line.channel], "channel": line.channel, "start": line.start, "end": line.end}
        | {"text": line.text}
        for line in clip.lines
    ]
    return json.dumps({"locale": clip.locale, "segments": segments}, ensure_ascii=False)


def as_srt(clip: Clip) -> str:
    """SubRip: numbered blocks, comma before the milliseconds."""
    return "\n".join(
        f"{number}\n{_clock(line.start, ',')} --> {_clock(line.end, ',')}\n{line.text}\n"
        for number, line in enumerate(clip.lines, 1)
    )


def as_vtt(clip: Clip) -> str:
    """WebVTT with one voice span for each line."""
    return "WEBVTT\n\n" + "\n".join(map(_cue, clip.lines))


def as_text(clip: Clip) -> str:
    """One line of text for each line spoken."""
    return "\n".join(line.text for line in clip.lines) + "\n"


def _cue(line: SpokenLine) -> str:
    times = f"{_clock(line.start, '.')} --> {_clock(line.end, '.')}"
    return f"{times}\n<v {_SPEAKERS[line.channel]}>{line.text}\n"


def _clock(seconds: float, mark: str) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}{mark}{thousandths:03d}"
