"""The administrator's file: defaults, locks, providers, addresses, and sentences on what makes no sense."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from playhead.core.policy import NO_POLICY, Policy, understood
from playhead.core.preferences import Appearance, Density, Preferences
from playhead.machine.policyfile import read_policy
from playhead.machine.settings import Settings, from_text
from support.providers.registered import PROVIDERS

ACCOUNT = {"id": "a", "provider": "bird", "workspace_id": "5f3a9c1e-8b2d-4e6f-9a71-0c4d2e8b6f13"}


def written(tmp_path: Path, content: object) -> Path:
    """A policy file with this content."""
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def loaded(tmp_path: Path, policy: Policy) -> Settings:
    """Settings of a profile under a policy."""
    settings = Settings(tmp_path / "settings.json", policy.offered(PROVIDERS), policy)
    assert asyncio.run(settings.load()) is None
    return settings


def test_without_a_file_nothing_is_set(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "policy.json", PROVIDERS) is NO_POLICY


def test_a_default_holds_until_the_person_chooses_and_a_lock_for_ever(tmp_path: Path) -> None:
    policy = read_policy(
        written(tmp_path, {"defaults": {"theme": "dark"}, "locked": {"density": "compact", "quiet": -40}}),
        PROVIDERS,
    )
    assert policy.problems == ()
    preferences = loaded(tmp_path, policy).preferences
    assert (preferences.theme, preferences.density, preferences.playback.quiet) == ("dark", "compact", -40.0)
    assert preferences.locked == {"density", "quiet"}
    text = json.dumps({"theme": "light", "density": "comfortable", "quiet": -50})
    chosen = from_text(text, PROVIDERS, policy=policy)
    assert (chosen.theme, chosen.density, chosen.playback.quiet) == ("light", "compact", -40.0)


def test_what_is_locked_cannot_be_changed(tmp_path: Path) -> None:
    async def changed() -> Preferences:
        settings = Settings(tmp_path / "settings.json", PROVIDERS, Policy(locked={"density": "compact"}))
        await settings.load()
        wanted = replace(settings.preferences, density=Density.COMFORTABLE, theme=Appearance.DARK)
        settings.change(wanted)
        await settings.saved()
        return settings.preferences

    now = asyncio.run(changed())
    assert (now.density, now.theme) == (Density.COMPACT, Appearance.DARK)


def test_only_allowed_providers_are_offered_and_accounts_of_others_are_left_alone() -> None:
    offered = understood({"providers": ["convirza"]}, PROVIDERS).offered(PROVIDERS)
    assert offered.names == ("convirza",)
    preferences = from_text(json.dumps({"accounts": [ACCOUNT]}), offered)
    assert (len(preferences.accounts), len(preferences.unread)) == (0, 1)


@pytest.mark.parametrize(
    ("address", "kept"),
    [("https://proxy.example/bird", 1), ("https://proxy.example/bird/", 1), ("https://x.example", 0)],
)
def test_accounts_are_at_the_allowed_address_alone(address: str, kept: int) -> None:
    policy = understood({"addresses": {"bird": "https://proxy.example/bird"}}, PROVIDERS)
    offered = policy.offered(PROVIDERS)
    assert offered["bird"].address == "https://proxy.example/bird"
    accounts = from_text(json.dumps({"accounts": [{**ACCOUNT, "base_url": address}]}), offered).accounts
    assert len(accounts) == kept


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ([], "It is not a JSON object."),
        ({"lock": {}}, "“lock” is no part of a policy; there are defaults, locked, providers, addresses."),
        ({"locked": {"colour": "red"}}, "In “locked”, “colour” is no preference."),
        (
            {"defaults": {"density": "huge"}},
            "“density” cannot be that: 'huge' is none of comfortable, compact.",
        ),
        ({"defaults": []}, "“defaults” is not an object of preferences."),
        ({"providers": ["aircall"]}, "“aircall” is no provider; there are bird, convirza."),
        ({"providers": "bird"}, "“providers” is not a list of names."),
        (
            {"addresses": {"bird": "http://example.org"}},
            "In “addresses”, that of “bird” is no https address.",
        ),
        ({"addresses": {"aircall": "https://example.org"}}, "In “addresses”, “aircall” is no provider"),
    ],
)
def test_what_makes_no_sense_is_said_and_the_rest_holds(
    tmp_path: Path, content: object, sentence: str
) -> None:
    if isinstance(content, dict):
        content = {"locked": {"theme": "dark"}, **content}
    policy = read_policy(written(tmp_path, content), PROVIDERS)
    assert any(sentence in problem and "policy.json" in problem for problem in policy.problems)
    assert policy.locked == {"theme": "dark"} or sentence.startswith(("It is", "In “locked”"))


def test_a_file_that_is_no_json_is_said(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_bytes(b"\xff{")
    (problem,) = read_policy(tmp_path / "policy.json", PROVIDERS).problems
    assert problem.endswith("is no JSON. Nothing of it holds.")
