"""Forms of sound that are decoded: those that FFmpeg recognises, and those that only their name tells."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message

from playhead.core.likeness.look import is_raw, look, plain

# Playlists and the like are left out: they would make FFmpeg open links and files of their own.
FORMATS = (
    "aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,au,avi,avr,caf,dsf,dss,dts,eac3,flac,flv,gsm,iff,ilbc,ircam,loas,"
    "matroska,webm,mov,mp3,mpc,mpc8,mpeg,mpegts,nistsphere,ogg,qcp,rm,shn,sox,tak,tta,voc,w64,wav,wv,xwma"
)
GUESSED = frozenset(
    {
        "aac",
        "ac3",
        "amr",
        "amrnb",
        "amrwb",
        "dts",
        "eac3",
        "loas",
        "mp3",
        "mpeg",
        "mpegts",
        "rm",
        "shn",
        "voc",
    }
)
"""Formats of FFmpeg that do not say how long they are; of these it tells the size divided by a bit rate."""
OPTIONS = {
    "format_whitelist": FORMATS,
    "protocol_whitelist": "none",
    # The first sound should not wait for seconds of packets whose times are only counted; with less, though,
    # the first packets of ADTS, LATM and layer II have no time, and all others another one than after a seek.
    "max_ts_probe": "4",
    "max_probe_packets": "1",
}

_TELEPHONE = 8_000
_RATES = {"": _TELEPHONE, "44": 44_100}
"""Samples a second that Asterisk's `sln` has by the number behind it, where that is not in thousands."""
_BITS = {"16": "2", "24": "3", "32": "4", "40": "5"}
"""Bits of a sample of G.726, by its kbit/s."""
_SAMPLED = frozenset({"mulaw", "alaw", "s8", "u8"})
_NUMBERS = re.compile(r"(?:pcm_)?([suf](?:8|16le|16be|24le|24be|32le|32be|64le|64be))")
_CALLED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:pcm_?)?(?:mu|u)-?law(?:-basic)?|g\.?711u?|pcmu|ul|basic"), "mulaw"),
    (re.compile(r"(?:pcm_?)?a-?law(?:-basic)?|g\.?711a|pcma|al"), "alaw"),
    (re.compile(r"gsm"), "gsm"),
    (re.compile(r"g\.?722"), "g722"),
    # As RTP packs it (RFC 3551, 4.5.4), which is how telephone systems write it down.
    (re.compile(r"g\.?726\D*(\d*)"), "g726le"),
    # As ATM packs it (the same, ITU-T I.366.2).
    (re.compile(r"aal2-g\.?726\D*(\d*)"), "g726"),
    (re.compile(r"g\.?729\w*"), "g729"),
    (re.compile(r"g\.?723(?:[._]?1)?"), "g723_1"),
    (re.compile(r"sli?n(\d*)"), "s16le"),
    (re.compile(r"raw|pcm"), "s16le"),
    (re.compile(r"l16"), "s16be"),
    (re.compile(r"l24"), "s24be"),
    (re.compile(r"l8"), "u8"),
)
"""Names of sound without a header, and FFmpeg's."""
_UNPLAYED: Mapping[bytes, str] = {
    b"#!SILK_V3": "SILK file, as messengers record",
    b"\x02#!SILK_V3": "SILK file, as messengers record",
    b"ADIF": "AAC file of the old ADIF kind",
    b"#!EVS_MC1.0\n": "EVS file",
    b"#!AMR_MC1.0\n": "AMR file of several channels",
    b"#!AMR-WB_MC1.0\n": "AMR file of several channels",
    b"\xc0\xde\xc2": "Codec 2 file",
    b"FRM8": "DSD file",
    b"\xf8\x72\x6f\xba": "TrueHD file",
}
"""Beginnings of sound that FFmpeg cannot decode."""
_HEADERLESS: Mapping[str, str] = {
    "adpcm": "file of ADPCM samples alone",
    "g7221": "G.722.1 file",
    "g719": "G.719 file",
}
"""Names of sound without a header for which FFmpeg has no reader."""
_LOCKED: Mapping[bytes, str] = {
    bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"): "Windows Media file (WMA) with copy protection",
    bytes.fromhex("14e68a292226174cb935dae07ee9289c"): "Windows Media file (WMA) with copy protection",
    b"drms": "MPEG-4 file with copy protection",
    b"enca": "MPEG-4 file with copy protection",
}
"""Marks of sound that is encrypted."""
_NAMES = {"wav": "WAV", "asf": "Windows Media", "avi": "AVI", "ogg": "Ogg", "caf": "CAF", "aiff": "AIFF"}


@dataclass(frozen=True, slots=True)
class SoundForm:
    """FFmpeg's name of a form without a header, and what it has to be told of it."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    codec: str = ""
    """The decoder for its bytes, where it is not the one that FFmpeg has for the form."""


def raw_form(told: Collection[str], start: bytes, *, whole: bool) -> SoundForm | None:
    """Form of a file without a header, by the names that others told for it; None if it has a header.

    `start` is its beginning, or all of it if `whole`.
    """
    if not is_raw(told) or look(start, whole=whole).sound is not None:
        return None
    if look(start, whole=whole, told=told).instead not in {None, "nothing", "scrap"}:
        return None
    forms = [(name, form) for name in told if (form := _form(name)) is not None]
    if not forms:
        return None
    first = forms[0][1]
    # One name may tell the form alone, and another one its rate.
    return next((form for name, form in forms if form.name == first.name and "rate=" in name.lower()), first)


def unplayed(start: bytes, told: Collection[str] = ()) -> str | None:
    """Name of the kind of file that begins with `start`, or is `told`, if it is certainly not played."""
    kinds = (name for beginning, name in _UNPLAYED.items() if start.startswith(beginning))
    locked = (name for mark, name in _LOCKED.items() if mark in start)
    called = (_HEADERLESS[word] for word in map(plain, told) if word in _HEADERLESS)
    return next(kinds, None) or next(locked, None) or next(called, None)


def unplayed_inside(container: str) -> str:
    """Name of a file whose container FFmpeg reads (and calls so), but not the sound inside."""
    known = _NAMES.get(container)
    return f"{known} file with sound of an unusual kind" if known else "file with sound of an unusual kind"


def _form(name: str) -> SoundForm | None:
    word, told = plain(name), Message()
    told["content-type"] = name
    rate, channels = _number(told.get_param("rate")), _number(told.get_param("channels")) or 1
    if word == "vox":
        # FFmpeg has the decoder, and no reader: read as bytes, of which each holds two samples.
        return replace(_sampled("u8", (rate or _TELEPHONE) // 2, 1), codec="adpcm_ima_oki")
    if numbers := _NUMBERS.fullmatch(word):
        return _sampled(numbers[1], rate or _TELEPHONE, channels)
    for pattern, form in _CALLED:
        found = pattern.fullmatch(word)
        if found is None:
            continue
        if form.startswith("g726"):
            return SoundForm(form, {"code_size": _BITS.get(found[1], "4")})
        if form in _SAMPLED or form[0] == "s":
            thousands = found[1] if found.groups() else ""
            said = _RATES.get(thousands) or int(thousands) * 1000
            return _sampled(form, rate or said, channels)
        return SoundForm(form)
    return None


def _sampled(form: str, rate: int, channels: int) -> SoundForm:
    layout = {1: "mono", 2: "stereo"}.get(channels, f"{channels}C")
    return SoundForm(form, {"sample_rate": str(rate), "ch_layout": layout})


def _number(told: object) -> int | None:
    return int(told) if isinstance(told, str) and told.isascii() and told.isdecimal() else None
