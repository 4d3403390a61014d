"""`report.txt`: the report in words, for somebody who has nothing but the folder."""

from textwrap import wrap
from typing import TextIO

from playhead.core.exports.naming import visible
from playhead.core.exports.report import Outcome
from playhead.papers.exportdata import SECTIONS, ExportData
from playhead.papers.facts import checks, facts, seal, summary, unaltered, warnings
from playhead.papers.formatting import TITLES, readable, short, troubles
from playhead.papers.healthchapter import TITLE as CHAPTER
from playhead.papers.healthchapter import health_chapter

_WIDTH = 100
_TITLE = 13
_VERDICT = 28


def write_report_text(export: ExportData, file: TextIO) -> None:
    """Write the facts, how to check them, and a line for every recording with what became of it."""
    file.write(f"Export of recordings\n\n{summary(export)}\n\n")
    for title, text in facts(export):
        file.write(_wrapped(visible(text), f"{title:<{_TITLE}}"))
    file.write("\nHow to check that nothing was altered\n\n")
    sealed = seal(export)
    if sealed is not None:
        file.write(f"{sealed[0]}\n    {sealed[1]}\n\n")
    for text in (*unaltered(export), "In a terminal, in this folder:"):
        file.write(_wrapped(text))
    for system, command in checks(export):
        file.write(f"    {system:<10}{command}\n")
    file.writelines(_wrapped(text) for text in warnings(export))
    lines = list(health_chapter(export))
    if lines:
        file.write(f"\n{CHAPTER}\n\n")
        file.writelines(_wrapped(text, f"    {title:<{_VERDICT}}") for title, text in lines)
    for state in SECTIONS:
        outcomes = export.report.of(state)
        if outcomes:
            file.write(f"\n{TITLES[state]} ({len(outcomes)})\n\n")
            file.writelines(f"    {_line(outcome, export)}\n" for outcome in outcomes)


def _line(outcome: Outcome, export: ExportData) -> str:
    recording, plan = outcome.recording, export.report.plan
    label = visible(short(plan.labels.get(recording.account, recording.account)))
    source = f"{visible(short(recording.id))} of {label} ({recording.provider})"
    notes = [source] if outcome.path else []
    notes += [f"fetched {readable(outcome.fetched, plan.zone)}"] if outcome.fetched is not None else []
    notes += ["carried over"] if export.carried_over(outcome) else []
    subject = ", ".join([outcome.path or source, *notes])
    why = "; ".join(part for part in (visible(short(outcome.why)), troubles(outcome)) if part)
    return (
        f"{export.number_of(outcome):>5}  {subject}: {why}"
        if why
        else f"{export.number_of(outcome):>5}  {subject}"
    )


def _wrapped(text: str, title: str = "") -> str:
    lines = wrap(text, _WIDTH, initial_indent=title, subsequent_indent=" " * len(title))
    return "\n".join(lines or [title.rstrip()]) + "\n"
