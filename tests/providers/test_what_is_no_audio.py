"""What a media host sends instead of audio is never kept as audio; what it calls audio costs none."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from playhead.core.errors import Forbidden, Instead, NotAudio, PlayheadError, Rejected
from playhead.core.exports.choices import Choices
from playhead.core.exports.plan import plan
from playhead.core.exports.report import Outcome, State
from playhead.core.fetching.downloads import Downloads
from playhead.core.pace import Pace
from playhead.core.recording import Recording
from playhead.papers import exportfiles as papers
from playhead.sound.analysis import Ear
from support.audio.disguises import KNOWN, RUSSIAN, UNKNOWN, wave
from support.audio.made_audio import forms, made
from support.exports.export_scene import made_export
from support.fakes import FakeCatalogue
from support.providers.provider_sources import bird_account, opened
from support.providers.tiny_server import data, http, serving
from support.stock_tools import table

TYPES = ("audio/mpeg", "text/html", "text/plain; charset=utf-8", "application/problem+json", "image/png", "")


def row(**changes: object) -> Recording:
    facts: dict[str, object] = {
        "account": "b1",
        "id": "r1",
        "provider": "bird",
        "status": "available",
        "format": "mp3",
        **changes,
    }
    return Recording(**facts)  # type: ignore[arg-type]


class Scene:
    """What came of the audio behind one link: in an export, and in the player."""

    def __init__(
        self, folder: Path, body: bytes, media_type: str = "audio/mpeg", *, status: int = 200, **changes: Any
    ) -> None:
        self.recording = row(**changes)
        self.folder = folder
        self.catalogue = FakeCatalogue()
        self.outcome: Outcome
        self.played: Exception | None = None
        said = http(status, body, **({"content_type": media_type} if media_type else {}))
        asyncio.run(asyncio.wait_for(self._play(said), 60))

    async def _play(self, said: bytes) -> None:
        async with (
            serving(lambda _: said) as media,
            serving(
                lambda _: data(f'{{"id": "r1", "status": "available", "url": "{media.address}/a"}}')
            ) as api,
            opened(bird_account(api.address)) as at,
        ):
            downloads = Downloads(
                lambda _: at.source, self.catalogue.media, pace=Pace(sleep=at.glass.sleep), listener=Ear()
            )
            made = plan([self.recording], self.folder, labels={}, template="{id}")
            report = await made_export(
                made, downloads, choices=Choices(), papers=papers, pace=Pace(sleep=at.glass.sleep)
            ).run()
            self.outcome = report.outcomes[0]
            self.complete = report.complete
            heard = downloads.open(self.recording)
            over = asyncio.Event()
            heard.listen(lambda: over.set() if heard.finished or heard.failure else None)
            if not (heard.finished or heard.failure):
                await over.wait()
            self.played = heard.failure
            downloads.release(heard)
            await downloads.close()
            self.cached = await self.catalogue.media.read(self.recording)

    @property
    def files(self) -> list[str]:
        return [file.name for file in self.folder.rglob("r1*")]


@pytest.mark.slow
@pytest.mark.parametrize(("body", "instead"), KNOWN.values(), ids=KNOWN)
def test_what_is_certainly_something_else_fails_and_is_not_kept(
    body: bytes, instead: Instead, tmp_path: Path
) -> None:
    scene = Scene(tmp_path, body)
    assert scene.outcome.state is State.FAILED
    assert scene.files == []
    assert not scene.complete
    assert isinstance(scene.outcome.error, NotAudio)
    assert scene.outcome.error.instead == instead
    assert isinstance(scene.played, NotAudio)
    assert scene.cached is None


@pytest.mark.parametrize("body", UNKNOWN.values(), ids=UNKNOWN)
def test_what_nobody_can_tell_is_on_the_disk_and_said_to_be_doubtful(body: bytes, tmp_path: Path) -> None:
    scene = Scene(tmp_path, body, "text/html")
    assert scene.outcome.state is State.DOUBTFUL
    assert scene.files == ["r1.mp3"]
    assert (tmp_path / "r1.mp3").read_bytes() == body
    assert scene.outcome.why == "Playhead cannot tell whether it is audio"
    assert not scene.complete
    assert [line["result"] for line in table(tmp_path)] == ["doubtful"]
    assert "Playhead cannot tell whether it is audio" in (tmp_path / "report.html").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("form", forms())
@pytest.mark.parametrize("media_type", TYPES)
def test_a_wrong_media_type_costs_no_audio(form: str, media_type: str, tmp_path: Path) -> None:
    body = made(form)
    scene = Scene(tmp_path, body, media_type)
    assert scene.outcome.state is State.KEPT
    assert (tmp_path / "r1.mp3").read_bytes() == body
    assert scene.complete
    assert scene.played is None
    assert scene.cached == body


@pytest.mark.parametrize(
    ("media_type", "changes"),
    [("audio/basic", {}), ("text/html", {"format": "ulaw"}), ("", {"format": None, "filename": "a.ul"})],
)
def test_sound_without_a_head_is_kept_if_somebody_says_that_it_is_that(
    media_type: str, changes: dict[str, Any], tmp_path: Path
) -> None:
    body = made("wav mu-law")[92:]
    assert Scene(tmp_path / "a", body, media_type, **changes).outcome.state is State.KEPT
    assert Scene(tmp_path / "b", body, "audio/mpeg").outcome.state is State.DOUBTFUL


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_a_text_in_letters_that_nobody_can_tell_is_not_kept_for_its_media_type(
    encoding: str, tmp_path: Path
) -> None:
    body = f'{{"error": "{RUSSIAN}"}}'.encode(encoding)
    assert Scene(tmp_path, body, "audio/basic", format="ulaw").outcome.state is State.DOUBTFUL


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        (wave(bytes(200)), {"duration": 180.0}),
        (made("mp3"), {"size": 2_000_000}),
        (b"\x9f\x00" * 20, {"duration": 180.0}),
    ],
)
def test_far_too_little_for_what_was_told_is_doubtful(
    body: bytes, changes: dict[str, Any], tmp_path: Path
) -> None:
    assert Scene(tmp_path, body, **changes).outcome.state is State.DOUBTFUL


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, Forbidden), (403, Forbidden), (400, Rejected), (407, Rejected), (451, Rejected)],
)
def test_a_link_that_is_refused_says_nothing_of_the_key(
    status: int, kind: type[PlayheadError], tmp_path: Path
) -> None:
    scene = Scene(tmp_path, b"<Error><Code>SignatureDoesNotMatch</Code></Error>", status=status)
    error = scene.outcome.error
    assert type(error) is kind
    assert error.reason == "link"
    assert "link" in scene.outcome.why
    assert scene.outcome.state is State.FAILED
