"""`report.txt`: the report in words, for somebody who has nothing but the folder."""

from textwrap import wrap
from typing import TextIO

from playhead.core.exports.naming import visible
from playhead.core.exports.report import Outcome
from playhead.papers.checking import checks, seal, unaltered, warnings
from playhead.papers.dossier import SECTIONS, Dossier
from playhead.papers.facts import facts, summary
from playhead.papers.wording import TITLES, readable, short, troubles

_WIDTH = 100
_TITLE = 13


def write_words(dossier: Dossier, paper: TextIO) -> None:
    """Write the facts, how to check them, and a line for every recording with what became of it."""
    paper.write(f"Export of recordings\n\n{summary(dossier)}\n\n")
    for title, text in facts(dossier):
        paper.write(_wrapped(visible(text), f"{title:<{_TITLE}}"))
    paper.write("\nHow to check that nothing was altered\n\n")
    sealed = seal(dossier)
    if sealed is not None:
        paper.write(f"{sealed[0]}\n    {sealed[1]}\n\n")
    for text in (*unaltered(dossier), "In a terminal, in this folder:"):
        paper.write(_wrapped(text))
    for system, command in checks(dossier):
        paper.write(f"    {system:<10}{command}\n")
    paper.writelines(_wrapped(text) for text in warnings(dossier))
    for state in SECTIONS:
        outcomes = dossier.report.of(state)
        if outcomes:
            paper.write(f"\n{TITLES[state]} ({len(outcomes)})\n\n")
            paper.writelines(f"    {_line(outcome, dossier)}\n" for outcome in outcomes)


def _line(outcome: Outcome, dossier: Dossier) -> str:
    recording, plan = outcome.recording, dossier.report.plan
    label = visible(short(plan.labels.get(recording.account, recording.account)))
    source = f"{visible(short(recording.id))} of {label} ({recording.provider})"
    notes = [source] if outcome.path else []
    notes += [f"fetched {readable(outcome.fetched, plan.zone)}"] if outcome.fetched is not None else []
    notes += ["carried over"] if dossier.carried_over(outcome) else []
    subject = ", ".join([outcome.path or source, *notes])
    why = "; ".join(part for part in (visible(short(outcome.why)), troubles(outcome)) if part)
    return (
        f"{dossier.number_of(outcome):>5}  {subject}: {why}"
        if why
        else f"{dossier.number_of(outcome):>5}  {subject}"
    )


def _wrapped(text: str, title: str = "") -> str:
    lines = wrap(text, _WIDTH, initial_indent=title, subsequent_indent=" " * len(title))
    return "\n".join(lines or [title.rstrip()]) + "\n"
