"""Results of analysing audio, kept so that nothing is analysed twice: `core.stores.Analyses`."""

import math

import apsw

from playhead.catalogue import healthrows, samesounds
from playhead.catalogue.connection import transaction
from playhead.catalogue.desk import Desk
from playhead.catalogue.packing import TOLD
from playhead.catalogue.rows import from_row, number_of, value_of
from playhead.core.health.audiofigures import Measured
from playhead.core.health.healthlimits import HealthLimits
from playhead.core.recording import Recording

_AT_ONCE = 500
"""Recordings that are judged between two looks at what else is to be kept: about 20 ms."""


class AnalysisStore:
    """Waveforms of recordings, figures of their health, and measured lengths."""

    def __init__(self, writing: Desk, reading: Desk) -> None:
        self._writing = writing
        self._reading = reading

    async def peaks(self, recording: Recording) -> bytes | None:
        """The waveform that `keep_peaks` kept."""
        return await self._reading.run(_peaks, recording)

    async def keep_peaks(self, recording: Recording, peaks: bytes) -> None:
        """Keep a waveform of a recording that is in the catalogue."""
        await self._writing.run(_keep_peaks, recording, peaks)

    async def measured(self, recording: Recording) -> Measured | None:
        """The figures that `keep_measured` kept."""
        return await self._reading.run(_measured, recording)

    async def keep_measured(self, recording: Recording, measured: Measured) -> None:
        """Keep the figures of a recording that is in the catalogue, and judge them."""
        await self._writing.run(_keep_measured, recording, measured)

    async def judge_by(self, limits: HealthLimits) -> int:
        """Judge all that is measured by `limits` from now on; the number of verdicts that are others."""
        await self._writing.run(_begin_judging, limits)
        changed = 0
        while (others := await self._writing.run(_judge_next)) is not None:
            changed += others
        return changed

    async def limits(self) -> HealthLimits:
        """The limits that what is measured is judged by."""
        return await self._reading.run(healthrows.limits_of)

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


def _measured(connection: apsw.Connection, recording: Recording) -> Measured | None:
    """The figures that were kept of a recording."""
    return healthrows.read(connection, number_of(connection, recording))


def _keep_peaks(connection: apsw.Connection, recording: Recording, peaks: bytes) -> None:
    """Keep a waveform, if its recording is (still) there."""
    with transaction(connection):
        connection.execute(
            "insert or replace into peaks select id, ? from recording where id = ?",
            (peaks, number_of(connection, recording)),
        )


def _keep_measured(connection: apsw.Connection, recording: Recording, measured: Measured) -> None:
    """Keep figures, if their recording is (still) there; they are judged by what is known of it now."""
    with transaction(connection):
        row = connection.execute(
            f"select recording.id, account.id, recording.key, {TOLD} from recording"
            " join account on account.key = recording.account where recording.id = ?",
            (number_of(connection, recording),),
        ).fetchone()
        if row is not None:
            number, *known = row
            before = samesounds.sound_before(connection, number)
            healthrows.keep(connection, number, from_row(*known), measured)
            samesounds.keep(connection, number, measured, before)


def _begin_judging(connection: apsw.Connection, limits: HealthLimits) -> None:
    with transaction(connection):
        healthrows.begin_judging(connection, limits)


def _judge_next(connection: apsw.Connection) -> int | None:
    with transaction(connection):
        return healthrows.judge_next(connection, _AT_ONCE)


def _keep_length(connection: apsw.Connection, recording: Recording, seconds: float) -> None:
    """Keep a length, and let it be asked for where the provider tells none."""
    number = number_of(connection, recording)
    with transaction(connection):
        row = connection.execute(f"select {TOLD} from recording where id = ?", (number,)).fetchone()
        if row is not None:
            connection.execute("update recording set measured = ? where id = ?", (seconds, number))
            if value_of(row[0]).get("duration") is None:
                connection.execute("update search set duration = ? where id = ?", (seconds, number))
