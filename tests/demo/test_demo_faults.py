"""The fault switches of the demo cloud, over real HTTP, and its start and end."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.cloud import answerchanges as changes
from support.cloud.faults import Scope
from support.cloud.faultycloud import Fault, FaultyCloud

RESOURCES = Path(__file__).parents[2] / "resources" / "demo"


@pytest.fixture(scope="module")
def running() -> Iterator[FaultyCloud]:
    with FaultyCloud(resources=RESOURCES, bird=200, convirza=40) as cloud:
        yield cloud


@pytest.fixture
def cloud(running: FaultyCloud) -> Iterator[FaultyCloud]:
    yield running
    running.faults.clear()
    running.requests.clear()


def asked(client: httpx.Client, cloud: FaultyCloud, scope: Scope) -> httpx.Response:
    """One good request of a scope."""
    home = f"{cloud.bird_url}/workspaces/{cloud.workspace_id}"
    row = cloud.bird_recording(0)
    bird = {"Authorization": f"AccessKey {cloud.access_key}"}
    convirza = {"Authorization": f"Bearer {cloud.access_token}"}
    match scope:
        case "bird-list":
            return client.get(f"{home}/recordings", headers=bird)
        case "bird-get":
            return client.get(f"{home}/recordings/{row['id']}", headers=bird)
        case "mp3":
            return client.get(f"{home}/recordings/{row['id']}.mp3", headers=bird)
        case "transcripts":
            return client.get(f"{home}/transcriptions", headers=bird)
        case "convirza-list":
            return client.get(f"{cloud.convirza_url}/media-prompts", headers=convirza)
        case "profile":
            return client.get(f"{cloud.convirza_url}/auth/profile", headers=convirza)
        case "oauth":
            body = {"email": cloud.email, "password": cloud.password}
            return client.post(f"{cloud.oauth_url}/oauth/token", json=body)
        case _:
            return client.get(row["url"])


SCOPES: tuple[Scope, ...] = (
    "bird-list", "bird-get", "mp3", "transcripts", "convirza-list", "profile", "oauth", "media",
)  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 503])
def test_every_scope_can_answer_every_status_a_number_of_times(
    cloud: FaultyCloud, client: httpx.Client, scope: Scope, status: int
) -> None:
    cloud.faults.add(Fault(scope=scope, status=status, retry_after="1", times=2))
    answers = [asked(client, cloud, scope) for _ in range(3)]
    good = 302 if scope == "mp3" else 200
    assert [answer.status_code for answer in answers] == [status, status, good]
    assert answers[0].headers["retry-after"] == "1"
    assert [request.status for request in cloud.requests] == [status, status, good]


def test_faults_of_one_scope_come_one_after_the_other(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(
        Fault(scope="bird-list", status=429, times=1), Fault(scope="bird-list", status=503, times=1)
    )
    codes = [asked(client, cloud, scope).status_code for scope in ("bird-list", "bird-get", "bird-list")]
    assert codes == [429, 200, 503]


def test_a_fault_can_wait_for_its_turn_and_for_its_path(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="any", status=500, after=1, times=1))
    assert [asked(client, cloud, "oauth").status_code for _ in range(3)] == [200, 500, 200]
    cloud.faults.add(Fault(scope="bird-get", status=404, path=cloud.bird_recording(1)["id"]))
    assert asked(client, cloud, "bird-get").status_code == 200


def test_a_fault_without_a_count_stays_until_cleared(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="bird-list", status=500))
    assert {asked(client, cloud, "bird-list").status_code for _ in range(5)} == {500}
    cloud.faults.clear()
    assert asked(client, cloud, "bird-list").status_code == 200


def test_a_delay_outlasts_an_impatient_client(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="bird-list", delay=30))
    client.timeout = httpx.Timeout(0.1)
    with pytest.raises(httpx.ReadTimeout):
        asked(client, cloud, "bird-list")


@pytest.mark.parametrize(
    "fault",
    [
        Fault(scope="media", cut=100),
        Fault(scope="media", cut=0),
        Fault(scope="media", announce=50),
        Fault(scope="media", rate=100_000, cut=9_000),
    ],
)
def test_a_body_that_ends_too_early_is_seen_by_the_client(
    cloud: FaultyCloud, client: httpx.Client, fault: Fault
) -> None:
    cloud.faults.add(fault)
    with pytest.raises(httpx.RemoteProtocolError):
        asked(client, cloud, "media")


def test_a_length_that_is_too_small_hides_the_end(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="media", announce=-50))
    assert asked(client, cloud, "media").content == cloud.audio(cloud.bird_recording(0)["id"])[:-50]


def test_html_comes_where_json_or_audio_was_promised(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="any", html=True))
    for scope in SCOPES:
        answer = asked(client, cloud, scope)
        assert answer.status_code == 200
        assert answer.text.startswith("<!doctype html>")


def test_truncated_json_and_an_empty_body_have_a_length_that_agrees(
    cloud: FaultyCloud, client: httpx.Client
) -> None:
    cloud.faults.add(Fault(scope="convirza-list", truncate=40), Fault(scope="media", truncate=0))
    assert len(asked(client, cloud, "convirza-list").content) == 40
    assert asked(client, cloud, "media").content == b""


def test_a_body_can_come_compressed_unasked(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="media", gzip=True))
    row = cloud.bird_recording(0)
    with client.stream("GET", row["url"], headers={"Accept-Encoding": "identity"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(answer.iter_raw())) == cloud.audio(row["id"])


def test_a_range_can_be_ignored(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="media", ignore_range=True))
    row = cloud.bird_recording(0)
    answer = client.get(row["url"], headers={"Range": "bytes=10-20"})
    assert answer.status_code == 200
    assert answer.content == cloud.audio(row["id"])


def test_a_changed_etag_makes_if_range_answer_everything(cloud: FaultyCloud, client: httpx.Client) -> None:
    row = cloud.bird_recording(0)
    old = client.get(row["url"]).headers["etag"]
    cloud.faults.add(Fault(scope="media", etag='"new"'))
    answer = client.get(row["url"], headers={"Range": "bytes=10-", "If-Range": old})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"new"')
    answer = client.get(row["url"], headers={"Range": "bytes=10-", "If-Range": '"new"'})
    assert (answer.status_code, answer.headers["etag"]) == (206, '"new"')


def test_a_redirect_can_go_round_for_ever_or_elsewhere(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="media", redirect="http://127.0.0.1:9/", times=1))
    assert asked(client, cloud, "media").headers["location"] == "http://127.0.0.1:9/"
    cloud.faults.add(Fault(scope="media", redirect=""))
    client.follow_redirects = True
    with pytest.raises(httpx.TooManyRedirects):
        asked(client, cloud, "media")


def test_a_throttled_body_arrives_whole_and_late(cloud: FaultyCloud, client: httpx.Client) -> None:
    row = cloud.bird_recording(0)
    size = len(cloud.audio(row["id"]))
    cloud.faults.add(Fault(scope="media", rate=size * 4))
    begun = time.monotonic()
    assert asked(client, cloud, "media").content == cloud.audio(row["id"])
    assert time.monotonic() - begun > 0.2


def test_a_stalled_body_goes_on_when_released(cloud: FaultyCloud, client: httpx.Client) -> None:
    row = cloud.bird_recording(0)
    cloud.faults.add(Fault(scope="media", stall=500, times=1))
    with client.stream("GET", row["url"]) as answer:
        parts = answer.iter_raw(500)
        first = next(parts)
        assert first == cloud.audio(row["id"])[:500]
        cloud.faults.release()
        assert first + b"".join(parts) == cloud.audio(row["id"])


def test_one_token_can_repeat_for_ever(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="bird-list", change=changes.same_token()))
    address = f"{cloud.bird_url}/workspaces/{cloud.workspace_id}/recordings"
    headers = {"Authorization": f"AccessKey {cloud.access_key}"}
    token = asked(client, cloud, "bird-list").json()["nextPageToken"]
    for _ in range(3):
        page = client.get(address, params={"pageToken": token}, headers=headers).json()
        assert page["nextPageToken"] == token
        assert page["results"]


@pytest.mark.parametrize("scope", ["bird-list", "convirza-list"])
@pytest.mark.parametrize(
    ("change", "is_so"),
    [
        (changes.wrapped_in_a_list, lambda answer, _: isinstance(answer, list)),
        (changes.rows_as_text, lambda answer, _: "none" in answer.values()),
        (changes.rows_as_null, lambda answer, _: None in answer.values()),
        (changes.no_rows, lambda _, rows: rows == []),
        (changes.doubled_row, lambda _, rows: rows[0] == rows[1]),
        (changes.no_objects, lambda _, rows: rows[:2] == [7, None]),
        (changes.wrong_types, lambda _, rows: all(isinstance(each, dict) for each in rows)),
        (changes.without_ids, lambda _, rows: all("id" not in row for row in rows)),
        (changes.unknown_status, lambda _, rows: {row["status"] for row in rows} == {"transmogrified"}),
        (changes.year_one, lambda _, rows: "0001-01-01T00:00:00Z" in str(rows)),
        (changes.undated, lambda _, rows: not any("createdAt" in row for row in rows)),
        (changes.without_urls, lambda _, rows: not any("url" in row for row in rows)),
        (changes.hostile_names, lambda _, rows: changes.HOSTILE_NAME in str_values(rows)),
    ],
)
def test_a_list_can_be_changed_into_something_odd(
    cloud: FaultyCloud,
    client: httpx.Client,
    scope: Scope,
    change: Callable[[Any], Any],
    is_so: Callable[[Any, list[Any]], bool],
) -> None:
    cloud.faults.add(Fault(scope=scope, change=change))
    answer = asked(client, cloud, scope).json()
    assert is_so(answer, rows_of(answer))


def rows_of(answer: Any) -> list[Any]:
    """The rows of a Bird page, or of Convirza's prompts; none where the shape is wrong."""
    match answer:
        case {"results": list() as rows} | {"data": {"prompts": list() as rows}}:
            return rows
        case _:
            return []


def str_values(value: Any) -> list[str]:
    match value:
        case dict():
            return [text for each in value.values() for text in str_values(each)]
        case list():
            return [text for each in value for text in str_values(each)]
        case str():
            return [value]
        case _:
            return []


def test_an_empty_page_keeps_its_token(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="bird-list", change=changes.no_rows))
    assert asked(client, cloud, "bird-list").json()["nextPageToken"]


def test_one_recording_can_be_changed_too(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="bird-get", change=changes.without_urls))
    assert "url" not in asked(client, cloud, "bird-get").json()


def test_a_change_leaves_errors_and_audio_alone(cloud: FaultyCloud, client: httpx.Client) -> None:
    cloud.faults.add(Fault(scope="any", change=changes.no_rows))
    address = f"{cloud.bird_url}/workspaces/{cloud.workspace_id}/recordings"
    assert client.get(address).status_code == 401
    assert asked(client, cloud, "media").content == cloud.audio(cloud.bird_recording(0)["id"])


def test_requests_are_noted_with_what_they_carried(cloud: FaultyCloud, client: httpx.Client) -> None:
    row = cloud.bird_recording(0)
    client.get(row["url"], headers={"Range": "bytes=0-9"})
    asked(client, cloud, "convirza-list")
    media, listing = cloud.requests
    assert (media.method, media.range, media.authorization, media.status) == ("GET", "bytes=0-9", None, 206)
    assert row["id"] in media.path
    assert media.query["X-Amz-Expires"] == "600"
    assert listing.authorization == f"Bearer {cloud.access_token}"
    assert listing.path == "/v3/media-prompts"
    cloud.requests.clear()
    assert len(cloud.requests) == 0


def test_start_and_stop_are_quick_and_quiet_whatever_is_open(
    client: httpx.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    threads, begun = set(threading.enumerate()), time.monotonic()
    cloud = FaultyCloud(resources=RESOURCES, bird=20, convirza=3)
    cloud.start()
    assert time.monotonic() - begun < 0.5
    cloud.faults.add(Fault(scope="media", stall=10), Fault(scope="bird-list", delay=60))
    idle = socket.create_connection(("127.0.0.1", int(cloud.bird_url.rsplit(":", 1)[1])))
    with client.stream("GET", cloud.bird_recording(0)["url"]) as answer:
        assert next(answer.iter_raw(10))
        begun = time.monotonic()
        cloud.stop()
        assert time.monotonic() - begun < 1
    idle.close()
    assert set(threading.enumerate()) == threads
    assert capfd.readouterr() == ("", "")
    with pytest.raises(httpx.ConnectError):
        asked(client, cloud, "bird-list")


def test_a_cloud_that_never_started_can_be_stopped() -> None:
    FaultyCloud(resources=RESOURCES, bird=1).stop()
