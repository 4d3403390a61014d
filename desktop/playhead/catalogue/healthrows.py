"""Figures of health in the catalogue: kept by recording, and in `search` what can be asked of them."""

from typing import Any

import apsw

from playhead.catalogue import samesounds
from playhead.catalogue.packing import TOLD
from playhead.catalogue.rows import Value, value_of
from playhead.core.finding.matching import HEALTH_MEASURES
from playhead.core.finding.query import Measure
from playhead.core.health.audiofigures import AudioFigures, Measured
from playhead.core.health.contradictions import contradictions
from playhead.core.health.healthlimits import HealthLimits, limits_from
from playhead.core.health.soundcourse import SoundCourse
from playhead.core.health.verdicts import VERDICTS, SoundHealth, judge
from playhead.core.recording import Recording

COLUMNS: dict[Measure, str] = {
    Measure.HEALTH: "health",
    Measure.LOUDNESS: "loudness",
    Measure.PEAK: "peak",
    Measure.CLIPPED: "clipped",
    Measure.SILENCE: "silence",
    Measure.TALK_LEFT: "talk_left",
    Measure.TALK_RIGHT: "talk_right",
    Measure.DECODED: "decoded",
}
"""Columns of `search` by what they measure; each has an index of the recordings that were measured."""

_JUDGED_BY = frozenset({"kind", "duration", "format", "filename", "stereo"})
"""What of a recording has a say in its verdict, and in what was said of it otherwise."""


def keep(connection: apsw.Connection, number: int, recording: Recording, measured: Measured) -> None:
    """Keep figures of the recording that the catalogue knows as `number`, and judge them."""
    connection.execute(
        "insert or replace into health (id, figures, digest, course) values (?, ?, ?, ?)",
        (
            number,
            measured.figures.to_text(),
            measured.digest,
            None if measured.course is None else measured.course.to_bytes(),
        ),
    )
    _judge(connection, number, recording, measured.figures)


def judge_again(connection: apsw.Connection, number: int, recording: Recording) -> None:
    """Put what was measured of a recording into its row of `search`, which was written anew."""
    row = connection.execute("select figures from health where id = ?", (number,)).fetchone()
    if row is not None:
        _judge(connection, number, recording, AudioFigures.from_text(row[0]))


def doubt(connection: apsw.Connection, number: int) -> None:
    """Forget of which audio a recording was measured: it may have another one by now."""
    connection.execute("update health set digest = x'' where id = ?", (number,))


def read(connection: apsw.Connection, number: int | None) -> Measured | None:
    """The figures that were kept."""
    row = connection.execute(
        "select figures, health.digest, course, print from health"
        " left join sound on sound.number = health.sound where id = ?",
        (number,),
    ).fetchone()
    if row is None:
        return None
    figures, digest, course, kept = row
    return Measured(
        AudioFigures.from_text(figures),
        bytes(digest),
        None if course is None else SoundCourse.from_bytes(bytes(course)),
        samesounds.to_print(kept),
    )


def health_of(figures: str | None, rank: int | None) -> SoundHealth | None:
    """The health that the columns of one recording tell."""
    return (
        None
        if figures is None or rank is None
        else SoundHealth(AudioFigures.from_text(figures), VERDICTS[rank])
    )


def begin_judging(connection: apsw.Connection, limits: HealthLimits) -> None:
    """Let `limits` hold from now on: unless they do, everything is to be judged anew."""
    if _told_limits(connection) != limits.to_text():
        connection.execute("delete from judging")
        connection.execute("insert into judging values (?, 0)", (limits.to_text(),))


def judge_next(connection: apsw.Connection, number: int) -> int | None:
    """Judge the next recordings, so many at most; how many verdicts are others. None if all are judged."""
    limits = limits_of(connection)
    rows: list[tuple[Any, ...]] = connection.execute(
        f"select health.id, figures, search.health, search.otherwise, {TOLD}"
        " from health join recording using (id) join search using (id)"
        " where health.id > (select done from judging) order by health.id limit ?",
        (number,),
    ).fetchall()
    if not rows:
        return None
    changes = []
    changed = 0
    for each, text, rank, otherwise, told in rows:
        # Nothing else of a recording has a say in it, and to read all of it takes longer.
        known = {name: value for name, value in value_of(told).items() if name in _JUDGED_BY}
        recording, figures = Recording(account="", id="", provider="", **known), AudioFigures.from_text(text)
        other, differs = judge(figures, recording, limits).rank, bool(contradictions(figures, recording))
        changed += other != rank
        if (other, differs) != (rank, otherwise):
            changes.append((other, differs, each))
    connection.executemany("update search set health = ?, otherwise = ? where id = ?", changes)
    connection.execute("update judging set done = ?", (rows[-1][0],))
    return changed


def _told_limits(connection: apsw.Connection) -> str:
    row = connection.execute("select limits from judging").fetchone()
    return "" if row is None else str(row[0])


def limits_of(connection: apsw.Connection) -> HealthLimits:
    """The limits that hold; the usual ones as long as nobody has chosen any."""
    return limits_from(_told_limits(connection))


def _judge(connection: apsw.Connection, number: int, recording: Recording, figures: AudioFigures) -> None:
    health = SoundHealth(figures, judge(figures, recording, limits_of(connection)))
    values: dict[str, Value] = {column: HEALTH_MEASURES[each](health) for each, column in COLUMNS.items()}
    values["otherwise"] = bool(contradictions(figures, recording))
    changes = ", ".join(f"{column} = ?" for column in values)
    connection.execute(f"update search set {changes} where id = ?", (*values.values(), number))
