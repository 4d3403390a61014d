"""What a link is, and that all who keep what a provider sent leave out the links and nothing else."""

import json
import time
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.catalogue.rows import from_row, to_key, to_told
from playhead.core.links import is_link, may_lead, names_link, unlinked
from playhead.core.recording import Recording
from playhead.papers.jsonrecord import discreet
from playhead.providers.reading.rawfields import kept

LINKS = (
    "https\uff1a\uff0f\uff0fmedia.example\uff0fa",
    r"https\x3a\x2f\x2fmedia.example",
    "https%u003A%u002F%u002Fmedia.example",
    "a?download_token=x1",
    "a?key=abc",
    "a?t=eyJhbGciOi.eyJzdWIi.abc",
    "https://media.example/a.mp3?X-Amz-Signature=abc",
    "https://media.example/1.mp3",
    " HTTPS://media.example",
    "//cdn.example/x",
    "\n//cdn.example/x",
    "s3://bucket/key",
    "see https://media.example/a.mp3",
    "a.mp3?X-Amz-Security-Token=abc",
    "https%3A%2F%2Fmedia.example%2Fa.mp3",
    "HTTPS%3a%2f%2Fmedia.example",
    "https%253A%252F%252Fmedia.example",
    "https%25253A%25252F%25252Fmedia.example",
    "a.mp3%3FX-Amz-Signature%3Dabc",
    "a.mp3?X-Goog-Signature=abc",
    "a.mp3?Expires=1&Signature=abc",
    "Signature=abc",
    "a.mp3?sv=2024&se=2026-01-01&sr=b&sp=r",
    "a.mp3?sig=abc%3D",
    "a.mp3?Expires=1&Key-Pair-Id=APKA",
    "a.mp3?a=1&amp;Signature=abc",
    "a.mp3?token=abc",
    "a.mp3?access_token=abc",
    "see //cdn.example/x?y",
    "//cdn.example/x?Signature=abc",
    "https:\\/\\/media.example\\/a.mp3",
    "https\\u003a\\u002f\\u002fmedia.example",
    "https&#58;&#47;&#x2F;media.example",
    "http:\\\\media.example",
    "https:\x00//media.example",
    "https:/\u200b/media.example",
)
PLAIN = (
    "",
    "audio/mpeg",
    "50 // 50",
    "://or",
    "a=b",
    "https",
    "sip:a@b.example",
    "2026-01-19T10:00:00Z",
    "Laurie of Burlington",
    "100% of 50%",
    "10%20",
    "AT&T",
    "x = y",
    "design=5",
    "tokens = 3",
    "a\\b",
    "C:\\calls\\a.mp3",
    "2026//a.mp3",
    "9/11, 50 //50",
    "Europe/Amsterdam",
    "text/plain; charset=utf-8",
    "Zoë",
)
NAMES_OF_LINKS = (
    "url",
    "URI",
    "href",
    "mediaLinks",
    "download_urls",
    "roomInfoUrl",
    "link ",
    "url_2",
    LINKS[0],
)
PLAIN_NAMES = ("hourly_rate", "linkedBy", "during", "hrefless", "urlExpiresAt", "id", "note", "Zoë", "")


@pytest.mark.parametrize("text", LINKS)
def test_a_link_is_one_wherever_it_stands(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_is_no_link(text: str) -> None:
    assert not is_link(text)


@given(st.text(alphabet="/:a.\u200b\x00 =%2fF&", max_size=14))
def test_what_is_quickly_told_to_be_no_link_is_none(text: str) -> None:
    # With an ampersand nothing is told quickly.
    assert is_link(text) == is_link(f"{text} &")


@pytest.mark.parametrize("link", [link for link in LINKS if " " not in link.strip()])
def test_of_what_was_said_only_the_links_are_left_out(link: str) -> None:
    assert unlinked(f"It is at {link.strip()} today") == "It is at [link] today"
    assert unlinked("Nothing // is = 100%") == "Nothing // is = 100%"


@pytest.mark.parametrize(
    "text",
    [
        *(
            part * 5_000
            for part in ("//a", "%25", "&#58", "=", "se=1", "&sp=;se=", "\\u003a", "x-amz-", "&amp;")
        ),
        "//" + "a" * 20_000,
        "&#" + "9" * 20_000 + ";=",
    ],
)
def test_a_long_text_is_judged_soon(text: str) -> None:
    began = time.process_time()
    is_link(text)
    names_link(text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("name", NAMES_OF_LINKS)
def test_the_name_of_a_field_says_that_it_holds_a_link(name: str) -> None:
    assert names_link(name)


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_a_name_with_the_letters_of_one_in_it_is_no_name_of_a_link(name: str) -> None:
    assert not names_link(name)


VALUES = st.recursive(
    st.sampled_from((*LINKS, *PLAIN, 7, 1.5, True, None)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from((*NAMES_OF_LINKS, *PLAIN_NAMES)), inner, max_size=4)
    ),
    max_leaves=12,
)
ROWS = st.dictionaries(st.sampled_from((*NAMES_OF_LINKS, *PLAIN_NAMES)), VALUES, max_size=6)


def texts(value: object) -> Iterator[str]:
    """Every text in `value`, also the names of fields."""
    match value:
        case dict():
            for name, inner in value.items():
                yield name
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)
        case str():
            yield value


def less_links(value: object) -> object:
    """`value` without every field and part that is a link."""
    match value:
        case dict():
            return {
                name: less_links(inner)
                for name, inner in value.items()
                if name not in NAMES_OF_LINKS and inner not in LINKS
            }
        case list():
            return [less_links(inner) for inner in value if inner not in LINKS]
        case _:
            return value


def restarted(row: object) -> object:
    """What is known of `row` once the catalogue has been closed and opened."""
    assert isinstance(row, Mapping)
    before = Recording(account="a", id="1", provider="bird", kind="call", raw=row)
    return from_row("a", to_key("1"), to_told(before)).raw


@given(ROWS)
def test_of_what_a_provider_sent_all_is_kept_that_is_no_link(row: dict[str, object]) -> None:
    assert kept(row) == less_links(row)


@given(ROWS)
def test_the_catalogue_alone_would_keep_no_link_and_lose_nothing_else(row: dict[str, object]) -> None:
    assert restarted(row) == less_links(row)


@given(ROWS)
def test_no_link_is_in_what_is_handed_on(row: dict[str, object]) -> None:
    told = set(texts(discreet(row)))
    assert told.isdisjoint(LINKS)
    assert told.isdisjoint(NAMES_OF_LINKS)
    assert discreet(less_links(row)) == less_links(row)


@given(ROWS)
def test_a_record_is_the_same_after_a_restart(row: dict[str, object]) -> None:
    assert restarted(kept(row)) == kept(row)


@pytest.mark.parametrize("sent", [*({"a": link} for link in LINKS), *({name: 1} for name in NAMES_OF_LINKS)])
def test_the_quick_look_at_a_whole_row_overlooks_nothing(sent: dict[str, object]) -> None:
    assert may_lead(json.dumps(sent))
