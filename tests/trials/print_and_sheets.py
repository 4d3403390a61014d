"""An export on paper and in a spreadsheet, as strangers see it: Chromium prints it, LibreOffice reads it.

`print_and_sheets.py [FOLDER]`, with `desktop` and `tests` on the path, takes some minutes. What
it made stays in FOLDER to be looked at. Where a program is missing, its part is skipped with a word.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl

from playhead.core.exports.choices import Choices
from playhead.core.exports.custody import Machine, Origin, Sitting
from playhead.core.exports.report import Outcome, Report, State
from playhead.core.recording import Party
from playhead.core.spreadsheet import unguarded
from playhead.papers.exportfiles import write
from support.exports.export_examples import MARKED, NOON, everything, kept, recording, report
from support.stock_tools import check_sums, table

PROGRAM = "Playhead 1.0, build 0123456789ab"
MACHINE = Machine("office-7", "Debian GNU/Linux 12 (bookworm), Linux 6.1, x86_64")
SITTINGS = (
    Sitting(began=NOON - timedelta(hours=3), person="", program=PROGRAM, machine=MACHINE),
    Sitting(began=NOON, person="Maria Jansen, Paralegal", program=PROGRAM, machine=MACHINE),
)
PAPERS = {"A4": (297, 210), "letter": (279.4, 215.9)}
"""Millimetres, across."""
LANGUAGES = {"en-US": 1033, "de-DE": 1031, "nl-NL": 1043, "fr-FR": 1036, "es-ES": 3082, "en-GB": 2057}
SEPARATORS = {"comma": "44", "semicolon": "59", "tab": "9", "all of them": "44/59/9"}
HOSTILE = [
    *("=1+1", "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "−1", "–1"),
    *("<r>&</r>", "<r><t>=1</t></r>"),
    *(" =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\t=1", "\r=1", '"=1', '""=1', "'=1", "#N/A", "#REF!"),
    *("x;=1+1;y", '";=3+3;"', 'x;"=1', "x\t=1", "a\n=1", "x,=1", "=1;=2", 'x;=HYPERLINK("a";"b")', "; =1"),
    *("x;1-2;y", "x;007;y", "x;May 2026;y", "x\t12:30\ty", "a\n007", "x;TRUE;y", ";;;1"),
    *("1-2", "1/2", "3E5", "1e5 ", "0x1F", "00123", "12:30", "1.2.3", "INF", "NaN", "½", "٣٤", "１２", "①"),
    *("TRUE", "false", "WAHR", "VRAI", "waar", "verdadero", "5%", "$5", "€5", "5 EUR", "CHF 5", "(5)", ".5"),
    *("May 2026", "Mar 5", "Jan-1", "2 PM", "10:30 AM", "3pm", "MARCH1", "SEPT1", "1 Jan", "5 May 2026"),
    *("Q1 26", "3. Mai", "12. März 2026", "1 août", "1er mai 2026", "2 maart", "5 de mayo de 2026"),
    *("lunes, 5 de mayo de 2026", "2026年1月5日", "5 мая 2026", "2026-01-02T10:00:00", "2026-01-02", "1,5"),
    *("+31205550123", "0031205550123", "123456789012345678", "12 calls", "Maria", "O'Brien", "a=1", "null"),
    *(
        "Maria <+31 20 555 0123>",
        "5b74ee9e-0001-4c7e-9a51-3f0a2be9d7c4",
        "1.250,00",
        "1'000",
        "12h30",
        "=A1\n=B1",
    ),
]


def custody(made: Report) -> Report:
    """The same with everything that is known of how it came about."""
    first, last = SITTINGS
    outcomes = [
        each
        if each.state is not State.KEPT
        else replace(each, fetched=NOON + timedelta(seconds=at), sitting=last if at % 3 else first)
        for at, each in enumerate(made.outcomes)
    ]
    origins = {
        "a1": Origin(
            provider="bird", address="api.bird.com", workspace="11111111-2222-4333-8444-555555555555"
        ),
        "a2": Origin(provider="convirza", address="platform-api.convirza.com/v3"),
    }
    return replace(
        made,
        outcomes=tuple(outcomes),
        plan=replace(made.plan, origins=origins),
        choices=replace(made.choices, person="Maria Jansen, Paralegal"),
        sitting=last,
    )


def hostile(folder: Path) -> Report:
    """Names of which each is something else to somebody."""
    folder.mkdir(parents=True)
    outcomes = [
        kept(
            folder,
            at,
            recorded=recording(at, name=name, caller=Party(name=name, number="0031205550123")),
            path=f"{at}.mp3",
        )
        for at, name in enumerate(HOSTILE)
    ]
    return report(folder, outcomes, Choices(query="x", coverage="All."))


def long_names(folder: Path) -> Report:
    """Names and addresses of any length, among many that are as usual."""
    folder.mkdir(parents=True)
    names = {1: "W" * 120, 2: "sip:" + "a" * 88 + "@media.example", 3: "x" * 40_000, 4: "long words " * 60}
    outcomes = []
    for at in range(190):
        party = Party(name=names.get(at, "Maria Jansen"), number="0031205550123", identity="+31205550123")
        at_length = {"caller": party, "callee": Party(name=names.get(at - 4), number="+15550142")}
        path = f"{'long folder ' * 8}/{at:03}_{'n' * 120}.mp3" if at % 50 == 7 else ""
        each = kept(folder, at, recorded=recording(at, **at_length), path=path)
        outcomes.append(replace(each, marks=MARKED if at == 9 else None, size=each.size))
    outcomes += [
        Outcome(recording=recording(at), state=State.FAILED, why="the provider does not have it (HTTP 404)")
        for at in range(200, 212)
    ]
    return report(folder, outcomes, Choices(query="from:+31*", coverage="37 match in 1 204 loaded."))


# On paper


def printed(page: Path, paper: str) -> Path:
    """What Chromium makes of a report on this paper."""
    text = page.read_text(encoding="utf-8")
    # A person chooses the paper when they print; the policy would refuse the choice made here.
    text = re.sub(r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", text)
    copy = page.with_name(f"{paper}.html")
    copy.write_text(text.replace("size:landscape", f"size:{paper} landscape"), encoding="utf-8")
    made = page.with_name(f"{paper}.pdf")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--print-to-pdf={made}", copy.as_uri()], check=True, capture_output=True, timeout=300
    )
    copy.unlink()
    return made


def look_at_print(made: Report, paper: str) -> str:
    """Check every sheet; gives what there is to say."""
    folder = made.plan.folder
    pdf = printed(folder / "report.html", paper)
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = text.rstrip("\f").split("\f")
    sums = (folder / "SHA256SUMS").read_bytes()
    digest = subprocess.run(["sha256sum"], input=sums, capture_output=True, check=True).stdout[:64].decode()
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page, (paper, number)
        assert digest in page, (paper, number)
    for outcome in made.outcomes:
        assert outcome.sha256 in text, outcome.path
    boxes = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    wide = max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes))
    across = PAPERS[paper][0] / 25.4 * 72
    assert wide <= across - 30, (paper, wide, across)
    rows = len(made.outcomes)
    assert len(pages) <= 4 + rows / 6, (paper, len(pages))
    return f"{paper}: {len(pages)} pages for {rows} recordings, widest at {wide:.0f} of {across:.0f}"


# In a spreadsheet


def read_by_libreoffice(sheet: Path, separator: str, language: int, home: Path) -> Iterator[list[object]]:
    """The cells of a CSV that is opened with formulas and special numbers on."""
    out = home / "out"
    filters = f"CSV:{separator},34,76,1,,{language},false,true,false,false,false,-1,true"
    command = ["soffice", f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore"]
    subprocess.run(
        [*command, f"--infilter={filters}", "--convert-to", "xlsx", "--outdir", out, sheet],
        check=True,
        capture_output=True,
        timeout=300,
    )
    book = openpyxl.load_workbook(out / f"{sheet.stem}.xlsx")
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            assert cell.data_type != "f", (separator, language, cell.coordinate, cell.value)
        yield [cell.value for cell in row]


def look_at_sheets(made: Report, home: Path) -> Iterator[str]:
    """Check every cell, by separator and language."""
    sheet = made.plan.folder / "recordings.csv"
    written = table(made.plan.folder)
    numbers = {"bytes", "number", "sitting", "duration_seconds", "size_told"}
    for name, separator in SEPARATORS.items():
        for tongue, language in LANGUAGES.items():
            if name == "all of them" and tongue != "en-US":
                continue
            rows = list(read_by_libreoffice(sheet, separator, language, home))
            cells = sum(len(row) for row in rows)
            if "44" in separator:
                _compare(rows, written, numbers, f"{name}, {tongue}")
            else:
                odd = [cell for row in rows for cell in row if not isinstance(cell, str | None)]
                assert not odd, (name, tongue, odd)
            yield f"{name}, {tongue}: {cells} cells, 0 formulas, 0 values changed"


def _compare(
    rows: Sequence[Sequence[object]], written: Sequence[dict[str, str]], numbers: set[str], where: str
) -> None:
    titles, *found = rows
    for row, told in zip(found, written, strict=True):
        for title, value in zip(titles, row, strict=True):
            expected = told[str(title)]
            if str(title) in numbers and expected and "." not in expected:
                assert value == int(expected), (where, title, value, expected)
            elif str(title) not in numbers:
                shown = "" if value is None else str(value)
                # A spreadsheet has one kind of line end, and a cell of XML none at its beginning.
                assert isinstance(value, str | None), (where, title, value, expected)
                assert _lines(shown) == _lines(expected), (where, title, shown, expected)


def _lines(text: str) -> str:
    return re.sub(r"_x000D_|\r\n?", "\n", text)


def main(folder: Path) -> None:
    """Make exports, and let strangers look at them."""
    made = {
        "everything": custody(everything(folder / "everything")),
        "hostile": custody(hostile(folder / "hostile")),
        "long": custody(long_names(folder / "long")),
    }
    for each in made.values():
        write(each, PROGRAM)
        check_sums(each.plan.folder)
        check_sums(each.plan.folder, "report.sha256")
    names = [unguarded(row["name"]) for row in table(made["hostile"].plan.folder)]
    assert names == [name.replace("\x00", " ") for name in HOSTILE]
    if shutil.which("chromium") and shutil.which("pdftotext"):
        for name, each in made.items():
            for paper in PAPERS:
                print(name, look_at_print(each, paper))
    else:
        print("skipped: printing needs chromium and poppler-utils")
    if shutil.which("soffice"):
        with tempfile.TemporaryDirectory() as home:
            for name in ("hostile", "everything"):
                for said in look_at_sheets(made[name], Path(home)):
                    print(name, said, flush=True)
    else:
        print("skipped: reading sheets needs LibreOffice")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()))
