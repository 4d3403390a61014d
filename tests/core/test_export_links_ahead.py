"""Links of the next files are asked for while the files before them arrive."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from typing_extensions import override

from playhead.core.recording import Recording
from support.exports.export_scene import Clouds, Sheets, export, made_export, planned, recording, recordings


@dataclass
class Foreseeing(Clouds):
    """Remembers what was prepared, and what had been asked for by then."""

    prepared: dict[str, int] = field(default_factory=dict)

    @override
    def prepare(self, recording: Recording) -> None:
        self.prepared.setdefault(recording.id, len(self.asked))


def test_every_link_is_asked_for_before_its_file_but_not_long_before(tmp_path: Path) -> None:
    clouds = Foreseeing()
    export(recordings(100), tmp_path, clouds)
    assert set(clouds.asked[1:]) <= set(clouds.prepared)
    for place, identity in enumerate(clouds.asked[1:], 1):
        assert place - 40 <= clouds.prepared[identity] <= place


def test_nothing_is_asked_for_while_the_export_pauses_nor_for_what_was_left_out(tmp_path: Path) -> None:
    async def scene() -> Foreseeing:
        clouds = Foreseeing()
        subjects = [*recordings(2), recording(2), recording(3)]
        made = made_export(planned(subjects, tmp_path), clouds, papers=Sheets())
        made.cancel_one(3)
        made.pause()
        running = asyncio.create_task(made.run())
        for _ in range(50):
            await asyncio.sleep(0)
        assert not clouds.prepared
        made.resume()
        await running
        return clouds

    assert "id-3" not in asyncio.run(scene()).prepared
