"""That there is no audio is for the source to say; an export goes on with the rest."""

from pathlib import Path

import pytest

from playhead.core.errors import NoAudio, Refused
from playhead.core.exports.report import State
from playhead.core.fetching.downloads import Downloads
from playhead.core.ports import Source
from support.exports.export_scene import Clouds, export, recording
from support.loading.downloads_scene import Cache, Host, fetched, run


def test_the_source_says_that_there_is_no_audio() -> None:
    async def scene(_downloads: Downloads, host: Host, cache: Cache) -> None:
        wanted: list[str] = []

        def source_of(account: str) -> Source:
            wanted.append(account)
            return host

        with pytest.raises(NoAudio) as caught:
            await fetched(Downloads(source_of, cache), recording(1, status="absent"))
        assert (caught.value.reason, wanted) == ("status", ["a1"])

    run(scene)


def test_what_has_no_audio_is_skipped_even_where_the_credential_is_refused(tmp_path: Path) -> None:
    subjects = [recording(0), *(recording(number, status="absent") for number in range(1, 9))]
    report = export(subjects, tmp_path, Clouds({"id-0": Refused(status=401)}))
    assert [outcome.state for outcome in report.outcomes] == [State.FAILED] + [State.SKIPPED] * 8
