"""JSON is read however it is written: what is wrong in one value costs that value."""

from collections import Counter

import pytest

from playhead.core.errors import Garbled
from playhead.providers.bird.birdworkspace import listed
from playhead.providers.convirza.convirzarows import prompts
from playhead.providers.http.answers import Reply
from playhead.providers.http.limits import (
    JSON_DEPTH,
    LIST_OBJECTS,
    LIST_ROWS,
    PAGE_OBJECTS,
    PAGE_ROWS,
    ROW_SIZE,
    TEXT_SIZE,
)
from playhead.providers.reading.rawfields import kept
from support.providers.provider_sources import convirza_account


def read(body: bytes, content_type: str = "application/json", **limits: int) -> object:
    return Reply(status=200, headers={"content-type": content_type}, body=body).json(**limits)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"name": "Zoë"}'.encode(), "application/json"),
        ('{"name": "Zoë"}'.encode(), "application/json; charset=ISO-8859-1"),
        ('{"name": "Zoë"}'.encode("latin-1"), "application/json; charset=ISO-8859-1"),
        ('{"name": "Zoë"}'.encode("latin-1"), "application/json; Charset = 'latin1'"),
        ('{"name": "Zoë"}'.encode("cp1252"), 'application/json; charset="windows-1252"'),
        ('{"name": "Zoë"}'.encode("utf-8-sig"), "application/json"),
        ('{"name": "Zoë"}'.encode("utf-16"), "application/json"),
        ('{"name": "Zoë"}'.encode("utf-16-le"), "application/json; charset=utf-16"),
        ('{"name": "Zoë"}'.encode("utf-16-be"), "application/json"),
        ('{"name": "Zoë"}'.encode("utf-32"), "application/json"),
        ('{"name": "Zoë"}'.encode(), "text/html; charset=utf-8"),
        ('{"name": "Zoë"}'.encode(), "text/plain; charset=rot13"),
        ('\ufeff \u00a0\x0c{"name": "Zoë"}\0\0\n'.encode(), ""),
        ('{"name": "Zoë"}\n-- 99 rows'.encode(), ""),
    ],
)
def test_a_name_is_read_in_whatever_way_it_was_encoded(body: bytes, content_type: str) -> None:
    assert read(body, content_type) == {"name": "Zoë"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b'"Zo\xeb"', "Zo\ufffd"),
        (b'"\xff"', "\ufffd"),
        (b'"Zo\xc3"', "Zo\ufffd"),
        (b"9" * 5000, "9" * 5000),
        (b"-" + b"9" * 5000, "-" + "9" * 5000),
        (b"NaN", None),
        (b"-Infinity", None),
        (b'"a\tb\nc\x00"', "a\tb\nc\0"),
        (rb'"C:\dir\x41"', r"C:\dir\x41"),
        (rb'"\u12"', r"\u12"),
        (b'"' + b"[{," * 200_000 + b'"', "[{," * 200_000),
        (b'1, "odd": 2', 2),
    ],
)
def test_one_odd_value_leaves_its_neighbours(value: bytes, expected: object) -> None:
    found = read(b'{"results": [{"id": "a", "odd": ' + value + b'}, {"id": "b"}]}')
    assert found == {"results": [{"id": "a", "odd": expected}, {"id": "b"}]}


@pytest.mark.parametrize("depth", [JSON_DEPTH, 900, 5_000, 200_000])
@pytest.mark.parametrize(("opened", "closed"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_one_value_without_bottom_leaves_its_neighbours(depth: int, opened: bytes, closed: bytes) -> None:
    deep = opened * depth + b"1" + closed * depth
    said = read(b'{"results": [{"id": "a", "odd": ' + deep + b'}, {"id": "b"}]}', objects=2 * depth + 9)
    assert isinstance(said, dict)
    assert [each["id"] for each in said["results"]] == ["a", "b"]
    assert len(kept(said["results"][0]).text) < 1000


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "application/json", "json"),
        (b"\xef\xbb\xbf", "application/json", "json"),
        (b'{"results": [', "application/json", "json"),
        (b'{"results": []}{"results": []}', "application/json", "json"),
        (b'{"results": []}\n{"code": 500}', "application/json", "json"),
        (b"Service busy", "text/html", "html"),
        (b"Service busy", "text/plain", "json"),
        (b"\xef\xbb\xbf \r\n<html>", "application/json", "html"),
        ("<html>".encode("utf-16"), "application/json", "html"),
        (b"[" * 100_000, "application/json", "json"),
        (b'"' + b'\\"' * 100_000, "application/json", "json"),
    ],
)
def test_what_is_no_json_is_told_by_its_bytes(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(Garbled) as caught:
        read(body, content_type)
    assert (caught.value.reason, caught.value.status) == (reason, 200)


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        b"[" + b"{}," * (PAGE_OBJECTS + 1) + b"1]",
        b"[" + b"[]," * (PAGE_OBJECTS + 1) + b"1]",
        b"[" + b'"",' * (5 * PAGE_OBJECTS) + b"1]",
        b"[" + b"1," * (5 * PAGE_OBJECTS) + b"1]",
        b"{" + b'"a":1,' * (5 * PAGE_OBJECTS) + b'"b":1}',
    ],
)
def test_what_would_take_much_memory_is_counted_before_it_is_read(body: bytes) -> None:
    with pytest.raises(Garbled) as caught:
        read(body)
    assert caught.value.reason == "large"
    assert read(body, objects=LIST_OBJECTS)


@pytest.mark.slow
def test_a_list_of_a_hundred_thousand_prompts_is_within_the_limits() -> None:
    item = '{"id": 1, "name": "a, b", "filename": "a.mp3", "type": "prompt", "size": 1, "tags": [1, 2]}'
    said = read(f"[{','.join([item] * 100_000)}]".encode(), objects=LIST_OBJECTS)
    assert isinstance(said, list)
    assert len(said) == 100_000


def test_rows_are_counted_before_recordings_are_made_of_them() -> None:
    page = Reply(status=200, headers={}, body=b'{"results": [' + b"1," * PAGE_ROWS + b"1]}")
    with pytest.raises(Garbled) as caught:
        listed(page)
    assert caught.value.reason == "large"
    for groups in ({"prompts": [1] * (LIST_ROWS + 1)}, {"a": [{"id": 1}] * LIST_ROWS, "b": [{"id": 2}]}):
        with pytest.raises(Garbled) as caught:
            prompts(convirza_account("https://api.example"), groups, Counter())
        assert caught.value.reason == "large"


def test_of_a_row_that_is_too_large_the_beginning_is_kept_and_it_says_so() -> None:
    for row in (
        {"id": "r", "many": [{}] * 1_000_000},
        {"id": "r", "long": "x" * 10_000_000},
        {"id": "r", **{f"{n} {'y' * 500}": "z" * 500 for n in range(10_000)}},
    ):
        found = kept(row)
        assert found["id"] == "r"
        assert "…" in found
        assert len(found.text) < 2 * ROW_SIZE
    whole = {"id": "r", "long": "x" * TEXT_SIZE}
    assert kept(whole) == whole
