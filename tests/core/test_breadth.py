"""How many files of an export go at once."""

import pytest

from playhead.core.errors import Limited, ProviderError, Unavailable, Unreachable
from playhead.core.exports.engine.breadth import FIRST, Breadth


def after(waited: float, arrived: float, most: int = 16) -> int:
    """Files at once after several that waited and arrived for so many seconds each."""
    breadth = Breadth(most)
    for _ in range(16):
        breadth.fetched(waited, arrived)
    return breadth.number


def test_a_line_that_is_busy_anyway_gets_no_more_than_in_the_beginning() -> None:
    assert Breadth(16).number == after(0.04, 0.5) == after(0.0, 0.0) == FIRST


def test_the_longer_files_wait_beside_their_bytes_the_more_go_at_once() -> None:
    assert FIRST < after(0.3, 0.3) < after(0.3, 0.05) == 16


def test_no_more_go_at_once_than_the_person_allows() -> None:
    assert Breadth(1).number == after(10.0, 0.1, most=1) == 1
    assert after(10.0, 0.1, most=9) == 9


@pytest.mark.parametrize("error", [Limited(), Unavailable(), Unreachable("timeout"), Unreachable("slow")])
def test_a_server_that_falters_gets_half_as_many_and_then_one_more_for_each_that_comes(
    error: ProviderError,
) -> None:
    breadth = Breadth(16)
    breadth.faltered(error)
    assert breadth.number == FIRST // 2
    breadth.fetched(0.0, 1.0)
    assert breadth.number == FIRST // 2 + 1
    for _ in range(9):
        breadth.faltered(error)
    assert breadth.number == 1


def test_a_network_that_is_gone_says_nothing_of_how_many_it_can_carry() -> None:
    breadth = Breadth(16)
    breadth.faltered(Unreachable("network"))
    assert breadth.number == FIRST


def test_each_file_that_came_allows_one_more() -> None:
    breadth = Breadth(16)
    for came in range(1, 4):
        breadth.fetched(10.0, 0.1)
        assert breadth.number == FIRST + came
