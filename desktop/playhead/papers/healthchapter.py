"""Chapter of the report on the health of the sound: every verdict, and the recordings that it was given."""

from collections.abc import Iterable, Iterator
from typing import Final

from playhead.core.exports.report import Outcome
from playhead.core.figures import number
from playhead.core.health.contradictions import contradictions
from playhead.core.health.verdicts import VERDICT_WORDS, VERDICTS, Verdict
from playhead.papers.exportdata import ExportData
from playhead.papers.facts import Fact

TITLE: Final = "Health of the sound"
_MOST: Final = 60
"""Recordings that are named one by one."""


def health_chapter(export: ExportData) -> Iterator[Fact]:
    """Count of each verdict with the numbers of its recordings, the worst first, the unmeasured last.

    Nothing if none was measured.
    """
    outcomes = export.report.outcomes
    measured = [outcome for outcome in outcomes if outcome.health is not None]
    if not measured:
        return
    for verdict in VERDICTS:
        found = [outcome for outcome in measured if outcome.health and outcome.health.verdict is verdict]
        if found:
            which = "" if verdict is Verdict.FINE else _numbers(export, found)
            yield f"{VERDICT_WORDS[verdict]}: {number(len(found))}", which
    if len(measured) < len(outcomes):
        yield f"Not measured: {number(len(outcomes) - len(measured))}", ""
    yield from _said_otherwise(export, measured)


def _said_otherwise(export: ExportData, measured: Iterable[Outcome]) -> Iterator[Fact]:
    """Contradictions to what was said, the most frequent first."""
    found: dict[str, list[Outcome]] = {}
    for outcome in measured:
        assert outcome.health is not None
        for each in contradictions(outcome.health.figures, outcome.recording):
            found.setdefault(str(each), []).append(outcome)
    for what, which in sorted(found.items(), key=lambda each: -len(each[1])):
        yield f"{what[0].upper()}{what[1:]}: {number(len(which))}", _numbers(export, which)


def _numbers(export: ExportData, outcomes: list[Outcome]) -> str:
    told = ", ".join(number(export.number_of(outcome)) for outcome in outcomes[:_MOST])
    more = f" and {number(len(outcomes) - _MOST)} more" if len(outcomes) > _MOST else ""
    return f"No. {told}{more}"
