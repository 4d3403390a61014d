"""Recordings in the catalogue of which a person has made something."""

from collections.abc import Sequence
from pathlib import Path

from playhead.catalogue.store import Store
from playhead.core.exports.choices import Choices
from playhead.core.exports.plan import Plan, Planned
from playhead.core.exports.report import Outcome, State
from playhead.core.health.audiofigures import Measured
from playhead.core.recording import Recording
from playhead.core.transcript import Line, Side, Transcript
from support.catalogue.arbitrary_recordings import Made
from support.catalogue.catalogue_examples import star


async def mark(store: Store, recording: Recording, made: Made) -> None:
    """Make of a stored recording what `made` says."""
    await star(store, recording, on=made.starred)
    await store.marks.keep_heard(recording, made.heard)
    for text in made.notes:
        await store.marks.add_note(recording, text, None)
    if made.lines is not None:
        await store.transcripts.keep(recording, transcript_of(made.lines))
    if made.exported:
        number = await store.exports.begin(Plan(Path(), (Planned(recording, "a"),), {}), Choices())
        await store.exports.settle(number, 0, Outcome(recording=recording, state=State.KEPT))
    if made.figures is not None:
        await store.analyses.keep_measured(recording, Measured(made.figures, made.digest))


def transcript_of(texts: Sequence[str]) -> Transcript:
    """A transcript in which the left side, the right side and somebody unknown speak in turns."""
    sides = (Side.LEFT, Side.RIGHT, None)
    lines = (Line(start=at, end=at + 1, text=text, side=sides[at % 3]) for at, text in enumerate(texts))
    return Transcript(id="t", locale=None, lines=tuple(lines))
