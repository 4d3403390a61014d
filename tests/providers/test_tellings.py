"""What was said is told once, by all who said it, whatever else a transcript holds."""

import pytest

from playhead.core.errors import Garbled
from playhead.core.transcript import Line, Side
from playhead.providers.reading.plainspeech import plain_speech
from playhead.providers.reading.spoken import spoken, untimed

HELLO = {"start": 0, "end": 1, "text": "Hello"}
REFUND = {"start": 1, "end": 2, "text": "I want a refund"}


def told(lines: tuple[Line, ...]) -> list[tuple[str | None, str]]:
    return [(line.speaker, line.text) for line in lines]


def words(said: str, begin: float = 0.0, **more: object) -> list[dict[str, object]]:
    """The words of `said`, one each half second."""
    return [
        {"start": begin + place / 2, "end": begin + place / 2 + 0.4, "text": word, **more}
        for place, word in enumerate(said.split())
    ]


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("left", "right", ("left", "right")),
        ("agent", "customer", ("agent", "customer")),
        ("channel_0", "channel_1", ("left", "right")),
        ("0", "1", ("left", "right")),
        ("agent_segments", "customer_segments", ("agent_segments", "customer_segments")),
    ],
)
@pytest.mark.parametrize("around", ["{}", "segments", "results/utterances"])
def test_sides_of_a_call_under_their_own_names_are_read_together(
    first: str, second: str, names: tuple[str, str], around: str
) -> None:
    def inside(row: object) -> object:
        value: object = [row]
        for name in reversed(around.split("/")):
            value = value if name == "{}" else {name: value}
        return value

    said = {"id": "t", first: inside(HELLO), second: inside(REFUND)}
    expected = [(names[0], "Hello"), (names[1], "I want a refund")]
    assert told(spoken(said, 9.0)) == expected
    assert told(spoken({"data": {"transcript": said}}, 9.0)) == expected


def test_sides_that_name_their_speakers_keep_them() -> None:
    said = {"left": [{**HELLO, "speaker": "Ann", "confidence": 1}], "right": [REFUND]}
    assert [(line.speaker, line.side) for line in spoken(said, 9.0)] == [
        ("Ann", Side.LEFT),
        ("right", Side.RIGHT),
    ]


def test_a_side_is_known_although_the_other_is_silent() -> None:
    assert [line.side for line in spoken({"left": [], "right": [REFUND]}, 9.0)] == [Side.RIGHT]


def test_a_speaker_may_be_an_object() -> None:
    said = [
        {"speaker": {"id": 7, "name": "Ann"}, "words": words("Hi there")},
        {"speaker": {"id": 8}, "words": words("refund", 1.0)},
    ]
    assert told(spoken({"turns": said}, 9.0)) == [("Ann", "Hi there"), ("8", "refund")]
    pieces = [{**HELLO, "speaker": {"label": "A"}}, {**REFUND, "speaker": {"label": "B"}}]
    assert told(spoken(pieces, 9.0)) == [("A", "Hello"), ("B", "I want a refund")]


def test_sides_without_times_are_read_together() -> None:
    said = {"agent": [{"text": "hello"}, {"text": "good day"}], "customer": [{"text": "refund"}]}
    assert untimed(said).splitlines() == ["agent: hello", "agent: good day", "customer: refund"]
    whole = {"agent": {"text": "hello"}, "customer": {"text": "refund"}}
    assert untimed(whole).splitlines() == ["agent: hello", "customer: refund"]


def test_the_same_call_in_two_languages_is_told_once() -> None:
    rows = [HELLO, REFUND, {"start": 3, "end": 4, "text": "please"}]
    dutch = [{**row, "text": "in het Nederlands"} for row in rows]
    assert [line.text for line in spoken({"en": rows, "nl": dutch}, 9.0)] == [row["text"] for row in rows]


@pytest.mark.parametrize("name", ["entities", "topics", "keywords", "chapters", "summaries"])
@pytest.mark.parametrize("comes_first", [True, False])
def test_what_was_found_in_a_call_is_not_what_was_said_in_it(name: str, *, comes_first: bool) -> None:
    found = [{"text": "Canada, where the customer lives", "start": 3, "end": 3.4}]
    one_by_one = words("I moved from Canada and want a refund")
    transcripts: list[dict[str, object]] = [
        {"words": one_by_one, "utterances": None},
        {"segments": [REFUND]},
        {"transcript": [REFUND]},
    ]
    for said in transcripts:
        both = {name: found, **said} if comes_first else {**said, name: found}
        assert "refund" in " ".join(line.text for line in spoken(both, 9.0))
        assert "customer" not in " ".join(line.text for line in spoken(both, 9.0))


def test_a_short_list_of_an_unknown_name_is_not_the_transcript() -> None:
    said = {
        "data": {"words": words("I moved from Canada and want a refund")},
        "phi": [{"text": "Canada", "start": 3, "end": 3.4, "kind": "place"}],
    }
    assert [line.text for line in spoken(said, 9.0)] == ["I moved from Canada and want a refund"]


def test_nothing_said_and_something_found_is_silence() -> None:
    assert spoken({"topics": [HELLO], "segments": []}, 9.0) == ()


def test_a_transcript_in_chapters_is_a_transcript() -> None:
    said = {"chapters": [{**HELLO, "text": "Greeting", "sentences": [HELLO, REFUND]}]}
    assert [line.text for line in spoken(said, 9.0)] == ["Hello", "I want a refund"]


@pytest.mark.parametrize("name", ["utterances", "segments", "sentences"])
def test_what_is_told_in_words_and_in_phrases_comes_once_and_in_phrases(name: str) -> None:
    said = {
        "words": words("I want, hm, a refund. Please!"),
        name: [HELLO | {"text": "I want a refund please"}],
    }
    assert [line.text for line in spoken(said, 9.0)] == ["I want a refund please"]


def test_of_what_is_told_twice_that_with_voices_is_taken() -> None:
    said = {"segments": [HELLO, REFUND], "utterances": [HELLO | {"speaker": "A"}, REFUND | {"speaker": "B"}]}
    assert told(spoken(said, 9.0)) == [("A", "Hello"), ("B", "I want a refund")]


def test_the_speaker_of_a_monologue_is_the_speaker_of_its_words() -> None:
    said = {
        "monologues": [
            {"speaker": 0, "elements": words("Hi there")},
            {"speaker": 1, "elements": words("refund", 1.0)},
        ]
    }
    assert told(spoken(said, 9.0)) == [("0", "Hi there"), ("1", "refund")]
    paragraphs = [{"speaker": "A", "sentences": [HELLO]}, {"speaker": "B", "sentences": [REFUND]}]
    assert told(spoken({"paragraphs": paragraphs}, 9.0)) == [("A", "Hello"), ("B", "I want a refund")]


@pytest.mark.parametrize("by_number", [True, False])
def test_words_of_two_channels_are_not_mingled(*, by_number: bool) -> None:
    sides = [{"words": words("how are you")}, {"words": words("I want refunds", 0.1)}]
    channels = dict(enumerate(sides)) if by_number else sides
    lines = spoken({"results": {"channels": channels}}, 9.0)
    assert [(line.side, line.text) for line in lines] == [
        (Side.LEFT, "how are you"),
        (Side.RIGHT, "I want refunds"),
    ]


def test_speakers_by_number_are_no_sides() -> None:
    said = {"speakers": {"0": {"words": words("how are you")}, "1": {"words": words("refund", 3.0)}}}
    assert told(spoken(said, 9.0)) == [("0", "how are you"), ("1", "refund")]


def test_channels_of_json_without_times_are_not_mingled() -> None:
    lines = plain_speech(untimed({"channels": [{"text": "Hello"}, {"text": "Hi"}]}), None)
    assert [(line.side, line.text) for line in lines] == [(Side.LEFT, "Hello"), (Side.RIGHT, "Hi")]


def test_who_speaks_is_told_although_the_whole_text_stands_beside() -> None:
    said = {
        "text": "Hello Hi",
        "segments": [{"speaker": "Agent", "text": "Hello"}, {"speaker": "Customer", "text": "Hi"}],
    }
    assert untimed(said).splitlines() == ["Agent: Hello", "Customer: Hi"]


def test_words_in_phrases_without_a_text_are_read() -> None:
    said = {"segments": [{"start": 0, "end": 1, "text": "", "words": words("Hello there")}]}
    assert [line.text for line in spoken(said, 9.0)] == ["Hello there"]


@pytest.mark.parametrize("segments", [[], None, [{"start": 0, "end": 1, "text": ""}]])
def test_a_text_beside_an_empty_list_is_not_silence(segments: object) -> None:
    said = {"text": "I want a refund", "segments": segments}
    with pytest.raises(Garbled):
        spoken(said, 9.0)
    assert untimed(said) == "I want a refund"
    assert spoken({"segments": segments, "source": {"content": "audio/wav"}}, 9.0) == ()
