"""Every recording of an export gets a name of its own that is safe on every system."""

import re
import time
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.exports.naming import numbered, safe_part, same_file, units
from playhead.core.exports.plan import estimated, own_folder, plan
from playhead.core.exports.template import FIELDS, FORMER_DEFAULTS, TemplateError
from playhead.core.recording import Party, Recording
from support.hypothesis_profiles import tries
from support.providers.registered import PROVIDERS

FOLDER = Path("/exports")
RECORDING = Recording(
    account="a1",
    id="5b74ee9e-1111-4222-8333-444444446bbd",
    provider="bird",
    kind="call",
    direction="incoming",
    name="Welcome",
    caller=Party(number="31205550123", identity="+31205550123"),
    callee=Party(number="+442079460123"),
    started=datetime(2026, 3, 14, 23, 30, 5, tzinfo=UTC),
    format="mp3",
)


def name_of(template: str, recording: Recording = RECORDING) -> str:
    """The path that one recording gets."""
    zone = timezone(timedelta(hours=1))
    made = plan(
        [recording],
        FOLDER,
        template=template,
        labels={"a1": "EU support"},
        zone=zone,
        extensions=PROVIDERS.extensions,
    )
    return made.files[0].path


def changed(**changes: object) -> Recording:
    """The recording, but for `changes`."""
    fields = {name: getattr(RECORDING, name) for name in RECORDING.__slots__}
    return Recording(**{**fields, **changes})


def test_the_usual_name_holds_day_parties_and_id() -> None:
    made = plan([RECORDING], FOLDER, labels={})
    assert made.files[0].path == "2026-03-14/+31205550123_+442079460123_5b74ee9e.mp3"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"caller": None, "callee": None, "name": "Please hold – Perth"}, "Please hold – Perth.mp3"),
        ({"caller": None, "callee": None, "name": "welcome.mp3", "format": None}, "welcome.mp3"),
        ({"caller": None, "callee": None, "name": "Menu.OGG", "format": "ogg"}, "Menu.ogg"),
        ({"caller": None, "callee": None, "name": "v1.2", "format": "ogg"}, "v1.2.ogg"),
        ({"caller": None, "callee": None, "name": None, "filename": "a/b.wav", "format": "wav"}, "a_b.wav"),
        ({"caller": None, "callee": None, "name": None}, "call_5b74ee9e.mp3"),
        ({"caller": Party(), "callee": Party(), "name": "Hold"}, "Hold.mp3"),
        ({"callee": None}, "+31205550123_unknown_5b74ee9e.mp3"),
        ({"caller": Party(anonymous=True), "callee": None}, "anonymous_unknown_5b74ee9e.mp3"),
    ],
)
def test_the_usual_name_of_what_has_no_number_is_its_own(changes: dict[str, object], name: str) -> None:
    made = plan([changed(**changes)], FOLDER, labels={})
    assert made.files[0].path == f"2026-03-14/{name}"


def test_two_of_one_name_are_told_apart_by_number() -> None:
    twins = [changed(id=each, caller=None, callee=None) for each in ("1", "2")]
    made = plan(twins, FOLDER, labels={})
    assert [file.path for file in made.files] == ["2026-03-14/Welcome.mp3", "2026-03-14/Welcome (2).mp3"]


@pytest.mark.parametrize("template", FORMER_DEFAULTS)
def test_an_export_of_before_names_what_it_adds_as_it_named_the_rest(template: str) -> None:
    assert name_of(template, changed(caller=None, callee=None)).endswith("unknown_unknown_5b74ee9e.mp3")


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("{started:%Y}/{started:%m}/{id}", f"2026/03/{RECORDING.id}.mp3"),
        ("{date} {started:%H.%M}", "2026-03-15 00.30.mp3"),
        ("{started}", "2026-03-15 00.30.05.mp3"),
        ("{account}/{provider} {kind} {direction} {name}", "EU support/bird call incoming Welcome.mp3"),
        ("{number:04d}_{id8}.{ext}", "0001_5b74ee9e.mp3"),
        ("{number}", "1.mp3"),
        ("x.mp3", "x.mp3"),
        ("{id8}.MP3", "5b74ee9e.mp3"),
        ("{ext}/{id8}", "mp3/5b74ee9e.mp3"),
        ("{ext}", "_.mp3"),
        ("a\\b/{id8}", "a/b/5b74ee9e.mp3"),
        ("/a//./{id8}", "a/5b74ee9e.mp3"),
        ("{{{id8}}}", "{5b74ee9e}.mp3"),
        ("{started:%d/%m %H:%M}", "15_03 00_30.mp3"),
    ],
)
def test_a_template_is_filled_in(template: str, path: str) -> None:
    assert name_of(template) == path


@pytest.mark.parametrize(
    ("template", "part"),
    [
        ("{nonsense}", "no field {nonsense}"),
        ("{}", "no field {}"),
        ("{from.number}", "no field"),
        ("{id!r}", "!r"),
        ("{id:>20}", "takes no format"),
        ("{started:%Q}", "%Q"),
        ("{started:%}", "“%”"),
        ("{number:x}", "{number:04d}"),
        ("{number:99999d}", "{number:04d}"),
        ("{id", "bracket"),
        ("id}", "bracket"),
        ("", "missing"),
        ("folder/", "missing"),
        ("a/..", "missing"),
        ("../{id}", "inside the folder"),
        ("a/../{id}", "inside the folder"),
        ("a/" * 9 + "{id}", "more than 8 folders"),
        ("x" * 501, "longer than 500"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_a_sentence(template: str, part: str) -> None:
    with pytest.raises(TemplateError) as caught:
        name_of(template)
    assert part in caught.value.sentence
    assert caught.value.sentence.endswith(".")


def test_what_is_not_known_is_called_unknown() -> None:
    bare = Recording(account="a2", id="", provider="convirza")
    assert name_of("{started:%Y}/{from}_{to}_{name}_{direction}_{account}_{id}", bare) == (
        "undated/unknown_unknown_unknown_unknown_unknown_unknown.audio"
    )
    hidden = changed(caller=Party(anonymous=True), callee=Party(name="Maria"))
    assert name_of("{from} {to}", hidden) == "anonymous Maria.mp3"


@pytest.mark.parametrize(
    ("changes", "extension"),
    [
        ({"format": "WAV"}, "wav"),
        ({"format": "audio/mpeg"}, "mp3"),
        ({"format": ".ogg"}, "ogg"),
        ({"format": None, "filename": "menu.wav"}, "wav"),
        ({"format": "exe"}, "mp3"),
        ({"format": "../../x"}, "mp3"),
        ({"format": None, "provider": "convirza"}, "audio"),
    ],
)
def test_the_extension_is_that_of_the_audio(changes: dict[str, object], extension: str) -> None:
    assert name_of("x", changed(**changes)) == f"x.{extension}"


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("../../etc/passwd", "_._.._etc_passwd"),
        ("C:\\Windows\\x", "C__Windows_x"),
        ("CON", "CON_"),
        ("com1.report", "com1_.report"),
        ("nul .x", "nul_.x"),
        ("LPT\u00b9", "LPT\u00b9_"),
        ("ends. . ", "ends"),
        (".hidden", "_hidden"),
        ("-rf", "_rf"),
        ("a\x00b\nc\td", "ab c d"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("a\u200b\ufeffb", "ab"),
        ("Zu\u0308rich", "Z\u00fcrich"),
        ('<img src=x onerror="a|b?*">', "_img src=x onerror=_a_b____"),
        ("100%25 %41", "100_25 _41"),
        ("\ud800", "_"),
        ("...", "_"),
        ("   ", "_"),
    ],
)
def test_a_hostile_name_becomes_a_harmless_one(hostile: str, safe: str) -> None:
    assert name_of("{name}", changed(name=hostile)) in {f"{safe}.mp3", "unknown.mp3"}
    assert safe_part(hostile) == safe


def test_a_long_name_is_cut_by_bytes_and_keeps_its_extension() -> None:
    path = name_of("{name}", changed(name="語" * 10_000))
    assert path.endswith("語.mp3")
    assert len(path.encode()) <= 245


def test_a_long_path_is_shortened_for_windows() -> None:
    deep = Path("/" + "d" * 100)
    made = plan(
        [changed(name="n" * 300)] * 3, deep, template="{name}/{name}/{name}", labels={"a1": "EU support"}
    )
    paths = [file.path for file in made.files]
    assert all(units(f"{deep}/{path}") <= 259 - len(".9.part") for path in paths)
    assert len(set(paths)) == 3
    assert all(path.count("/") == 2 and path.endswith(".mp3") for path in paths)


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("café", 4), ("a\N{GRINNING FACE}b", 4), ("\udcff", 1)]
)
def test_a_length_counts_as_windows_does_whatever_the_folder_is_called(text: str, length: int) -> None:
    assert units(text) == length


def test_names_that_differ_in_case_or_form_only_get_numbers() -> None:
    names = ["Zürich", "ZÜRICH", "Zu\u0308rich", "zürich", "Straße", "STRASSE"]
    made = plan([changed(name=name) for name in names], FOLDER, template="{name}", labels={})
    assert [file.path for file in made.files] == [
        "Zürich.mp3",
        "ZÜRICH (2).mp3",
        "Zürich (3).mp3",
        "zürich (4).mp3",
        "Straße.mp3",
        "STRASSE (2).mp3",
    ]


def test_a_folder_is_spelled_the_same_for_all_that_lie_in_it() -> None:
    recordings = [changed(name="Maria", id="1"), changed(name="MARIA", id="2")]
    made = plan(recordings, FOLDER, template="{name}/{id}", labels={})
    assert [file.path for file in made.files] == ["Maria/1.mp3", "Maria/2.mp3"]


def test_a_number_does_not_cost_a_name_its_end() -> None:
    made = plan([RECORDING] * 2, FOLDER, labels={})
    assert made.files[1].path == "2026-03-14/+31205550123_+442079460123_5b74ee9e (2).mp3"


def test_what_is_already_in_the_folder_is_not_named_again() -> None:
    made = plan([RECORDING] * 2, FOLDER, template="x", labels={}, existing=["X.mp3", "x (3).mp3"])
    assert [file.path for file in made.files] == ["x (2).mp3", "x (4).mp3"]


def test_sizes_that_nobody_tells_are_guessed() -> None:
    assert estimated(changed(size=1000)) == 1000
    assert estimated(changed(size=None, duration=10.0, format="wav", stereo=True)) == 320_000
    assert estimated(changed(size=None, duration=None)) == 0


def test_an_export_is_alone_in_its_folder() -> None:
    moment = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
    assert own_folder(FOLDER, moment, existing=[]) == FOLDER / "Playhead export 2026-11-22 14.02"
    assert own_folder(FOLDER, moment, existing=["x"]) == FOLDER / "Playhead export 2026-11-22 14.02"
    taken = ["playhead export 2026-11-22 14.02"]
    assert own_folder(FOLDER, moment, existing=taken) == FOLDER / "Playhead export 2026-11-22 14.02 (2)"


@pytest.mark.parametrize(
    ("path", "second"),
    [("a/b.mp3", "a/b (2).mp3"), ("SHA256SUMS", "SHA256SUMS (2)"), ("x.y/z", "x.y/z (2)")],
)
def test_a_path_gets_a_number_before_its_extension(path: str, second: str) -> None:
    assert numbered(path, 2) == second


def test_ten_thousand_equal_names_take_no_square_time() -> None:
    began = time.perf_counter()
    made = plan([RECORDING] * 10_000, FOLDER, labels={})
    assert len({same_file(file.path) for file in made.files}) == 10_000
    assert time.perf_counter() - began < 10


WILD = st.text(max_size=300) | st.sampled_from(["..", ".", "con", "a" * 400, "\u202e", " . ", "aux.mp3", "/"])
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@tries(300)
@given(
    st.lists(
        st.builds(lambda name, key: changed(name=name, id=key, caller=Party(name=name)), WILD, WILD),
        max_size=8,
    ),
    st.lists(st.sampled_from([*(f"{{{field}}}" for field in FIELDS), "x", "_", "/", " "]), max_size=8),
)
def test_any_name_is_safe_alone_and_unique(recordings: list[Recording], pieces: list[str]) -> None:
    template = "".join(pieces) + "{name}"
    try:
        made = plan(recordings, FOLDER, template=template, labels={"a1": "label"})
    except TemplateError:
        return
    paths = [file.path for file in made.files]
    assert len({same_file(path) for path in paths}) == len(paths)
    for path in paths:
        assert path == unicodedata.normalize("NFC", path)
        assert units(f"{FOLDER}/{path}") <= 259
        assert path.endswith(".mp3")
        for part in path.split("/"):
            assert part
            assert part not in {".", ".."}
            assert len(part.encode()) <= 250
            assert not re.search(r'[<>:"\\|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]', part)
            assert not part.startswith((".", " "))
            assert not part.endswith((".", " "))
            assert not RESERVED.match(part)
