"""`report.html`: the report to read or print, in one file that needs nothing else."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import TextIO
from urllib.parse import quote

from playhead.core import figures
from playhead.core.exports.formats import CSV, JSON
from playhead.core.exports.report import Outcome, State
from playhead.papers.checking import checks, seal, unaltered, warnings
from playhead.papers.dossier import SECTIONS, Dossier
from playhead.papers.facts import facts, summary
from playhead.papers.pagestyle import style
from playhead.papers.wording import (
    LONGEST,
    TITLES,
    called,
    clean,
    noted,
    readable,
    short,
    troubles,
    zone_name,
)

_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
_LONGEST_WHY = 400

_Cell = tuple[str, str]
"""The class of a cell, and its HTML."""
_Cells = Callable[[Outcome], Iterable[_Cell]]


def write_page(dossier: Dossier, paper: TextIO) -> None:
    """Write the facts, how to check them, then every recording: what is not here first, and why.

    There is no script and nothing from outside. Text of providers and of the person is escaped, and kept from
    changing the direction of what stands beside it. In print, every page names the export and its number.
    """
    paper.writelines(_beginning(dossier))
    tables = _Tables(dossier)
    for state in SECTIONS:
        outcomes = dossier.report.of(state)
        if outcomes:
            paper.writelines(tables.section(state, outcomes))
    paper.write("</main>\n</body>\n</html>\n")


def _name(dossier: Dossier) -> str:
    """What the export is called on every page: when it began, and the sum that no other export has."""
    began = readable(dossier.report.began, dossier.report.plan.zone)
    sealed = seal(dossier)
    return f"Export of recordings, {began}" + (f" · {sealed[0]}: {sealed[1]}" if sealed is not None else "")


def _beginning(dossier: Dossier) -> Iterator[str]:
    rules = style(_name(dossier))
    allowed = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(allowed)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{escape(_name(dossier))}</title>\n"
    yield f"<style>{rules}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>Export of recordings</h1>\n<p>{escape(summary(dossier))}</p>\n<dl>\n"
    for title, text in (*facts(dossier), *_cut(dossier)):
        yield f"<dt>{escape(title)}</dt><dd>{_text(text)}</dd>\n"
    yield "</dl>\n<h2>How to check that nothing was altered</h2>\n"
    sealed = seal(dossier)
    if sealed is not None:
        yield f"<p>{escape(sealed[0])}</p>\n<pre>{escape(sealed[1])}</pre>\n"
    yield from (f"<p>{escape(text)}</p>\n" for text in unaltered(dossier))
    yield "<p>Open a terminal in this folder and type the line for your system. Every file must say OK.</p>\n"
    for system, command in checks(dossier):
        yield f"<p>{escape(system)}</p>\n<pre>{escape(command)}</pre>\n"
    yield from (f"<p>{escape(text)}</p>\n" for text in warnings(dossier))


def _cut(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Where the whole of long texts is, if some are cut here."""
    parties = (
        party
        for outcome in dossier.report.outcomes
        for party in (outcome.recording.caller, outcome.recording.callee)
    )
    texts = (text or "" for party in parties if party is not None for text in (party.name, party.address))
    whole = next((each for each in (JSON, CSV) if each in dossier.report.choices.sheets), None)
    if any(len(text) > LONGEST for text in texts):
        where = f"; {whole.file_name} has all of it" if whole is not None else ""
        yield "Long texts", f"A text of more than {LONGEST} letters ends with … here{where}."


class _Tables:
    """The sections of recordings, one for each state."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._report = dossier.report

    def section(self, state: State, outcomes: tuple[Outcome, ...]) -> Iterator[str]:
        """A heading and a table."""
        zone = zone_name(self._report)
        titles = ["No.", f"When ({zone})" if zone else "When", "From", "To", "Length", "Account"]
        kept = state.has_file
        titles += ["File, SHA-256, id and when it was fetched", "Bytes"] if kept else ["Id", "Why"]
        cells = self._kept if kept else self._absent
        yield f"<h2>{TITLES[state]} ({figures.number(len(outcomes))})</h2>\n"
        yield f'<div class="wide {"kept" if kept else "absent"}"><table>\n<thead><tr>'
        yield from (f'<th scope="col">{escape(title)}</th>' for title in titles)
        yield "</tr></thead>\n<tbody>\n"
        for outcome in outcomes:
            row = [*self._facts(outcome), *cells(outcome)]
            yield "<tr>" + "".join(_cell(*each) for each in row) + "</tr>\n"
        yield "</tbody></table></div>\n"

    def _facts(self, outcome: Outcome) -> Iterator[_Cell]:
        recording = outcome.recording
        labels = self._report.plan.labels
        yield "number", figures.number(self._dossier.number_of(outcome))
        yield "moment", escape(readable(recording.moment, self._report.plan.zone))
        yield "", _text(called(recording.caller))
        yield "", _text(called(recording.callee))
        yield "number", figures.clock(recording.duration) if recording.duration is not None else ""
        yield "", _text(short(labels.get(recording.account, recording.account)))

    def _kept(self, outcome: Outcome) -> Iterator[_Cell]:
        paths = [outcome.path]
        paths += [outcome.copy.path] if outcome.copy else []
        paths += [path for path in (self._dossier.transcript_of(outcome),) if path]
        links = "<br>".join(_link(path) for path in paths)
        trouble = f'<span class="note">{_text(troubles(outcome))}</span>' if troubles(outcome) else ""
        origin = f'<span class="origin">{" · ".join(self._origin(outcome))}</span>'
        yield "", f"{links}<code>{escape(outcome.sha256)}</code>{origin}{trouble}{_marks(outcome)}"
        yield "number", figures.number(outcome.size)

    def _origin(self, outcome: Outcome) -> Iterator[str]:
        """What it is called at the provider, and by which run it was fetched when."""
        zone = self._report.plan.zone
        yield f"id {_text(short(outcome.recording.id))}"
        if outcome.fetched is not None:
            yield f"fetched {escape(readable(outcome.fetched, zone))}"
        sitting = self._dossier.sitting_of(outcome)
        if sitting is not None and len(self._dossier.sittings) > 1:
            yield f"sitting {sitting}"
        if self._dossier.carried_over(outcome):
            yield "carried over"

    def _absent(self, outcome: Outcome) -> Iterator[_Cell]:
        yield "", f"<code>{_text(short(outcome.recording.id))}</code>"
        yield "why", _text(short(outcome.why, _LONGEST_WHY)) + _marks(outcome)


def _marks(outcome: Outcome) -> str:
    if outcome.marks is None:
        return ""
    lines = ["★"] if outcome.marks.starred else []
    lines += [noted(note) for note in outcome.marks.notes]
    return "".join(f'<span class="note">{_text(line)}</span>' for line in lines)


def _cell(kind: str, content: str) -> str:
    return f'<td class="{kind}">{content}</td>' if kind else f"<td>{content}</td>"


def _link(path: str) -> str:
    return f'<a href="{escape(quote(path))}">{_text(path)}</a>'


def _text(text: str) -> str:
    """Text of somebody else: escaped, and alone with its direction of writing."""
    return f'<bdi dir="auto">{escape(clean(text))}</bdi>' if text else ""
