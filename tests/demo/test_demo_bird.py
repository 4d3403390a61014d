"""Bird's API as the demo cloud speaks it, over real HTTP."""

import base64
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.cloud.faultycloud import FaultyCloud

RESOURCES = Path(__file__).parents[2] / "resources" / "demo"
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def cloud() -> Iterator[FaultyCloud]:
    with FaultyCloud(resources=RESOURCES, bird=700, now=NOW) as running:
        yield running


@pytest.fixture
def client(cloud: FaultyCloud) -> Iterator[httpx.Client]:
    with connected(cloud) as connection:
        yield connection


def connected(cloud: FaultyCloud) -> httpx.Client:
    headers = {"Authorization": f"AccessKey {cloud.access_key}"}
    base = f"{cloud.bird_url}/workspaces/{cloud.workspace_id}"
    return httpx.Client(base_url=base, headers=headers, trust_env=False, verify=False)


def everything(client: httpx.Client, path: str = "/recordings", **query: str) -> list[dict[str, Any]]:
    """All rows of a list, page by page."""
    rows: list[dict[str, Any]] = []
    query = {"limit": "99", **query}
    while True:
        page = client.get(path, params=query).raise_for_status().json()
        rows += page["results"]
        if "nextPageToken" not in page:
            return rows
        query["pageToken"] = page["nextPageToken"]


def unlinked(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "url"}


def test_pages_hold_every_recording_once_and_newest_first(cloud: FaultyCloud, client: httpx.Client) -> None:
    rows = everything(client)
    assert len({row["id"] for row in rows}) == len(rows) == 700
    moments = [row["createdAt"] for row in rows]
    assert moments == sorted(moments, reverse=True)
    assert len(set(moments)) == 700
    assert unlinked(rows[0]) == unlinked(cloud.bird_recording(0))
    assert unlinked(rows[99]) == unlinked(cloud.bird_recording(99))


def test_the_newest_is_minutes_old_and_the_oldest_a_year_and_a_half(cloud: FaultyCloud) -> None:
    newest, oldest = (datetime.fromisoformat(cloud.bird_recording(place)["createdAt"]) for place in (0, 699))
    assert 0 < (NOW - newest).total_seconds() < 600
    assert 500 < (NOW - oldest).days < 550


def test_a_page_has_ten_rows_unless_a_limit_is_given(client: httpx.Client) -> None:
    assert len(client.get("/recordings").json()["results"]) == 10
    assert len(client.get("/recordings", params={"limit": 3}).json()["results"]) == 3


@pytest.mark.parametrize("limit", ["0", "100", "many", "-1"])
def test_a_limit_outside_1_to_99_is_an_error(client: httpx.Client, limit: str) -> None:
    answer = client.get("/recordings", params={"limit": limit})
    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "message"}


@pytest.mark.parametrize(
    "token", ["nonsense", base64.b64encode(b"[1,2]").decode(), base64.b64encode(b'{"a":1}').decode()]
)
def test_a_page_token_that_was_never_given_is_an_error(client: httpx.Client, token: str) -> None:
    assert client.get("/recordings", params={"pageToken": token}).status_code == 400


def test_a_page_token_is_a_time_and_an_id(client: httpx.Client) -> None:
    page = client.get("/recordings").json()
    millisecond, last = json.loads(base64.b64decode(page["nextPageToken"]))
    assert isinstance(millisecond, int)
    assert last == page["results"][-1]["id"]


def test_the_mixture_is_that_of_a_contact_centre(client: httpx.Client) -> None:
    rows = everything(client)
    calls = [row for row in rows if row["source"] == "call"]
    assert 0.85 < len(calls) / len(rows) < 0.97
    assert all("direction" not in row and "conferenceId" in row for row in rows if row not in calls)
    statuses = {row["status"] for row in rows}
    assert {"available", "ongoing", "absent", "failed", "completed", "paused", "quarantined"} <= statuses
    assert max(place for place, row in enumerate(rows) if row["status"] == "ongoing") < 10
    assert all(("url" in row) == (row["status"] == "available") for row in rows)
    assert {"mp3", "wav"} <= {row["format"] for row in rows}
    assert 0.45 < sum(row["stereo"] for row in rows) / len(rows) < 0.75
    assert any(row.get("endedAt") == "0001-01-01T00:00:00Z" and row["status"] == "available" for row in rows)
    for optional in ("channelId", "startedAt", "duration", "originator", "receiver"):
        assert 0 < sum(optional not in row for row in calls) < len(calls) / 4, optional
    numbers = [row["originator"]["number"] for row in calls if "originator" in row]
    assert any(number["anonymous"] for number in numbers)
    assert {"+"} < {number["number"][0] for number in numbers if "number" in number}
    assert any(number.get("callerIdName") == "<img src=x>" for number in numbers)


def test_the_newest_three_are_ordinary_stereo_calls(cloud: FaultyCloud) -> None:
    for place in range(3):
        row = cloud.bird_recording(place)
        assert (row["source"], row["status"], row["stereo"]) == ("call", "available", True)
        assert row["duration"] > 0


@pytest.mark.parametrize("sign", ["", "+"])
def test_from_and_to_find_numbers_with_and_without_plus(client: httpx.Client, sign: str) -> None:
    rows = everything(client)
    for side, name in (("originator", "from"), ("receiver", "to")):
        identity = next(
            row[side]["contact"]["identifierValue"] for row in rows if "contact" in row.get(side, {})
        )
        wanted = [
            row["id"]
            for row in rows
            if row.get(side, {}).get("number", {}).get("number", "").removeprefix("+") == identity[1:]
        ]
        found = everything(client, **{name: sign + identity[1:]})
        assert [row["id"] for row in found] == wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("status", "status"),
        ("direction", "direction"),
        ("channelId", "channelId"),
        ("sourceId", "sourceId"),
        ("sourceId", "id"),
    ],
)
def test_a_filter_keeps_exactly_the_rows_with_that_value(client: httpx.Client, field: str, name: str) -> None:
    rows = everything(client)
    value = next(row[field] for row in rows if field in row)
    wanted = [row["id"] for row in rows if row.get(field) == value]
    assert [row["id"] for row in everything(client, **{name: value})] == wanted


def test_filters_combine(client: httpx.Client) -> None:
    rows = everything(client, status="available", direction="incoming")
    assert rows
    assert {(row["status"], row["direction"]) for row in rows} == {("available", "incoming")}


def test_start_and_end_are_included(client: httpx.Client) -> None:
    rows = everything(client)
    first, last = rows[250]["createdAt"], rows[120]["createdAt"]
    found = everything(client, startAt=first, endAt=last)
    assert [row["id"] for row in found] == [row["id"] for row in rows[120:251]]


@pytest.mark.parametrize(
    "query", [{"startAt": "yesterday"}, {"id": "5"}, {"direction": "up"}, {"channelId": "x"}]
)
def test_a_malformed_filter_is_an_error(client: httpx.Client, query: dict[str, str]) -> None:
    assert client.get("/recordings", params=query).status_code == 422


def test_an_unknown_call_and_an_unknown_channel_find_nothing(client: httpx.Client) -> None:
    nobody = "11111111-2222-4333-8444-555555555555"
    assert client.get("/recordings", params={"id": nobody}).json() == {"results": []}
    assert client.get("/recordings", params={"channelId": nobody}).json() == {"results": []}


def test_one_recording_is_the_row_of_the_list_with_a_link(cloud: FaultyCloud, client: httpx.Client) -> None:
    row = cloud.bird_recording(0)
    answer = client.get(f"/recordings/{row['id']}")
    assert unlinked(answer.json()) == unlinked(row)
    assert answer.json()["url"].startswith(cloud.media_url)
    assert client.get(f"/recordings/{row['sourceId']}").status_code == 404
    assert client.get("/recordings/1").status_code == 404


def test_the_jwt_is_accepted_as_bearer(cloud: FaultyCloud, client: httpx.Client) -> None:
    assert client.get("/recordings", headers={"Authorization": f"Bearer {cloud.jwt}"}).status_code == 200


@pytest.mark.parametrize("secret", ["", "AccessKey wrong", "AccessKey bk_eu1_abc", "Bearer {key}"])
def test_anything_else_is_refused(cloud: FaultyCloud, client: httpx.Client, secret: str) -> None:
    answer = client.get("/recordings", headers={"Authorization": secret.format(key=cloud.access_key)})
    assert answer.status_code == 401
    assert set(answer.json()) == {"code", "message"}


def test_another_workspace_is_not_found(cloud: FaultyCloud, client: httpx.Client) -> None:
    address = f"{cloud.bird_url}/workspaces/11111111-2222-4333-8444-555555555555/recordings"
    assert client.get(address).status_code == 404


def test_nothing_can_be_deleted(cloud: FaultyCloud, client: httpx.Client) -> None:
    assert client.delete(f"/recordings/{cloud.bird_recording(0)['id']}").status_code == 405


def test_new_recordings_appear_at_the_top_and_cursors_stay(cloud: FaultyCloud) -> None:
    with FaultyCloud(resources=RESOURCES, bird=120, now=NOW) as small, connected(small) as client:
        first = client.get("/recordings", params={"limit": 99}).json()
        small.add_new(12)
        again = client.get("/recordings", params={"limit": 99}).json()
        assert [row["id"] for row in again["results"][12:]] == [row["id"] for row in first["results"][:87]]
        assert again["results"][11]["createdAt"] > first["results"][0]["createdAt"]
        rest = client.get("/recordings", params={"limit": 99, "pageToken": first["nextPageToken"]}).json()
        assert len(rest["results"]) == 21


def test_an_empty_workspace_has_one_empty_page_and_can_grow() -> None:
    with FaultyCloud(resources=RESOURCES, bird=0, convirza=0) as empty, connected(empty) as client:
        assert client.get("/recordings").json() == {"results": []}
        empty.add_new(2)
        assert len(client.get("/recordings").json()["results"]) == 2


def test_one_seed_and_moment_always_give_the_same_recordings() -> None:
    def rows(seed: int) -> list[dict[str, Any]]:
        made = FaultyCloud(resources=RESOURCES, bird=50, now=NOW, seed=seed)
        made.stop()
        return [unlinked(made.bird_recording(place)) for place in range(50)]

    assert rows(1) == rows(1)
    assert rows(1) != rows(2)


def test_a_million_recordings_start_at_once_and_answer_any_page_quickly() -> None:
    begun = time.monotonic()
    with FaultyCloud(resources=RESOURCES, bird=1_000_000, now=NOW) as big, connected(big) as client:
        middle = big.bird_recording(500_000)
        cursor = [int(datetime.fromisoformat(middle["createdAt"]).timestamp() * 1000), middle["id"]]
        token = base64.b64encode(json.dumps(cursor).encode()).decode()
        page = client.get("/recordings", params={"limit": 99, "pageToken": token}).json()
        assert unlinked(page["results"][0]) == unlinked(big.bird_recording(500_001))
        found = client.get("/recordings", params={"id": middle["sourceId"]}).json()
        assert [row["id"] for row in found["results"]] == [middle["id"]]
        rare = client.get("/recordings", params={"to": "+31205550100", "status": "quarantined", "limit": 99})
        assert len(rare.json()["results"]) < 99
        assert "nextPageToken" in rare.json()
    assert time.monotonic() - begun < 5


def test_transcriptions_belong_to_calls_that_can_be_heard(cloud: FaultyCloud, client: httpx.Client) -> None:
    rows = {row["id"]: row for row in everything(client)}
    listed = everything(client, "/transcriptions")
    assert 700 / 16 < len(listed) < 700 / 5
    recordings = [rows[each["recordingId"]] for each in listed]
    assert {row["status"] for row in recordings} == {"available"}
    assert {row["transcription"] for row in recordings} == {True, False}
    assert client.get(f"/transcriptions/{listed[0]['id']}").json() == listed[0]


def test_a_transcription_comes_in_four_forms(client: httpx.Client) -> None:
    one = client.get("/transcriptions").json()["results"][0]["id"]
    segments = client.get(f"/transcriptions/{one}.json").json()["segments"]
    assert segments[0]["start"] < segments[0]["end"]
    words = segments[0]["text"]
    assert client.get(f"/transcriptions/{one}.txt").text.startswith(words)
    assert client.get(f"/transcriptions/{one}.vtt").text.startswith("WEBVTT\n\n00:00:00.5")
    assert client.get(f"/transcriptions/{one}.srt").text.startswith("1\n00:00:00,5")
    assert client.get(f"/transcriptions/{one}.doc").status_code == 404
    assert client.get("/transcriptions/1.txt").status_code == 404


def test_a_recording_that_somebody_deleted_is_not_there_any_more() -> None:
    with FaultyCloud(resources=RESOURCES, bird=50) as cloud, connected(cloud) as client:
        gone = cloud.bird_recording(10)["id"]
        cursor = client.get("/recordings", params={"limit": 11}).json()["nextPageToken"]
        cloud.delete_bird_recording(gone)
        assert client.get(f"/recordings/{gone}").status_code == 404
        listed = client.get("/recordings", params={"limit": 50}).json()["results"]
        assert len(listed) == 49
        assert gone not in {row["id"] for row in listed}
        after = client.get("/recordings", params={"limit": 50, "pageToken": cursor}).json()["results"]
        assert [row["id"] for row in after] == [row["id"] for row in listed[10:]]
        with pytest.raises(LookupError):
            cloud.delete_bird_recording(gone)


def test_ongoing_calls_can_end() -> None:
    with FaultyCloud(resources=RESOURCES, bird=50) as cloud:
        ongoing = [place for place in range(50) if cloud.bird_recording(place)["status"] == "ongoing"]
        assert ongoing
        cloud.finish_ongoing()
        rows = [cloud.bird_recording(place) for place in ongoing]
        assert {row["status"] for row in rows} == {"available"}
        assert all(row["url"] for row in rows)


def test_page_tokens_can_expire() -> None:
    with FaultyCloud(resources=RESOURCES, bird=50) as cloud, connected(cloud) as client:
        old = client.get("/recordings").json()["nextPageToken"]
        cloud.expire_page_tokens()
        assert client.get("/recordings", params={"pageToken": old}).status_code == 400
        new = client.get("/recordings").json()["nextPageToken"]
        assert client.get("/recordings", params={"pageToken": new}).status_code == 200
