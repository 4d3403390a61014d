"""What begins like audio, like something else, or like nothing that anybody knows."""

import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.errors import Instead
from playhead.core.likeness.look import ENOUGH, Look, look
from support.audio.disguises import KNOWN, LONG, NOISE, UNKNOWN, chunk, wave
from support.audio.made_audio import forms, made

TONE = b"".join(struct.pack("<h", random.Random(3).randint(-9000, 9000)) for _ in range(2000))


def seen(content: bytes, *told: str) -> Look:
    return look(content[:ENOUGH], whole=len(content) <= ENOUGH, told=told)


@pytest.mark.parametrize(("content", "instead"), KNOWN.values(), ids=KNOWN)
@pytest.mark.parametrize("told", [(), ("mp3", "audio/mpeg"), ("wav", "application/octet-stream")], ids=str)
def test_what_is_no_audio_is_known_for_what_it_is(
    content: bytes, instead: Instead, told: tuple[str, ...]
) -> None:
    assert seen(content, *told).instead == instead


@pytest.mark.parametrize("name", [name for name, (_, instead) in KNOWN.items() if instead != "scrap"])
def test_that_it_is_called_sound_of_a_telephone_does_not_make_it_that(name: str) -> None:
    content, instead = KNOWN[name]
    assert seen(content, "audio/basic", "ulaw").instead == instead


@pytest.mark.parametrize("content", UNKNOWN.values(), ids=UNKNOWN)
def test_what_nobody_can_tell_is_left_undecided(content: bytes) -> None:
    assert seen(content, "mp3", "audio/mpeg").undecided


@pytest.mark.parametrize("form", forms())
def test_sound_is_known_in_every_form_whatever_it_is_called(form: str) -> None:
    content = made(form)
    sound = seen(content, "html", "application/json").sound
    assert sound is not None
    assert sound < len(content)
    assert look(content[:4096], whole=False).sound is not None


@pytest.mark.parametrize(
    "content",
    [
        wave(TONE, chunk(b"LIST", b"INFOISFT\x04\x00\x00\x00abc\x00")),
        wave(TONE, chunk(b"JUNK", bytes(3001))),
        wave(TONE, chunk(b"bext", b"A caller" * 100), chunk(b"fact", bytes(4))),
        wave(TONE, size=0),
        wave(TONE, size=0xFFFFFFFF),
        wave(TONE, size=900_000),
        wave(TONE, after=chunk(b"LIST", b"INFO")),
        wave(bytes(8000)),
        b"RF64\xff\xff\xff\xff" + wave(TONE)[8:],
        b"ID3\x03\x00\x00\x00\x01\x00\x00" + bytes(16384) + made("mp3"),
        b"ID3\x03\x00\x00\x00\x0c\x00\x00APIC" + NOISE(200_000 - 4) + made("mp3"),
        b"ID3\x03\x00\x00\x00\x00\x01\x00" + bytes(128) + bytes(999) + made("mp3"),
        b"ID3\x03\x00\x00\x00\x00\x01\x00" + bytes(128) + made("flac"),
        bytes(2000) + made("mp3"),
        NOISE(700) + made("mp3"),
        b"ICY 200 OK\r\nicy-name: x\r\n\r\n" + made("mp3"),
        NOISE(300) + made("aac"),
        made("mp3")[45 + 200 :],
        b"OggS\x00\x02"
        + bytes(20)
        + b"\x01\x50Speex   1.2"
        + bytes(69)
        + b"OggS\x00\x00\x40\x01"
        + bytes(18)
        + b"\x01\x30"
        + TONE,
        bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + struct.pack("<Q", 400) + bytes(450) + TONE,
        b"#!AMR-WB\n" + NOISE(400),
        b"#!iLBC30\n" + NOISE(400),
        b"Creative Voice File\x1a\x1a\x00\x0a\x01" + NOISE(500),
        b"NIST_1A\n   1024\nsample_rate -i 8000\nend_head\n".ljust(1024) + TONE * 2,
        b"\x00\x00\x00\x08wide" + struct.pack(">I", 8 + len(TONE)) + b"mdat" + TONE,
    ],
    ids=lambda content: repr(content[:12]),
)
def test_sound_is_found_behind_whatever_stands_before_it(content: bytes) -> None:
    found = seen(content)
    assert found.sound is not None
    assert found.sound < len(content)


@pytest.mark.parametrize(
    "told",
    [
        "audio/basic",
        "audio/PCMU;rate=8000",
        "ulaw",
        "audio/G.722",
        "g723",
        "mulaw",
        "alaw",
        "audio/x-alaw-basic",
        "audio/G722",
        "gsm",
        "audio/x-gsm",
        "sln16",
        "audio/L16; rate=16000",
        "pcm_s16le",
        ".ul",
        "raw",
    ],
)
def test_sound_without_a_head_is_what_it_is_called(told: str) -> None:
    assert seen(NOISE(9000), told).sound == 0
    assert seen(NOISE(9000), "mp3").undecided


def test_silence_of_a_telephone_is_no_text() -> None:
    for silence in (b"\xff", b"\x7f", b"U", b"\xd5", b"~"):
        assert seen(silence * 8000, "alaw").sound == 0
    assert seen(b"U" * 8000, "mp3").instead == "text"


@pytest.mark.parametrize("sample", [50, -300, 500])
def test_silence_that_is_off_its_middle_is_no_text_for_certain(sample: int) -> None:
    """Cheap adapters put an offset on the line, and silence becomes a few letters."""
    wavering = [sample + step for step in (0, 1, 0, -1, 2)] * 1600
    plain = struct.pack(f"<{len(wavering)}h", *wavering)
    for told, content in (("slin", plain), ("ulaw", b"WVWXW" * 1600), ("alaw", b"kjkhk" * 1600)):
        assert seen(content, told).instead is None
    assert seen(b"WVWXW" * 1600, "mp3").instead == "text"
    assert seen(bytes(8000), "sln").undecided


def test_quiet_sound_of_a_telephone_is_no_text() -> None:
    quiet = bytes(random.Random(5).choice(b"\x7e\x7f\xfe\xff\xfd\x7d") for _ in range(8000))
    assert seen(quiet, "ulaw").sound == 0
    assert seen(quiet).undecided


def test_a_text_is_known_before_all_of_it_is_here() -> None:
    for cut in (4095, 4096, 4097):
        assert look(("é" * 5000).encode()[:cut], whole=False).instead == "text"
        assert look(LONG.encode("utf-16")[:cut], whole=False).instead == "text"


def test_noise_is_never_taken_for_sound() -> None:
    noise = random.Random(11).randbytes
    assert all(seen(noise(20_000)).undecided for _ in range(150))


@given(st.binary(max_size=300), st.sampled_from([(), ("ulaw",), ("text/html",)]))
def test_whatever_begins_somehow_is_looked_at(start: bytes, told: tuple[str, ...]) -> None:
    for whole in (False, True):
        found = look(start, whole=whole, told=told)
        assert found.instead is None or found.sound is None


@given(st.sampled_from([content for content, _ in KNOWN.values()] + list(UNKNOWN.values())), st.data())
def test_whatever_is_cut_or_damaged_is_looked_at(content: bytes, data: st.DataObject) -> None:
    changed = bytearray(content[:3000])
    for _ in range(data.draw(st.integers(0, 6))):
        if changed:
            changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    look(bytes(changed[: data.draw(st.integers(0, 3000))]), whole=data.draw(st.booleans()))


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]),
        min_size=1,
        max_size=60,
    )
)
def test_any_text_is_a_text(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert seen(text.encode(encoding)).instead in {"text", "page", "document", "picture"}
