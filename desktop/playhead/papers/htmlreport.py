"""`report.html`: the report to read or print, in one file that needs nothing else."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from typing import TextIO
from urllib.parse import quote

from playhead.core import figures
from playhead.core.exports.formats import CSV, JSON
from playhead.core.exports.report import Outcome, State
from playhead.papers.exportdata import SECTIONS, ExportData
from playhead.papers.facts import checks, facts, seal, summary, unaltered, warnings
from playhead.papers.formatting import (
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
from playhead.papers.healthchapter import TITLE as CHAPTER
from playhead.papers.healthchapter import health_chapter

_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
_LONGEST_WHY = 400

_Cell = tuple[str, str]
"""The class of a cell, and its HTML."""
_RULES = """
:root{color-scheme:light dark;--ground:#fff;--panel:#f6f7f9;--line:#e3e6eb;--text:#1c2128;--dim:#5f6877;
--accent:#1f6feb;--bad:#c93c37}
@media (prefers-color-scheme:dark){:root{--ground:#16181d;--panel:#1b1e24;--line:#2a2e37;--text:#e7e9ee;
--dim:#8d95a5;--accent:#6ea8fe;--bad:#f07f7f}}
*{box-sizing:border-box}
body{margin:0 auto;padding:32px 24px 64px;max-width:1280px;background:var(--ground);color:var(--text);
font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1{font-size:24px;line-height:1.2;margin:0 0 8px}
h2{font-size:17px;margin:40px 0 8px}
p{margin:0 0 8px;max-width:80ch}
a{color:var(--accent)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:24px 0 0;padding:16px;
background:var(--panel);border:1px solid var(--line);border-radius:6px}
dt{color:var(--dim)}
dd{margin:0}
pre{margin:0 0 12px;padding:8px 12px;background:var(--panel);border:1px solid var(--line);border-radius:6px;
white-space:pre-wrap}
pre,code{font:12px/1.5 ui-monospace,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.wide{overflow-x:auto}
table{border-collapse:collapse;table-layout:fixed;width:100%;min-width:1100px}
th,td{padding:6px 8px;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
th{color:var(--dim);font-weight:600;font-size:12px;vertical-align:bottom;overflow-wrap:break-word}
th:nth-child(1){width:4%}th:nth-child(2){width:13%}th:nth-child(3),th:nth-child(4){width:11.5%}
th:nth-child(5){width:6.5%}th:nth-child(6){width:9%}th:nth-child(8){width:7.5%}
.absent th:nth-child(7){width:16%}.absent th:nth-child(8){width:auto}
th:nth-child(1),th:nth-child(5),.kept th:nth-child(8),td.number{text-align:right}
td.number{white-space:nowrap}
td code{display:block;color:var(--dim);font-size:11px}
.origin{display:block;color:var(--dim);font-size:12px}
.why{color:var(--bad)}
.note{display:block;color:var(--dim);white-space:pre-line}
@media (max-width:700px){body{padding:16px 12px 48px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}}
@media print{:root{color-scheme:light;--ground:#fff;--panel:#fff;--line:#bbb;--text:#000;
--dim:#444;--accent:#000;--bad:#000}
body{padding:0;max-width:none;font-size:9pt}
h1{font-size:15pt}h2{font-size:11pt;margin:16pt 0 4pt}
dl{padding:6pt 8pt;gap:1pt 12pt;margin-top:8pt}
p{max-width:none;margin-bottom:4pt}pre{margin-bottom:6pt;padding:3pt 6pt}
.wide{overflow:visible}
table{min-width:0;font-size:8pt}thead{display:table-header-group}tr,pre{break-inside:avoid}h2,th{break-after:avoid}
th,td{padding:2.5pt 4pt}
a{text-decoration:none}
td code{font-size:6.6pt}.origin{font-size:6.6pt}pre,code{font-size:8pt}th{font-size:7pt}}
"""
_PAGE = """
@page{{size:landscape;margin:13mm 13mm 15mm;font:6.8pt system-ui,"Noto Sans",sans-serif;color:#444;
@bottom-left{{content:"{name}";width:86%;vertical-align:top;padding-top:3mm}}
@bottom-right{{content:"Page " counter(page) " of " counter(pages);vertical-align:top;padding-top:3mm}}}}
"""
_ESCAPES = {ord(letter): f"\\{ord(letter):x} " for letter in '"\\<>\n'}


def write_html(export: ExportData, file: TextIO) -> None:
    """Write the facts, how to check them, then every recording: what is not here first, and why.

    There is no script and nothing from outside. Text of providers and of the person is escaped, and kept from
    changing the direction of what stands beside it. In print, every page names the export and its number.
    """
    file.writelines(_beginning(export))
    tables = _Tables(export)
    for state in SECTIONS:
        outcomes = export.report.of(state)
        if outcomes:
            file.writelines(tables.section(state, outcomes))
    file.write("</main>\n</body>\n</html>\n")


def _name(export: ExportData) -> str:
    """The name of the export on every page: its beginning, and the sum that no other export has."""
    began = readable(export.report.began, export.report.plan.zone)
    sealed = seal(export)
    return f"Export of recordings, {began}" + (f" · {sealed[0]}: {sealed[1]}" if sealed is not None else "")


def _beginning(export: ExportData) -> Iterator[str]:
    rules = style(_name(export))
    allowed = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(allowed)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{escape(_name(export))}</title>\n"
    yield f"<style>{rules}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>Export of recordings</h1>\n<p>{escape(summary(export))}</p>\n<dl>\n"
    for title, text in (*facts(export), *_cut(export)):
        yield f"<dt>{escape(title)}</dt><dd>{_text(text)}</dd>\n"
    yield "</dl>\n<h2>How to check that nothing was altered</h2>\n"
    sealed = seal(export)
    if sealed is not None:
        yield f"<p>{escape(sealed[0])}</p>\n<pre>{escape(sealed[1])}</pre>\n"
    yield from (f"<p>{escape(text)}</p>\n" for text in unaltered(export))
    yield "<p>Open a terminal in this folder and type the line for your system. Every file must say OK.</p>\n"
    for system, command in checks(export):
        yield f"<p>{escape(system)}</p>\n<pre>{escape(command)}</pre>\n"
    yield from (f"<p>{escape(text)}</p>\n" for text in warnings(export))
    yield from _health(export)


def _health(export: ExportData) -> Iterator[str]:
    """The chapter on the sound, if any of it was measured."""
    lines = list(health_chapter(export))
    if lines:
        yield f"<h2>{CHAPTER}</h2>\n<dl>\n"
        yield from (f"<dt>{escape(title)}</dt><dd>{escape(text)}</dd>\n" for title, text in lines)
        yield "</dl>\n"


def _cut(export: ExportData) -> Iterator[tuple[str, str]]:
    """The place of whole texts, if some are cut here."""
    parties = (
        party
        for outcome in export.report.outcomes
        for party in (outcome.recording.caller, outcome.recording.callee)
    )
    texts = (text or "" for party in parties if party is not None for text in (party.name, party.address))
    whole = next((each for each in (JSON, CSV) if each in export.report.choices.sheets), None)
    if any(len(text) > LONGEST for text in texts):
        where = f"; {whole.file_name} has all of it" if whole is not None else ""
        yield "Long texts", f"A text of more than {LONGEST} letters ends with … here{where}."


class _Tables:
    """The sections of recordings, one for each state."""

    def __init__(self, export: ExportData) -> None:
        self._export = export
        self._report = export.report

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
        yield "number", figures.number(self._export.number_of(outcome))
        yield "moment", escape(readable(recording.moment, self._report.plan.zone))
        yield "", _text(called(recording.caller))
        yield "", _text(called(recording.callee))
        yield "number", figures.clock(recording.length) if recording.length is not None else ""
        yield "", _text(short(labels.get(recording.account, recording.account)))

    def _kept(self, outcome: Outcome) -> Iterator[_Cell]:
        paths = [outcome.path]
        paths += [outcome.copy.path] if outcome.copy else []
        paths += [path for path in (self._export.transcript_of(outcome),) if path]
        links = "<br>".join(_link(path) for path in paths)
        trouble = f'<span class="note">{_text(troubles(outcome))}</span>' if troubles(outcome) else ""
        origin = f'<span class="origin">{" · ".join(self._origin(outcome))}</span>'
        yield "", f"{links}<code>{escape(outcome.sha256)}</code>{origin}{trouble}{_marks(outcome)}"
        yield "number", figures.number(outcome.size)

    def _origin(self, outcome: Outcome) -> Iterator[str]:
        """Its id at the provider, and the time and run that fetched it."""
        zone = self._report.plan.zone
        yield f"id {_text(short(outcome.recording.id))}"
        if outcome.fetched is not None:
            yield f"fetched {escape(readable(outcome.fetched, zone))}"
        sitting = self._export.sitting_of(outcome)
        if sitting is not None and len(self._export.sittings) > 1:
            yield f"sitting {sitting}"
        if self._export.carried_over(outcome):
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


def style(name: str) -> str:
    """The rules of a page whose every printed sheet bears `name` and its number."""
    return _RULES + _PAGE.format(name=name.translate(_ESCAPES))
