"""`report.html` and `report.txt` tell a stranger everything, and do nothing."""

import base64
import hashlib
import io
import re
from pathlib import Path
from urllib.parse import unquote

from playhead.papers.exportdata import ExportData
from playhead.papers.htmlreport import write_html
from playhead.papers.textreport import write_report_text
from support.exports.export_examples import LINK, PROGRAM, everything, report
from support.exports.html_page import Page


def written(dossier: ExportData) -> str:
    paper = io.StringIO()
    write_html(dossier, paper)
    return paper.getvalue()


def test_the_page_says_what_was_kept_what_was_not_and_why(tmp_path: Path) -> None:
    page = Page(written(ExportData(everything(tmp_path), PROGRAM)))
    for words in (
        "6 recordings chosen: 3 kept, 1 skipped because there is no audio, 1 failed, 1 not reached.",
        PROGRAM,
        "from:+31* <b>is:transcribed</b>",
        "37 match in 1 204 loaded · more exist at Bird.",
        "Europe/Amsterdam",
        "2026-07-14 12:01:00+02:00",
        "the provider does not have it (HTTP 404, request req-7)",
        "it has no audio: its status is ongoing",
        "the disk is full",
        "Kept (3)",
        "Failed (1)",
        "Skipped (1)",
        "Not reached (1)",
        "sha256sum -c SHA256SUMS",
        "shasum -a 256 -c SHA256SUMS",
        "Get-FileHash",
        "1:02 refund",
        "no copy: a part of it is damaged",
        "@SUM(A1) <b>US</b>",
    ):
        assert words in page.text, words


def test_the_page_holds_nothing_that_acts_or_comes_from_elsewhere(tmp_path: Path) -> None:
    content = written(ExportData(everything(tmp_path), PROGRAM))
    page = Page(content)
    tags = {tag for tag, _ in page.elements}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "object", "form", "base"})
    assert not any(
        name.startswith("on") or name in {"style", "src"} for _, found in page.elements for name in found
    )
    assert not re.search(r"url\(|@import|https?:", content)
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv"))
    style = content.partition("<style>")[2].partition("</style>")[0]
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy is not None
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{allowed}'")


def test_links_lead_to_files_of_the_folder(tmp_path: Path) -> None:
    page = Page(written(ExportData(everything(tmp_path), PROGRAM)))
    targets = [unquote(link["href"] or "") for link in page.all("a")]
    assert "a b/100% #1 [x] ü.mp3" in targets
    assert all((tmp_path / target).is_file() for target in targets)
    assert not any(":" in (link["href"] or "") for link in page.all("a"))


def test_tables_have_as_many_cells_as_titles(tmp_path: Path) -> None:
    content = written(ExportData(everything(tmp_path), PROGRAM))
    for table in content.split("<table>")[1:]:
        head, _, body = table.partition("</thead>")
        rows = body.partition("</table>")[0].split("<tr>")[1:]
        assert rows
        assert {row.count("<td") for row in rows} == {head.count("<th ")}


def test_text_of_others_is_alone_with_its_direction(tmp_path: Path) -> None:
    content = written(ExportData(everything(tmp_path), PROGRAM))
    assert '<bdi dir="auto">@SUM(A1) &lt;b&gt;US&lt;/b&gt;</bdi>' in content
    assert "\x07" not in content


def test_the_text_says_the_same_without_a_browser(tmp_path: Path) -> None:
    paper = io.StringIO()
    write_report_text(ExportData(everything(tmp_path), PROGRAM), paper)
    text = paper.getvalue()
    for words in (
        PROGRAM,
        "3 kept",
        "1 failed",
        "Europe/Amsterdam",
        "sha256sum -c SHA256SUMS",
        "the disk is full",
    ):
        assert words in text
    assert "5b74ee9e-0005 of EU support (bird): the provider does not have it" in text
    lists = re.findall(r"\n(\w[\w ]* \(\d+\))\n\n((?:    .+\n)+)", text)
    assert [title for title, _ in lists] == ["Failed (1)", "Skipped (1)", "Not reached (1)", "Kept (3)"]
    assert [len(lines.splitlines()) for _, lines in lists] == [1, 1, 1, 3]
    assert LINK not in text


def test_an_empty_export_makes_papers_too(tmp_path: Path) -> None:
    empty = ExportData(report(tmp_path, []), PROGRAM)
    assert "0 recordings chosen" in Page(written(empty)).text
