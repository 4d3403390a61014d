"""What of a query is asked of the server never leaves out a match."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.core.account import Account, Credential
from playhead.core.finding import fields
from playhead.core.finding.matching import matches
from playhead.core.finding.parser import parse
from playhead.core.finding.query import (
    EVERYTHING,
    All,
    Either,
    Is,
    Match,
    Measure,
    Not,
    Number,
    Query,
    Span,
    Way,
)
from playhead.core.page import Asked
from playhead.core.recording import Recording
from playhead.providers.bird import birdrows
from playhead.providers.http.web import Web
from support.hypothesis_profiles import tries
from support.providers.provider_sources import NOW, PocketKeys, bird_account, convirza_account
from support.providers.registered import open_source

BIRD = bird_account("https://api.bird.com")
CONVIRZA = convirza_account("https://platform-api.convirza.com/v3")
UUID = "50fa2203-66c2-4820-864a-1a8002952f4e"
OTHER = "880d8171-cbab-47bb-81b6-b1a0902da136"


def understood(text: str) -> Query:
    return parse(text, NOW, [BIRD, CONVIRZA])


def asked(text: str, account: Account = BIRD) -> dict[str, str] | None:
    source = open_source(account, PocketKeys(Credential(access="k")), Web())
    found = source.asks(understood(text))
    return None if found is None else dict(found.parameters)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("maria 3197", {}),
        ("status:available", {"status": "available"}),
        ("status:Available direction:in", {"status": "available", "direction": "incoming"}),
        ("status:avail*", {}),
        ("status:available,failed", {}),
        ("-status:failed", {}),
        ("(status:failed OR direction:in)", {}),
        ("(status:failed direction:in)", {"status": "failed", "direction": "incoming"}),
        ("from:+31205550100", {"from": "+31205550100"}),
        ("to:0031205550100", {"to": "+31205550100"}),
        ("from:+3120*", {}),
        ("from:+3120", {}),
        ("from:205550100", {}),
        ("with:+31205550100", {}),
        ("from:maria", {}),
        (f"channel:{UUID}", {"channelId": UUID}),
        (f"channel:{UUID.upper()}", {"channelId": UUID}),
        ("channel:880d8171", {}),
        (f"call:{UUID}", {"sourceId": UUID}),
        (f"call:{UUID} kind:call", {"sourceId": UUID, "id": UUID}),
        (f"id:{UUID}", {}),
        ("kind:call", {}),
        ("provider:bird", {}),
        ("on:2026-03-14", {"startAt": "2026-03-13T00:00:00Z", "endAt": "2026-03-16T00:00:00Z"}),
        (
            "after:2026-03-14 before:2026-03-20 after:2026-03-16",
            {"startAt": "2026-03-15T00:00:00Z", "endAt": "2026-03-21T00:00:00Z"},
        ),
        ("duration:>2m", {}),
        ("is:starred is:noted", None),
        ("is:unheard status:available", {"status": "available"}),
        ("heard:<50%", {}),
        ("note:refund", None),
        ("-(is:starred OR note:refund)", {}),
    ],
)
def test_bird_is_asked_what_it_can_filter(text: str, expected: dict[str, str]) -> None:
    assert asked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "provider:convirza",
        'account:"Northwind"',
        "kind:voicemail",
        "kind:prompt,whisper status:available",
        "-provider:bird",
        "name:welcome",
        "(kind:prompt OR provider:convirza)",
    ],
)
def test_bird_is_not_asked_what_it_cannot_have(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("kind:voicemail", {"type": "voicemail"}),
        ("kind:voicemails name:welcome", {"type": "voicemail"}),
        ("kind:prompt,whisper", {}),
        ("name:welcome", {}),
        ("-kind:prompt", {}),
        ("provider:convirza", {}),
        ("-status:failed", {}),
        ("kind:call", None),
        ("provider:bird", None),
        ("status:available", None),
        ("from:+31205550100", None),
        ("is:stereo", None),
        ("is:playable", {}),
        ("is:starred -is:unheard", None),
        ("is:noted heard:>=90% note:refund", None),
        ('account:"EU support"', None),
        ("(kind:call OR from:maria)", None),
        ("(kind:call OR maria)", {}),
    ],
)
def test_convirza_is_asked_for_one_kind_or_for_all(text: str, expected: dict[str, str] | None) -> None:
    assert asked(text, CONVIRZA) == expected


@dataclass(frozen=True, slots=True)
class Later:
    """A part of a query that the providers have never heard of."""


@pytest.mark.parametrize("account", [BIRD, CONVIRZA])
@pytest.mark.parametrize("turn", [lambda node: node, Not])
def test_what_a_provider_does_not_know_depends(account: Account, turn: Callable[[Any], Any]) -> None:
    unknown: list[Any] = [
        Later(),
        Is("is:later"),  # type: ignore[arg-type]
        Match("later", "x"),  # type: ignore[arg-type]
        Number("later", "1", Way.PART),  # type: ignore[arg-type]
        Span("later", 0, 1),  # type: ignore[arg-type]
    ]
    source = open_source(account, PocketKeys(Credential(access="k")), Web())
    for node in unknown:
        assert source.asks(Query("", turn(node))) == Asked()
        assert source.asks(Query("", Either((turn(node), Match(fields.ACCOUNT, "nobody"))))) == Asked()
        assert source.asks(Query("", All((turn(node), Match(fields.ACCOUNT, "nobody"))))) is None


def test_an_unwritable_moment_is_not_asked() -> None:
    source = open_source(BIRD, PocketKeys(Credential(access="k")), Web())
    assert source.asks(Query("", All((Span(Measure.DATE, -1e18, 1e18),)))) == Asked()


def test_everything_is_everything() -> None:
    assert open_source(BIRD, PocketKeys(Credential(access="k")), Web()).asks(EVERYTHING) == Asked()


TERMS = st.sampled_from(
    [
        "provider:bird",
        "provider:convirza",
        'account:"EU support"',
        "kind:call",
        "kind:conference",
        "kind:voicemail",
        "direction:in",
        "direction:out",
        "status:available",
        "status:failed",
        "from:+31205550100",
        "to:+12025550101",
        "after:2026-03-01",
        "before:2026-03-10",
        f"call:{UUID}",
        f"channel:{OTHER}",
        "name:x",
        "is:starred",
        "is:unheard",
        "note:refund",
        "heard:<50%",
        "is:stereo",
        "maria",
        "support",
    ]
)
TEXTS = st.recursive(
    TERMS,
    lambda inner: (
        st.builds("({} OR {})".format, inner, inner)
        | st.builds("({} {})".format, inner, inner)
        | st.builds("-({})".format, inner)
    ),
    max_leaves=6,
)
NUMBERS = st.sampled_from(["31205550100", "+31205550100", "12025550101"])
PARTIES = st.fixed_dictionaries({}, optional={"number": st.fixed_dictionaries({"number": NUMBERS})})
ROWS = st.fixed_dictionaries(
    {"id": st.just("r1")},
    optional={
        "source": st.sampled_from(["call", "conference", "odd"]),
        "sourceId": st.sampled_from([UUID, OTHER]),
        "channelId": st.sampled_from([UUID, OTHER]),
        "direction": st.sampled_from(["incoming", "outgoing"]),
        "status": st.sampled_from(["available", "failed", "odd"]),
        "originator": PARTIES,
        "receiver": PARTIES,
        "stereo": st.booleans(),
        "startedAt": st.sampled_from(
            ["2026-02-28T23:00:00Z", "2026-03-01T00:00:00Z", "2026-03-12T00:00:00Z"]
        ),
        "createdAt": st.sampled_from(["2026-02-27T23:00:00Z", "2026-03-09T10:00:00Z"]),
    },
)


@tries(500)
@given(text=TEXTS, row=ROWS)
def test_what_matches_here_is_in_the_servers_answer(text: str, row: dict[str, object]) -> None:
    recording = birdrows.recording(BIRD, row, 0, Counter())
    if not matches(understood(text).node, recording):
        return
    parameters = asked(text)
    assert parameters is not None
    assert all(server_keeps(name, value, row, recording) for name, value in parameters.items())


def server_keeps(name: str, value: str, row: dict[str, object], recording: Recording) -> bool:
    """How Bird filters, as far as it is documented; dates by any of a recording's moments."""
    match name:
        case "startAt" | "endAt":
            limit = datetime.fromisoformat(value)
            moments = [each for each in (recording.started, recording.moment) if each]
            return all(each >= limit if name == "startAt" else each < limit for each in moments)
        case "from":
            return recording.caller is not None and recording.caller.digits == value[1:]
        case "to":
            return recording.callee is not None and recording.callee.digits == value[1:]
        case "id":
            return row["sourceId"] == value
        case _:
            return row[name] == value


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (("31205550123", "0205550123"), {"from": "+31205550123"}),
        (("31205550123", "84955550123"), {}),
        (("31205550123", "0205550199"), {}),
    ],
)
def test_a_number_in_national_form_as_well_is_asked_for_in_its_international_one(
    forms: tuple[str, ...], expected: dict[str, str]
) -> None:
    query = parse("from:+31205550123", NOW, [BIRD], lambda _typed: forms)
    source = open_source(BIRD, PocketKeys(Credential(access="k")), Web())
    found = source.asks(query)
    assert found is not None
    assert dict(found.parameters) == expected


@pytest.mark.parametrize("text", ["is:exported", "is:gone", "size:>1MB", "-(-is:gone)"])
def test_what_was_never_loaded_has_none_of_this(text: str) -> None:
    assert asked(text) is None
    assert asked(f"-{text}") == {}
