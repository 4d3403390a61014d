"""The media host: another origin, signed links, ranges, and no credential ever."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import av
import httpx
import pytest

from playhead.demo.audio import AudioShelf
from support.cloud.faultycloud import FaultyCloud

RESOURCES = Path(__file__).parents[2] / "resources" / "demo"


@pytest.fixture
def cloud() -> Iterator[FaultyCloud]:
    with FaultyCloud(resources=RESOURCES, bird=400, convirza=5) as running:
        yield running


def key(cloud: FaultyCloud) -> dict[str, str]:
    return {"Authorization": f"AccessKey {cloud.access_key}"}


def test_a_link_serves_the_bytes_of_its_recording(cloud: FaultyCloud, client: httpx.Client) -> None:
    row = cloud.bird_recording(0)
    answer = client.get(row["url"])
    assert answer.content == cloud.audio(row["id"])
    assert answer.headers["content-type"] == "audio/mpeg"
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["etag"]
    assert answer.headers["last-modified"]


def test_no_two_recordings_have_the_same_bytes(cloud: FaultyCloud) -> None:
    rows = [row for row in map(cloud.bird_recording, range(400)) if "url" in row and row["format"] != "ogg"]
    assert len({cloud.audio(row["id"]) for row in rows}) == len(rows)


def test_the_media_host_is_another_origin(cloud: FaultyCloud) -> None:
    media, api = urlsplit(cloud.bird_recording(0)["url"]), urlsplit(cloud.bird_url)
    assert media.hostname != api.hostname
    assert media.port != api.port


def test_a_credential_makes_the_media_host_refuse(cloud: FaultyCloud, client: httpx.Client) -> None:
    answer = client.get(cloud.bird_recording(0)["url"], headers=key(cloud))
    assert answer.status_code == 400
    assert "<Code>InvalidArgument</Code><Message>Only one auth mechanism allowed" in answer.text


def test_the_mp3_route_redirects_to_a_link_and_httpx_drops_the_credential(
    cloud: FaultyCloud, client: httpx.Client
) -> None:
    row = cloud.bird_recording(0)
    address = f"{cloud.bird_url}/workspaces/{cloud.workspace_id}/recordings/{row['id']}.mp3"
    assert client.get(address).status_code == 401
    redirect = client.get(address, headers=key(cloud))
    assert redirect.status_code == 302
    assert client.get(redirect.headers["location"], headers=key(cloud)).status_code == 400
    cloud.requests.clear()
    followed = client.get(address, headers=key(cloud), follow_redirects=True)
    assert followed.content == cloud.audio(row["id"])
    assert [asked.authorization is None for asked in cloud.requests] == [False, True]
    assert [asked.status for asked in cloud.requests] == [302, 200]
    assert cloud.requests[1].host.startswith("localhost:")


def test_a_link_dies_when_its_time_is_over_and_a_fresh_one_lives(
    cloud: FaultyCloud, client: httpx.Client
) -> None:
    row = cloud.bird_recording(0)
    cloud.expire_links()
    answer = client.get(row["url"])
    assert answer.status_code == 403
    assert "<Code>AccessDenied</Code><Message>Request has expired" in answer.text
    assert client.get(cloud.bird_recording(0)["url"]).status_code == 200


def test_a_link_without_life_is_expired_at_once(client: httpx.Client) -> None:
    with FaultyCloud(resources=RESOURCES, bird=5, link_seconds=0) as short:
        assert client.get(short.bird_recording(0)["url"]).status_code == 403


def test_a_link_is_good_for_its_own_path_and_for_get_only(cloud: FaultyCloud, client: httpx.Client) -> None:
    mine, other = cloud.bird_recording(0), cloud.bird_recording(1)
    forged = mine["url"].replace(mine["id"], other["id"])
    assert client.get(forged).status_code == 403
    assert client.get(mine["url"].replace("X-Amz-Expires=600", "X-Amz-Expires=9000")).status_code == 403
    assert client.get(mine["url"].split("?")[0]).status_code == 403
    assert client.head(mine["url"]).status_code == 403


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=1000-", 1000, -1), ("bytes=-50", -50, -1), ("bytes=5-99999999", 5, -1)],
)
def test_a_range_is_served_as_206(
    cloud: FaultyCloud, client: httpx.Client, asked: str, first: int, last: int
) -> None:
    row = cloud.bird_recording(0)
    audio = cloud.audio(row["id"])
    start, end = first % len(audio), last % len(audio)
    answer = client.get(row["url"], headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == audio[start : end + 1]
    assert answer.headers["content-range"] == f"bytes {start}-{end}/{len(audio)}"


def test_a_range_beyond_the_end_is_416_and_an_odd_one_is_ignored(
    cloud: FaultyCloud, client: httpx.Client
) -> None:
    row = cloud.bird_recording(0)
    beyond = client.get(row["url"], headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416
    assert beyond.headers["content-range"] == f"bytes */{len(cloud.audio(row['id']))}"
    assert client.get(row["url"], headers={"Range": "pages=1-2"}).status_code == 200


def test_if_range_serves_a_part_only_of_the_same_file(cloud: FaultyCloud, client: httpx.Client) -> None:
    row = cloud.bird_recording(0)
    etag = client.get(row["url"]).headers["etag"]
    wanted = {"Range": "bytes=10-", "If-Range": etag}
    assert client.get(row["url"], headers=wanted).status_code == 206
    assert client.get(row["url"], headers=wanted | {"If-Range": '"other"'}).status_code == 200


def test_a_recording_without_audio_has_none(cloud: FaultyCloud, client: httpx.Client) -> None:
    row = next(row for row in map(cloud.bird_recording, range(400)) if row["status"] == "absent")
    address = f"{cloud.bird_url}/workspaces/{cloud.workspace_id}/recordings/{row['id']}.mp3"
    assert client.get(address, headers=key(cloud)).status_code == 404
    with pytest.raises(LookupError):
        cloud.audio(row["id"])


def test_the_duration_of_a_row_is_that_of_its_audio(cloud: FaultyCloud, tmp_path: Path) -> None:
    seen: set[tuple[int, str]] = set()
    shelf = AudioShelf(RESOURCES)
    for row in map(cloud.bird_recording, range(400)):
        if "url" in row and cloud.audio(row["id"]) in {shelf.audio(each, row["id"]) for each in shelf.flawed}:
            continue
        sort = (row.get("duration", 0), row["format"])
        if "url" not in row or not sort[0] or sort in seen:
            continue
        seen.add(sort)
        path = tmp_path / f"audio.{row['format']}"
        path.write_bytes(cloud.audio(row["id"]))
        with av.open(str(path)) as media:
            stream = media.streams.audio[0]
            seconds = sum(frame.samples for frame in media.decode(stream)) / stream.codec_context.sample_rate
            assert -0.05 < seconds - row["duration"] < 1
            assert stream.codec_context.channels == 1 + row["stereo"]
    assert len(seen) > 8


def test_the_spoken_lines_lie_inside_their_file_one_after_the_other() -> None:
    for clip in AudioShelf(RESOURCES).clips:
        times = [time for line in clip.lines for time in (line.start, line.end)]
        assert times == sorted(times)
        assert times[-1] <= clip.seconds
        assert {line.channel for line in clip.lines} <= set(range(clip.channels))


def test_the_files_are_small_enough_to_keep_in_the_repository() -> None:
    assert sum(path.stat().st_size for path in RESOURCES.iterdir()) < 1_600_000
