"""`report.html`: the report to read or print, in one file that needs nothing else."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import TextIO
from urllib.parse import quote

from playhead.core import figures
from playhead.core.exports.report import Outcome, State
from playhead.papers.dossier import Dossier
from playhead.papers.facts import CHECKS, UNALTERED, facts, summary, warnings
from playhead.papers.wording import TITLES, called, clean, noted, readable, troubles, zone_name

_STYLE = """
:root{color-scheme:light dark;--ground:#fff;--panel:#f6f7f9;--line:#e3e6eb;--text:#1c2128;--dim:#5f6877;
--accent:#1f6feb;--bad:#c93c37}
@media (prefers-color-scheme:dark){:root{--ground:#16181d;--panel:#1b1e24;--line:#2a2e37;--text:#e7e9ee;
--dim:#8d95a5;--accent:#6ea8fe;--bad:#f07f7f}}
*{box-sizing:border-box}
body{margin:0 auto;padding:32px 24px 64px;max-width:1200px;background:var(--ground);color:var(--text);
font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
font-variant-numeric:tabular-nums}
h1{font-size:24px;line-height:1.2;margin:0 0 8px}
h2{font-size:17px;margin:40px 0 8px}
p{margin:0 0 8px;max-width:80ch}
a{color:var(--accent)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:24px 0 0;padding:16px;
background:var(--panel);border:1px solid var(--line);border-radius:6px}
dt{color:var(--dim)}
dd{margin:0;overflow-wrap:anywhere}
pre{margin:0;padding:8px 12px;background:var(--panel);border:1px solid var(--line);border-radius:6px;
white-space:pre-wrap;overflow-wrap:anywhere}
pre,code{font:12px/1.5 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{padding:6px 8px;border-bottom:1px solid var(--line);text-align:start;vertical-align:top;
overflow-wrap:break-word}
td a,td code,.note{overflow-wrap:anywhere}
th{color:var(--dim);font-weight:600;white-space:nowrap}
td.number{text-align:right;white-space:nowrap}
td.moment{white-space:nowrap}
td code{display:block;min-width:34ch;color:var(--dim);font-size:11px}
.why{color:var(--bad)}
.note{display:block;color:var(--dim);white-space:pre-line}
@media print{@page{margin:14mm}:root{color-scheme:light;--ground:#fff;--panel:#fff;--line:#bbb;--text:#000;
--dim:#444;--accent:#000;--bad:#000}
body{padding:0;max-width:none;font-size:9pt}
.wide{overflow:visible}
table{font-size:8pt}thead{display:table-header-group}tr,dl,pre{break-inside:avoid}h2{break-after:avoid}
a{text-decoration:none}td code{min-width:0;font-size:6.5pt}}
"""
_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"

_Cell = tuple[str, str]
"""The class of a cell, and its HTML."""
_Cells = Callable[[int, Outcome], Iterable[_Cell]]


def write_page(dossier: Dossier, paper: TextIO) -> None:
    """Write the facts, how to check them, then every recording: what is not here first, and why.

    There is no script and nothing from outside. Text of providers and of the person is escaped, and kept from
    changing the direction of what stands beside it.
    """
    paper.writelines(_beginning(dossier))
    tables = _Tables(dossier)
    for state in TITLES:
        outcomes = dossier.report.of(state)
        if outcomes:
            paper.writelines(tables.section(state, outcomes))
    paper.write("</main>\n</body>\n</html>\n")


def _beginning(dossier: Dossier) -> Iterator[str]:
    style = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(style)}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    began = readable(dossier.report.began, dossier.report.plan.zone)
    yield f"<title>Export of recordings, {escape(began)}</title>\n"
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>Export of recordings</h1>\n<p>{escape(summary(dossier))}</p>\n<dl>\n"
    for title, text in facts(dossier):
        yield f"<dt>{escape(title)}</dt><dd>{_text(text)}</dd>\n"
    yield "</dl>\n<h2>How to check that nothing was altered</h2>\n"
    yield from (f"<p>{escape(text)}</p>\n" for text in UNALTERED)
    yield "<p>Open a terminal in this folder and type the line for your system. Every file must say OK.</p>\n"
    for system, command in CHECKS:
        yield f"<p>{escape(system)}</p>\n<pre>{escape(command)}</pre>\n"
    yield from (f"<p>{escape(text)}</p>\n" for text in warnings(dossier))


class _Tables:
    """The sections of recordings, one for each state."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._report = dossier.report

    def section(self, state: State, outcomes: tuple[Outcome, ...]) -> Iterator[str]:
        """A heading and a table."""
        zone = zone_name(self._report)
        titles = ["No.", f"When ({zone})" if zone else "When", "From", "To", "Length", "Account"]
        kept = state is State.KEPT
        titles += ["File and SHA-256", "Bytes"] if kept else ["Id", "Why"]
        cells = self._kept if kept else self._absent
        yield f"<h2>{TITLES[state]} ({figures.number(len(outcomes))})</h2>\n"
        yield '<div class="wide"><table>\n<thead><tr>'
        yield from (f'<th scope="col">{escape(title)}</th>' for title in titles)
        yield "</tr></thead>\n<tbody>\n"
        for number, outcome in enumerate(outcomes, 1):
            row = [*self._facts(number, outcome), *cells(outcome)]
            yield "<tr>" + "".join(_cell(*each) for each in row) + "</tr>\n"
        yield "</tbody></table></div>\n"

    def _facts(self, number: int, outcome: Outcome) -> Iterator[_Cell]:
        recording = outcome.recording
        labels = self._report.plan.labels
        yield "number", figures.number(number)
        yield "moment", escape(readable(recording.moment, self._report.plan.zone))
        yield "", _text(called(recording.caller))
        yield "", _text(called(recording.callee))
        yield "number", figures.clock(recording.duration) if recording.duration is not None else ""
        yield "", _text(labels.get(recording.account, recording.account))

    def _kept(self, outcome: Outcome) -> Iterator[_Cell]:
        paths = [outcome.path]
        paths += [outcome.copy.path] if outcome.copy else []
        paths += [path for path in (self._dossier.transcript_of(outcome),) if path]
        links = "<br>".join(_link(path) for path in paths)
        trouble = f'<span class="note">{_text(troubles(outcome))}</span>' if troubles(outcome) else ""
        yield "", f"{links}<code>{escape(outcome.sha256)}</code>{trouble}{_marks(outcome)}"
        yield "number", figures.number(outcome.size)

    def _absent(self, outcome: Outcome) -> Iterator[_Cell]:
        yield "", f"<code>{_text(outcome.recording.id)}</code>"
        yield "why", _text(outcome.why) + _marks(outcome)


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
