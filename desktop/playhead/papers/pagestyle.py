"""How `report.html` looks, on a screen and on paper."""

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


def style(name: str) -> str:
    """The rules of a page whose every printed sheet bears `name` and its number."""
    return _RULES + _PAGE.format(name=name.translate(_ESCAPES))
