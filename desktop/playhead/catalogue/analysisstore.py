"""Results of analysing audio, kept so that nothing is analysed twice: `core.stores.Analyses`."""

import math

import apsw

from playhead.catalogue.connection import transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.rows import number_of
from playhead.core.recording import Recording


class AnalysisStore:
    """Waveforms, loudness and measured lengths of recordings."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading

    async def peaks(self, recording: Recording) -> bytes | None:
        """The waveform that `keep_peaks` kept."""
        return await self._reading.run(_peaks, recording)

    async def keep_peaks(self, recording: Recording, peaks: bytes) -> None:
        """Keep a waveform of a recording that is in the catalogue."""
        await self._writing.run(_keep_peaks, recording, peaks)

    async def loudness(self, recording: Recording) -> float | None:
        """The loudness that `keep_loudness` kept, in LUFS."""
        return await self._reading.run(_loudness, recording)

    async def keep_loudness(self, recording: Recording, lufs: float) -> None:
        """Keep the loudness of a recording that is in the catalogue, in LUFS."""
        await self._writing.run(_keep_loudness, recording, lufs)

    async def keep_length(self, recording: Recording, seconds: float) -> None:
        """Keep the measured length of a recording that is in the catalogue; told ones stay what is asked."""
        if math.isfinite(seconds) and seconds > 0:
            await self._writing.run(_keep_length, recording, seconds)


def _peaks(connection: apsw.Connection, recording: Recording) -> bytes | None:
    """The waveform that was kept of a recording."""
    row = connection.execute(
        "select content from peaks where id = ?", (number_of(connection, recording),)
    ).fetchone()
    return None if row is None else bytes(row[0])


def _loudness(connection: apsw.Connection, recording: Recording) -> float | None:
    """The measured loudness of a recording, in LUFS."""
    row = connection.execute(
        "select lufs from loudness where id = ?", (number_of(connection, recording),)
    ).fetchone()
    return None if row is None else row[0]


def _keep_peaks(connection: apsw.Connection, recording: Recording, peaks: bytes) -> None:
    """Keep a waveform, if its recording is (still) there."""
    with transaction(connection):
        connection.execute(
            "insert or replace into peaks select id, ? from recording where id = ?",
            (peaks, number_of(connection, recording)),
        )


def _keep_loudness(connection: apsw.Connection, recording: Recording, lufs: float) -> None:
    """Keep a loudness, if its recording is (still) there."""
    with transaction(connection):
        connection.execute(
            "insert or replace into loudness select id, ? from recording where id = ?",
            (lufs, number_of(connection, recording)),
        )


def _keep_length(connection: apsw.Connection, recording: Recording, seconds: float) -> None:
    """Keep a length, and let it be asked for where the provider tells none."""
    number = number_of(connection, recording)
    with transaction(connection):
        connection.execute("update recording set measured = ? where id = ?", (seconds, number))
        connection.execute(
            "update search set duration = ? where id = ? and not exists (select 1 from recording"
            " where recording.id = search.id and json_extract(value, '$.duration') is not null)",
            (seconds, number),
        )
