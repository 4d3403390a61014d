"""What is told of every account to who points at the status line."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playhead.core.errors import Unreachable
from playhead.core.loading.coverage import Coverage
from playhead.ui.wording.listingwords import line_sentences
from support.fakes import BIRD, CONVIRZA, NOON
from support.providers.registered import PROVIDERS

HERE = NOON.astimezone(ZoneInfo("Europe/Amsterdam"))
PARTLY = Coverage(
    account=BIRD,
    exhausted=False,
    begun=True,
    horizon=NOON - timedelta(days=3),
    as_of=NOON,
    fetched=5943,
)


def narrowed(*asked: tuple[str, str], **changes: Any) -> Coverage:
    given: dict[str, Any] = {"exhausted": False, "begun": False} | changes
    return Coverage(account=BIRD, narrowed=True, asked=asked, **given)


def told(*coverage: Coverage) -> list[str]:
    whole = Coverage(account=CONVIRZA, exhausted=True, begun=True, fetched=300)
    return line_sentences(coverage, (whole, PARTLY), HERE, PROVIDERS, filtered=True)


def test_what_was_loaded_without_the_filter_counts_before_its_server_was_asked_to_filter() -> None:
    _, said = told(narrowed(("status", "failed")))
    assert said == (
        "EU support: everything down to 11 Mar 2026, 13:00:00 CET is loaded (5\u202f943 recordings,"
        " as of today 13:00); older ones may exist. Bird itself can look for recordings with the status"
        " failed; what it finds is compared with the whole filter here."
    )


def test_a_server_that_could_not_be_asked_to_filter_is_not_kept_quiet() -> None:
    _, said = told(narrowed(("status", "failed"), failure=Unreachable("network")))
    assert "Now: not reachable." in said


def test_a_period_is_said_in_a_sentence_as_the_table_writes_moments() -> None:
    asked = (("endAt", "2026-03-02T00:00:00Z"), ("startAt", "2025-01-31T00:00:00Z"))
    _, said = told(narrowed(*asked, begun=True))
    assert "Bird itself looks for recordings since 31 Jan 2025 and until 2 Mar 01:00;" in said


def test_what_a_server_looks_for_is_said_in_one_order() -> None:
    asked = (("startAt", "no moment"), ("direction", "incoming"), ("from", "+31205550100"))
    _, said = told(narrowed(*asked, ("status", "failed"), begun=True))
    assert (
        "looks for incoming recordings with the status failed, from +31205550100 and since no moment;" in said
    )
    _, said = told(narrowed(("direction", "outgoing"), begun=True))
    assert "looks for outgoing recordings;" in said


def test_an_account_that_can_hold_nothing_more_is_told_of_too() -> None:
    assert told() == [
        "Marketing: nothing that is not loaded yet can match.",
        "EU support: nothing that is not loaded yet can match.",
    ]
