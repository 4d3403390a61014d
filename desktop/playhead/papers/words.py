"""`report.txt`: the report in words, for somebody who has nothing but the folder."""

from textwrap import wrap
from typing import TextIO

from playhead.core.exports.naming import visible
from playhead.core.exports.report import Outcome
from playhead.papers.dossier import Dossier
from playhead.papers.facts import CHECKS, UNALTERED, facts, summary, warnings
from playhead.papers.wording import TITLES, troubles

_WIDTH = 100
_TITLE = 13


def write_words(dossier: Dossier, paper: TextIO) -> None:
    """Write the facts, how to check them, and a line for every recording with what became of it."""
    paper.write(f"Export of recordings\n\n{summary(dossier)}\n\n")
    for title, text in facts(dossier):
        paper.write(_wrapped(visible(text), f"{title:<{_TITLE}}"))
    paper.write("\nHow to check that nothing was altered\n\n")
    for text in (*UNALTERED, "In a terminal, in this folder:"):
        paper.write(_wrapped(text))
    for system, command in CHECKS:
        paper.write(f"    {system:<10}{command}\n")
    paper.writelines(_wrapped(text) for text in warnings(dossier))
    for state, title in TITLES.items():
        outcomes = dossier.report.of(state)
        if outcomes:
            paper.write(f"\n{title} ({len(outcomes)})\n\n")
            paper.writelines(f"    {_line(outcome, dossier)}\n" for outcome in outcomes)


def _line(outcome: Outcome, dossier: Dossier) -> str:
    recording = outcome.recording
    label = dossier.report.plan.labels.get(recording.account, recording.account)
    subject = outcome.path or f"{visible(recording.id)} of {visible(label)} ({recording.provider})"
    why = "; ".join(part for part in (visible(outcome.why), troubles(outcome)) if part)
    return f"{subject}: {why}" if why else subject


def _wrapped(text: str, title: str = "") -> str:
    lines = wrap(text, _WIDTH, initial_indent=title, subsequent_indent=" " * len(title))
    return "\n".join(lines or [title.rstrip()]) + "\n"
