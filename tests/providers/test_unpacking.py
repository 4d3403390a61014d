"""A compressed body is unpacked as far as it is counted, and is whole or an error."""

import gzip
import zlib
from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.errors import Garbled, Unreachable
from playhead.providers.http.limits import GZIP_MEMBERS, PIECE_BYTES
from playhead.providers.http.unpacking import Unpacking, packings

TEXT = b'{"results": [' + b'{"id": "r1"}, ' * 30_000 + b"null]}"


def bare(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def unpacked(content_encoding: str, chunks: Iterable[bytes]) -> bytes:
    unpacking = Unpacking(content_encoding)
    found = b"".join(piece for chunk in chunks for piece in unpacking.pieces(chunk))
    unpacking.end()
    return found


@pytest.mark.parametrize(
    ("content_encoding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("binary", TEXT),
        ("aws-chunked", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("GZip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("identity, gzip", gzip.compress(TEXT)),
        ("aws-chunked , gzip,", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:999]) + gzip.compress(TEXT[999:])),
        ("gzip", gzip.compress(TEXT) + b"\r\n\0\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare(TEXT)),
        ("deflate", zlib.compress(TEXT) + b"\n"),
        ("gzip", b""),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1000, 1_000_000])
def test_one_compression_is_undone_however_it_is_cut(content_encoding: str, body: bytes, size: int) -> None:
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    assert unpacked(content_encoding, chunks) == (TEXT if body else b"")


@pytest.mark.parametrize(
    "content_encoding",
    [
        "gzip, gzip",
        "gzip,deflate",
        "deflate, x-gzip",
        "gzip, identity, gzip",
        "br",
        "zstd",
        "compress",
        "ZSTD",
    ],
)
def test_what_was_not_asked_for_is_refused_before_its_first_byte(content_encoding: str) -> None:
    with pytest.raises(Garbled) as caught:
        Unpacking(content_encoding)
    assert caught.value.reason == "encoding"


@pytest.mark.parametrize("packed", [gzip.compress(TEXT), zlib.compress(TEXT), bare(TEXT)])
def test_a_body_that_is_cut_anywhere_is_not_whole(packed: bytes) -> None:
    content_encoding = "gzip" if packed.startswith(b"\x1f") else "deflate"
    for end in (1, 5, 11, len(packed) // 2, len(packed) - 1):
        with pytest.raises(Unreachable) as caught:
            unpacked(content_encoding, [packed[:end]])
        assert caught.value.reason == "cut"


def test_a_second_part_that_is_cut_is_not_whole() -> None:
    with pytest.raises(Unreachable):
        unpacked("gzip", [gzip.compress(b"one"), gzip.compress(b"two")[:-3]])


def test_a_damaged_body_is_said_to_be() -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[-5] ^= 1
    for body in (bytes(packed), b"no gzip at all", b"\x1f\x8b\x09 neither"):
        with pytest.raises(Garbled) as caught:
            unpacked("gzip", [body])
        assert caught.value.reason == "encoding"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, bare])
def test_a_bomb_comes_in_pieces_that_can_be_counted(pack: object) -> None:
    assert callable(pack)
    bomb = pack(bytes(50_000_000))
    pieces = Unpacking("gzip" if pack is gzip.compress else "deflate").pieces(bomb)
    first = [len(next(pieces)) for _ in range(10)]
    assert first == [PIECE_BYTES] * 10


def test_many_empty_parts_are_no_way_to_spend_time() -> None:
    with pytest.raises(Garbled) as caught:
        unpacked("gzip", [gzip.compress(b"") * (GZIP_MEMBERS + 1)])
    assert caught.value.reason == "encoding"
    assert unpacked("gzip", [gzip.compress(b"a") * GZIP_MEMBERS]) == b"a" * GZIP_MEMBERS


@pytest.mark.parametrize(
    ("content_encoding", "start", "nothing"),
    [
        ("deflate", b"", b"\x00\x00\x00\xff\xff"),
        ("deflate", zlib.compress(b"", wbits=zlib.MAX_WBITS)[:2], b"\x00\x00\x00\xff\xff"),
    ],
)
def test_a_body_that_unpacks_to_nothing_ends(content_encoding: str, start: bytes, nothing: bytes) -> None:
    with pytest.raises(Garbled) as caught:
        unpacked(content_encoding, [start, *([nothing * 1000] * 1000)])
    assert caught.value.reason == "encoding"


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "x-gzip"]), st.integers(1, 50))
def test_any_bytes_are_unpacked_or_an_error_of_ours(body: bytes, content_encoding: str, size: int) -> None:
    with suppress(Garbled, Unreachable):
        unpacked(content_encoding, [body[at : at + size] for at in range(0, len(body), size)])


@given(st.text(max_size=60))
def test_any_header_names_compressions_or_none(content_encoding: str) -> None:
    assert all(word in content_encoding.lower() for word in packings(content_encoding))
