"""An old export is read whatever somebody did to its folder, and nothing in it is trusted."""

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from playhead.core.errors import ExportError, ExportUnreadable
from playhead.core.exports import formats
from playhead.core.exports.audit import FileCondition, PastFile, examine, read_export
from playhead.core.exports.choices import Choices
from playhead.core.exports.diskaccess import NoRegularFile, opened
from playhead.core.exports.naming import numbered, same_file
from playhead.core.exports.plan import PAPERS, plan
from playhead.core.exports.sums import editions, paper, read_sums
from playhead.core.exports.target import longest_name, look_at
from playhead.core.recording import Recording
from playhead.papers.exportfiles import write
from support.exports.export_examples import PROGRAM, SPOKEN, kept, report
from support.exports.lying_disk import LyingDisk, decomposed, error

SUM = "ab" * 32


def exported(folder: Path) -> None:
    """Two recordings that were kept, with names that have two forms."""
    write(report(folder, [kept(folder, 1, path="ä/ümläut.mp3"), kept(folder, 2, path="ä/2.mp3")]), PROGRAM)


def conditions(folder: Path) -> dict[str, FileCondition]:
    return {same_file(file.path): file.condition for file in examine(read_export(folder))}


def renamed(folder: Path, to: Callable[[str], str]) -> None:
    """Give everything in the folder another name, the deepest first."""
    for path in sorted(folder.rglob("*"), key=lambda each: -len(each.parts)):
        path.rename(path.with_name(to(path.name)))


@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_files_of_another_unicode_form_are_the_same_files(tmp_path: Path, form: str) -> None:
    exported(tmp_path)
    renamed(tmp_path, lambda name: unicodedata.normalize(form, name))  # type: ignore[arg-type]
    assert set(conditions(tmp_path).values()) == {FileCondition.INTACT}
    past = read_export(tmp_path)
    assert all((tmp_path / file.path).is_file() for file in past.files)


def test_going_on_does_not_fetch_a_file_of_another_form_again(tmp_path: Path) -> None:
    exported(tmp_path)
    renamed(tmp_path, lambda name: unicodedata.normalize("NFD", name))
    past = read_export(tmp_path)
    made = plan(
        [each.recording for each in past.outcomes],
        tmp_path,
        labels={},
        existing=[each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*")],
        known=past.audio,
    )
    assert all((tmp_path / file.path).is_file() for file in made.files)


@pytest.mark.skipif(os.name == "nt", reason="its calls are not replaced here")
@pytest.mark.parametrize("form", [decomposed, str.upper, str.lower])
def test_a_disk_that_gives_names_out_in_another_form_holds_no_strangers(
    disk: LyingDisk, tmp_path: Path, form: Callable[[str], str]
) -> None:
    """As old disks of Apple do, and shares that know one case only."""
    folder = tmp_path / "out"
    outcomes = [kept(folder, 1, path="ä/ümläut.mp3"), kept(folder, 2, path="ä/2.mp3")]
    renamed(folder, form)
    disk.fold(form)
    # The workbook is written past the calls that are replaced.
    write(report(folder, outcomes, Choices(sheets=frozenset({formats.JSON, formats.HTML}))), PROGRAM)
    assert set(conditions(folder).values()) == {FileCondition.INTACT}
    (folder / form("mine.txt")).write_text("mine")
    assert [file.path.casefold() for file in strangers(folder)] == ["mine.txt"]


def strangers(folder: Path) -> list[PastFile]:
    return [file for file in examine(read_export(folder)) if file.condition is FileCondition.UNKNOWN]


def test_a_stranger_whose_name_differs_by_its_case_is_one(tmp_path: Path) -> None:
    exported(tmp_path)
    (tmp_path / "ä" / "2.MP3").write_bytes(b"of somebody else")
    if len(list((tmp_path / "ä").iterdir())) == 3:
        assert [file.path for file in strangers(tmp_path)] == ["ä/2.MP3"]


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path)


def away(path: Path) -> None:
    """A link to the same bytes elsewhere."""
    elsewhere = path.parents[2] / f"elsewhere of {path.name}"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
@pytest.mark.parametrize("deed", [pipe, loop, away, folder_instead])
def test_what_is_no_regular_file_costs_itself_and_is_never_opened(
    tmp_path: Path, deed: Callable[[Path], None]
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    exported(folder)
    deed(folder / "ä" / "2.mp3")
    found = conditions(folder)
    assert found.pop("ä/2.mp3") is FileCondition.ALTERED
    assert set(found.values()) == {FileCondition.INTACT}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
@pytest.mark.parametrize("name", ["recordings.json", "SHA256SUMS", "report.sha256"])
@pytest.mark.parametrize("deed", [pipe, loop, away, folder_instead])
def test_a_paper_that_is_no_regular_file_holds_nobody_up(
    tmp_path: Path, name: str, deed: Callable[[Path], None]
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    exported(folder)
    deed(folder / name)
    look_at(folder)
    if name == "recordings.json":
        with pytest.raises(ExportUnreadable) as caught:
            read_export(folder)
        assert caught.value.reason == "foreign"
    else:
        assert FileCondition.INTACT in set(conditions(folder).values())


def test_a_folder_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    exported(folder)
    (folder / "ä").rename(tmp_path / "elsewhere")
    (folder / "ä").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NoRegularFile), opened(folder, "ä/2.mp3"):
        pass
    assert conditions(folder)["ä/2.mp3"] is FileCondition.ALTERED


def test_a_paper_is_read_up_to_a_limit(tmp_path: Path) -> None:
    (tmp_path / "recordings.json").write_bytes(b"x" * 101)
    with pytest.raises(ExportUnreadable) as caught:
        paper(tmp_path, "recordings.json", 100)
    assert caught.value.reason == "large"
    with (tmp_path / "recordings.json").open("r+b") as sparse:
        sparse.truncate(20_000_000_000)
    with pytest.raises(ExportUnreadable) as caught:
        read_export(tmp_path)
    assert caught.value.reason == "large"


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("changed", [str, str.upper, str.title])
def test_no_recording_gets_the_name_of_a_paper(
    tmp_path: Path, name: str, changed: Callable[[str], str]
) -> None:
    stem, dot, extension = changed(name).rpartition(".")
    hostile = Recording(
        account="a", id="1", provider="bird", name=stem or changed(name), format=extension or "mp3"
    )
    made = plan([hostile, hostile], tmp_path, template=f"{{name}}{dot and '.'}{dot and '{ext}'}", labels={})
    assert not {same_file(file.path) for file in made.files} & {same_file(paper) for paper in PAPERS}


@pytest.mark.parametrize("name", [*PAPERS, "RECORDINGS.JSON", "Sha256Sums", "report.HTML"])
def test_no_folder_gets_the_name_of_a_paper(tmp_path: Path, name: str) -> None:
    hostile = Recording(account="a", id="12345678-9", provider="bird", name=name)
    for template in ("{name}/{id8}", "{name}/{name}/{id8}", "/{name}/{id8}"):
        made = plan([hostile, hostile], tmp_path, template=template, labels={})
        first = [file.path.split("/")[0] for file in made.files]
        assert first == [f"{name}_"] * 2
        assert not {same_file(each) for each in first} & {same_file(paper) for paper in PAPERS}


def test_transcripts_that_an_interrupted_run_left_in_folders_are_not_doubled(tmp_path: Path) -> None:
    outcomes = [kept(tmp_path, 1, path="a/b/1.mp3", transcript=SPOKEN)]
    write(report(tmp_path, outcomes), PROGRAM)
    for name in PAPERS:
        (tmp_path / name).unlink()
    write(report(tmp_path, outcomes), PROGRAM)
    assert {path.name for path in (tmp_path / "a" / "b").iterdir()} == {"1.mp3", "1.vtt", "1.txt"}


def test_papers_with_a_number_are_found_wherever_a_number_is_missing(tmp_path: Path) -> None:
    for name in ("recordings (2).json", "Recordings (10).json", "recordings (x).json", "other (2).json"):
        (tmp_path / name).write_text("{}")
    assert list(editions(tmp_path, "recordings.json")) == ["recordings (2).json", "Recordings (10).json"]


def test_papers_beside_a_recording_that_has_their_name_are_found(tmp_path: Path) -> None:
    exported(tmp_path)
    for path in list(tmp_path.iterdir()):
        if path.is_file():
            stem, dot, extension = path.name.partition(".")
            path.rename(path.with_name(f"{stem} (2){dot}{extension}"))
    (tmp_path / "recordings.json").write_bytes(b"\xff\xfb audio")
    assert read_export(tmp_path).record == "recordings (2).json"


@pytest.mark.parametrize(
    "content",
    [
        f"{SUM}  a.mp3\n{SUM} *b c.mp3\n".encode(),
        f"{SUM.upper()}  a.mp3\r\n{SUM.upper()} *b c.mp3\r\n".encode(),
        f"{SUM.upper()}  a.mp3\r\n{SUM}  b c.mp3\r\n".encode("utf-16"),
        f"\ufeff{SUM}  a.mp3\n{SUM}  b c.mp3".encode(),
        f"\ufeff{SUM}  a.mp3\n{SUM}  b c.mp3".encode("utf-16-be"),
        f"SHA256 (a.mp3) = {SUM}\nSHA256 (b c.mp3) = {SUM}\n".encode(),
        f"SHA256(a.mp3)= {SUM}\r\nSHA256(b c.mp3)= {SUM}\r\n".encode(),
        f"{SUM}  a.mp3\r\n{SUM}  b c.mp3\r\n".encode("utf-16-le"),
        f"{SUM}  a.mp3\r\n{SUM}  b c.mp3\r\n".encode("utf-16-be"),
        f"{SUM} *./a.mp3\r{SUM} *.\\b c.mp3\r".encode(),
    ],
)
def test_a_list_that_another_tool_wrote_is_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "SHA256SUMS").write_bytes(content)
    assert read_sums(tmp_path / "SHA256SUMS") == {"a.mp3": SUM, "b c.mp3": SUM}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("slash", ["/", "\\"])
def test_names_in_folders_are_read_however_a_tool_writes_them(
    tmp_path: Path, encoding: str, slash: str
) -> None:
    (tmp_path / "SHA256SUMS").write_bytes(f"{SUM}  ä{slash}ümläut.mp3\r\n".encode(encoding))
    assert read_sums(tmp_path / "SHA256SUMS") == {"ä/ümläut.mp3": SUM}


@pytest.mark.parametrize(
    "line", ["{}  ..\\out.mp3", "{} *C:\\out.mp3", "SHA256 (../out.mp3) = {}", "{}  /etc"]
)
def test_a_line_that_leads_out_is_none_in_whatever_form(tmp_path: Path, line: str) -> None:
    (tmp_path / "SHA256SUMS").write_text(line.format(SUM))
    assert read_sums(tmp_path / "SHA256SUMS") == {}


def test_names_that_gnu_escapes_are_read_and_those_that_lead_out_are_not(tmp_path: Path) -> None:
    lines = [f"\\{SUM}  a\\\\b\\nc.mp3", f"{SUM}  ../out.mp3", f"{SUM}  /etc/passwd", "no sum  a.mp3"]
    (tmp_path / "SHA256SUMS").write_text("\n".join(lines))
    assert read_sums(tmp_path / "SHA256SUMS") in ({"a\\b\nc.mp3": SUM}, {})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
@pytest.mark.parametrize("deed", [pipe, loop, away])
def test_a_bag_holds_no_link_and_waits_for_no_pipe(tmp_path: Path, deed: Callable[[Path], None]) -> None:
    data = tmp_path / "bag" / "data"
    exported_bag(data)
    (data / "ä" / "mine.txt").write_text("mine")
    deed(data / "ä" / "mine.txt")
    exported_bag(data)
    manifest = (tmp_path / "bag" / "manifest-sha256.txt").read_text(encoding="utf-8")
    assert "mine.txt" not in manifest
    assert "2.mp3" in manifest


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
@pytest.mark.parametrize("deed", [pipe, loop, folder_instead])
def test_a_bag_whose_description_is_no_file_is_of_somebody_else(
    tmp_path: Path, deed: Callable[[Path], None]
) -> None:
    data = tmp_path / "bag" / "data"
    exported_bag(data)
    deed(tmp_path / "bag" / "bag-info.txt")
    with pytest.raises(ExportError) as caught:
        exported_bag(data)
    assert caught.value.reason == "inway"


def exported_bag(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    write(report(data, [kept(data, 2, path="ä/2.mp3", transcript=SPOKEN)], Choices(bag=True)), PROGRAM)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_a_pipe_in_the_place_of_a_part_holds_no_transcript_up(tmp_path: Path) -> None:
    outcomes = [kept(tmp_path, 1, path="a.mp3", transcript=SPOKEN)]
    os.mkfifo(tmp_path / "a.vtt.part")
    write(report(tmp_path, outcomes), PROGRAM)
    assert (tmp_path / "a.vtt").is_file()


def test_a_paper_that_cannot_be_read_costs_no_other_paper(disk: LyingDisk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    exported(folder)
    disk.fail("open", "EIO", about="/report.html", times=1)
    exported(folder)
    assert (folder / "report (2).html").is_file()


@pytest.mark.parametrize(("most", "longest"), [(255, 245), (143, 123), (1530, 245), (14, 32), (-1, 245)])
def test_the_disk_is_asked_how_long_names_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, longest: int
) -> None:
    monkeypatch.setattr(os, "pathconf", lambda *_: most, raising=False)
    assert longest_name(tmp_path / "not" / "there") == longest


@pytest.mark.parametrize("code", ["EINVAL", "ENOSYS"])
def test_a_disk_that_does_not_tell_takes_names_as_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def refuses(*_: object) -> int:
        raise error(code)

    monkeypatch.setattr(os, "pathconf", refuses, raising=False)
    assert longest_name(tmp_path) == 245


def test_names_are_made_so_short_that_the_disk_takes_them_whatever_comes_to_them(tmp_path: Path) -> None:
    long = Recording(account="a", id="1", provider="bird", name="ä" * 300, format="mp3")
    made = plan([long] * 50, tmp_path, template="{name}/{name}.{ext}", labels={}, longest=123)
    parts = [part for file in made.files for part in file.path.split("/")]
    assert max(len(part.encode()) for part in parts) <= 123
    assert len({file.path for file in made.files}) == 50
    for file in made.files:
        name = file.path.rpartition("/")[2]
        assert len(f"{numbered(name, 99)}.9.part".encode()) <= 143
        assert len(f"{name}.vtt.part".encode()) <= 143
