"""Convirza's API and sign-in as the demo cloud speaks them, over real HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.cloud.faultycloud import FaultyCloud

RESOURCES = Path(__file__).parents[2] / "resources" / "demo"


@pytest.fixture
def cloud() -> Iterator[FaultyCloud]:
    with FaultyCloud(resources=RESOURCES, bird=10, convirza=80) as running:
        yield running


def listed(client: httpx.Client, cloud: FaultyCloud, token: str = "", **query: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token or cloud.access_token}"}
    return client.get(f"{cloud.convirza_url}/media-prompts", params=query, headers=headers)


def signed_in(client: httpx.Client, cloud: FaultyCloud) -> dict[str, Any]:
    body = {"email": cloud.email, "password": cloud.password}
    answer: dict[str, Any] = (
        client.post(f"{cloud.oauth_url}/oauth/token", json=body).raise_for_status().json()
    )
    return answer


def refreshed(client: httpx.Client, cloud: FaultyCloud, token: str) -> httpx.Response:
    return client.post(f"{cloud.oauth_url}/oauth/refresh-token", json={"refresh_token": token})


def test_everything_comes_at_once_grouped_by_kind_newest_first(
    cloud: FaultyCloud, client: httpx.Client
) -> None:
    envelope = listed(client, cloud).json()
    assert set(envelope) == {"code", "message", "data", "request_id", "timestamp"}
    data = envelope["data"]
    assert data.pop("total") == 80
    assert set(data) == {"prompts", "whispers", "voicemails", "surveys"}
    for group, rows in data.items():
        assert rows
        assert {row["type"] + "s" for row in rows} == {group}
        numbers = [row["id"] for row in rows]
        assert numbers == sorted(numbers, reverse=True)
        dates = [row["created_at"] for row in rows if "created_at" in row]
        assert dates == sorted(dates, reverse=True)
    rows = [row for group in data.values() for row in group]
    assert sorted(rows, key=lambda row: -row["id"]) == [cloud.convirza_item(place) for place in range(80)]


def test_half_of_the_rows_have_the_undocumented_fields_and_a_few_no_link(cloud: FaultyCloud) -> None:
    rows = [cloud.convirza_item(place) for place in range(80)]
    documented = {"id", "name", "filename", "type", "recording_file_type"}
    assert all(documented <= set(row) for row in rows)
    rich = [row for row in rows if {"size", "duration", "created_at", "created_by"} <= set(row)]
    assert 20 < len(rich) < 60
    assert all(row["size"] == len(cloud.audio(row["id"])) for row in rich)
    assert 0 < sum("url" not in row for row in rows) < 10
    assert {"mp3", "wav", "ogg", "m4a"} == {row["recording_file_type"] for row in rows}
    assert all(row["filename"].endswith("." + row["recording_file_type"]) for row in rows)


def test_type_and_name_filter_and_an_unknown_type_is_an_error(
    cloud: FaultyCloud, client: httpx.Client
) -> None:
    data = listed(client, cloud, type="whisper").json()["data"]
    assert data["whispers"]
    assert data["total"] == len(data["whispers"])
    assert not data["prompts"]
    named = listed(client, cloud, name="WELCOME").json()["data"]["prompts"]
    assert named
    assert all("Welcome" in row["name"] for row in named)
    assert listed(client, cloud, type="", name="").json()["data"]["total"] == 80
    assert listed(client, cloud, type="song").status_code == 400


def test_a_prompt_link_serves_its_audio_until_it_is_killed(cloud: FaultyCloud, client: httpx.Client) -> None:
    row = next(row for row in map(cloud.convirza_item, range(80)) if "url" in row)
    assert "?" not in row["url"]
    assert client.get(row["url"]).content == cloud.audio(row["id"])
    cloud.kill_prompt_links()
    assert client.get(row["url"]).status_code == 410
    rows = listed(client, cloud, type=row["type"]).json()["data"][row["type"] + "s"]
    fresh = next(each["url"] for each in rows if each["id"] == row["id"])
    assert client.get(fresh).content == cloud.audio(row["id"])


def test_a_missing_or_wrong_token_is_refused_in_the_envelope(
    cloud: FaultyCloud, client: httpx.Client
) -> None:
    answer = listed(client, cloud, "wrong")
    assert answer.status_code == 401
    assert answer.json()["code"] == 401
    assert answer.json()["request_id"]
    assert client.get(f"{cloud.convirza_url}/media-prompts").status_code == 401


def test_the_profile_names_who_is_signed_in(cloud: FaultyCloud, client: httpx.Client) -> None:
    headers = {"Authorization": f"Bearer {cloud.access_token}"}
    profile = client.get(f"{cloud.convirza_url}/auth/profile", headers=headers).json()
    assert profile["data"]["email"] == cloud.email


def test_a_login_gives_a_pair_whose_ends_are_moments(cloud: FaultyCloud, client: httpx.Client) -> None:
    pair = signed_in(client, cloud)
    assert pair["token_type"] == "Bearer"
    left = datetime.fromisoformat(pair["expires_in"]) - datetime.now(UTC)
    assert timedelta(days=6) < left <= timedelta(days=7)
    assert listed(client, cloud, pair["access_token"]).status_code == 200


def test_a_wrong_password_and_a_wrong_body_are_told_apart(cloud: FaultyCloud, client: httpx.Client) -> None:
    address = f"{cloud.oauth_url}/oauth/token"
    wrong = client.post(address, json={"email": cloud.email, "password": "no"})
    assert wrong.status_code == 401
    assert client.post(address, json={"email": cloud.email}).status_code == 400
    assert client.post(address, content=b"not json").status_code == 400
    assert client.post(address, json=["email"]).status_code == 400


def test_a_refresh_token_works_once(cloud: FaultyCloud, client: httpx.Client) -> None:
    first = signed_in(client, cloud)
    second = refreshed(client, cloud, first["refresh_token"])
    assert second.status_code == 200
    assert listed(client, cloud, second.json()["access_token"]).status_code == 200
    assert refreshed(client, cloud, first["refresh_token"]).status_code == 401
    assert refreshed(client, cloud, second.json()["refresh_token"]).status_code == 200


def test_expired_access_tokens_are_refused_and_a_refresh_helps(
    cloud: FaultyCloud, client: httpx.Client
) -> None:
    pasted, pair = cloud.access_token, signed_in(client, cloud)
    cloud.expire_tokens()
    assert listed(client, cloud, pasted).status_code == 401
    assert listed(client, cloud, pair["access_token"]).status_code == 401
    assert listed(client, cloud, cloud.access_token).status_code == 200
    fresh = refreshed(client, cloud, pair["refresh_token"]).json()["access_token"]
    assert listed(client, cloud, fresh).status_code == 200


def test_expired_refresh_tokens_are_refused(cloud: FaultyCloud, client: httpx.Client) -> None:
    pair = signed_in(client, cloud)
    cloud.expire_refresh_tokens()
    assert refreshed(client, cloud, pair["refresh_token"]).status_code == 401


def test_revoking_ends_a_token_and_may_be_repeated(cloud: FaultyCloud, client: httpx.Client) -> None:
    pair = signed_in(client, cloud)
    for _ in range(2):
        body = {"token": pair["access_token"], "token_type": "access"}
        assert client.post(f"{cloud.oauth_url}/oauth/revoke-token", json=body).status_code == 200
    assert listed(client, cloud, pair["access_token"]).status_code == 401
    assert client.post(f"{cloud.oauth_url}/oauth/revoke-token", json={"token": "x"}).status_code == 400


def test_logins_are_limited_only_when_asked_for(client: httpx.Client) -> None:
    with FaultyCloud(resources=RESOURCES, bird=1, convirza=1, logins_per_minute=2) as strict:
        signed_in(client, strict)
        signed_in(client, strict)
        body = {"email": strict.email, "password": strict.password}
        assert client.post(f"{strict.oauth_url}/oauth/token", json=body).status_code == 429


def test_a_prompt_that_somebody_deleted_is_not_listed_any_more(
    client: httpx.Client, cloud: FaultyCloud
) -> None:
    gone = cloud.convirza_item(4)["id"]
    cloud.delete_prompt(4)
    answer = listed(client, cloud).json()["data"]
    rows = [row for group in answer.values() if isinstance(group, list) for row in group]
    assert answer["total"] == len(rows) == 79
    assert gone not in {row["id"] for row in rows}
