"""What is said of each account."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from playhead.core.account import Account
from playhead.core.errors import Unreachable
from playhead.core.loading.coverage import Coverage
from playhead.ui.wording.listingwords import account_sentences
from support.fakes import BIRD, CONVIRZA, NOON
from support.providers.registered import PROVIDERS

HERE = NOON.astimezone(ZoneInfo("Europe/Amsterdam"))
DEEP: dict[str, Any] = {"horizon": NOON - timedelta(days=3), "as_of": NOON, "fetched": 400}


def said(account: Account = BIRD, *, filtered: bool = False, **changes: object) -> str:
    given: dict[str, object] = {"exhausted": False, "begun": True} | changes
    known = Coverage(account=account, **given)  # type: ignore[arg-type]
    return account_sentences(known, known, HERE, PROVIDERS, filtered=filtered)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"begun": False}, "nothing is loaded yet."),
        (
            {"begun": False, "failure": Unreachable("network")},
            "nothing is loaded yet. Now: not reachable.",
        ),
        (
            {"exhausted": True, "fetched": 1, "as_of": NOON, "estimate": 0},
            "everything is loaded (1 recording, as of today 13:00).",
        ),
        ({"fetched": 2}, "2 recordings read; more exist."),
        (
            DEEP,
            (
                "everything down to 11 Mar 2026, 13:00:00 CET is loaded (400 recordings, as of today 13:00); "
                "older ones may exist."
            ),
        ),
        (
            {**DEEP, "ordered": False},
            "400 recordings read, as of today 13:00; they do not come newest first, so any may be missing.",
        ),
    ],
)
def test_how_far_an_account_is_loaded_is_said_exactly(changes: dict[str, Any], sentence: str) -> None:
    assert said(**changes) == f"EU support: {sentence}"


def test_an_estimate_is_said_where_there_is_one() -> None:
    assert said(**DEEP, estimate=1).endswith("older ones may exist. About 1 recording more to come.")
    assert "more to come" not in said(**DEEP, estimate=0)


def test_who_filters_what_is_said() -> None:
    asked = (("status", "failed"), ("startAt", "2026-03-01T00:00:00Z"), ("odd", "x"))
    assert said(narrowed=True, asked=asked, filtered=True).endswith(
        "Bird itself looks for recordings with the status failed, since 1 Mar 01:00 and with odd x;"
        " what it finds is compared with the whole filter here."
    )
    assert said(CONVIRZA, filtered=True).endswith(
        "Convirza cannot look for this: the filter is compared with what is loaded."
    )


def test_of_what_is_loaded_whole_nothing_is_said_of_who_filters() -> None:
    assert said(filtered=True, exhausted=True, fetched=1) == "EU support: everything is loaded (1 recording)."
