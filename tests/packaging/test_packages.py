"""Parts of the packages: slim data of ICU, stand-ins for libraries, the manual page, sums and rights."""

import argparse
import ctypes
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

import elf
import icudata
import manpage
import staging
import standins

TOOLS = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("as") is None or shutil.which("gcc") is None,
    reason="needs Linux, binutils and a compiler for something to stand in for",
)


def archive(*names: str) -> bytes:
    """An archive of ICU whose entries hold their own names."""
    head = struct.pack("<HBBHHBBBB4s", 32, 0xDA, 0x27, 20, 0, 0, 0, 2, 0, b"CmnD").ljust(32, b"\0")
    return head + icudata.laid_out([(name.encode(), f"data of {name}".encode()) for name in names])


def test_what_qt_asks_of_icu_stays_and_the_rest_goes() -> None:
    slim = icudata.without(archive("icudt73l/coll/root.res", "icudt73l/curr/de.res", "icudt73l/nfc.nrm"))
    assert b"data of icudt73l/coll/root.res" in slim
    assert b"data of icudt73l/nfc.nrm" in slim
    assert b"icudt73l/curr" not in slim
    assert icudata.without(slim) == slim


def test_an_archive_of_another_kind_is_refused() -> None:
    with pytest.raises(icudata.NotIcuData):
        icudata.without(b"\0" * 64)


@TOOLS
@pytest.mark.process
def test_a_stand_in_has_the_name_and_the_symbols_of_the_library_and_refuses(tmp_path: Path) -> None:
    folder = tmp_path / "av.libs"
    folder.mkdir()
    codec = (
        "int dav1d_open(void) { return 7; } int dav1d_other(void) { return 7; } char dav1d_spare[9] = {1};"
    )
    compiled(codec, folder / "libdav1d-0123abcd.so.7")
    user = (
        "int dav1d_open(void); int dav1d_other(void); int used(void) { return dav1d_open() + dav1d_other(); }"
    )
    compiled(user, folder / "libavcodec-0123abcd.so.62")
    assert standins.stand_in(folder) > 0
    made = ctypes.CDLL(str(folder / "libdav1d-0123abcd.so.7"))
    assert (made.dav1d_open(), made.dav1d_other()) == (-1, 0)
    assert elf.soname(folder / "libdav1d-0123abcd.so.7") == "libdav1d-0123abcd.so.7"
    assert set(elf.offered(folder / "libdav1d-0123abcd.so.7")) == {"dav1d_open", "dav1d_other"}


def test_the_manual_page_says_what_the_parser_says() -> None:
    parser = argparse.ArgumentParser(prog="playhead", description="Hear -- and see.")
    parser.add_argument("--speed", metavar="N", help="how fast, in %%")
    commands = parser.add_subparsers()
    commands.add_parser("list", description="Lists.").add_argument("--filter", help="what to list")
    page = manpage.page(parser, "1.2.3", "2026-01-31")
    assert '.TH PLAYHEAD 1 "2026-01-31" "Playhead 1.2.3"' in page
    assert "\\fB\\-\\-speed\\fR \\fIN\\fR\nHow fast, in %" in page
    assert ".SS playhead list" in page
    assert "What to list" in page


def test_completion_lies_where_each_shell_looks_for_it(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    staging.Made(root, Path(sys.executable), "1.2.3", 0).completions(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {
        "bash-completion/completions/playhead",
        "zsh/vendor-completions/_playhead",
        "fish/vendor_completions.d/playhead.fish",
    }


def test_packed_files_have_the_same_rights_and_dates_whoever_packs_them(tmp_path: Path) -> None:
    for name, mode in (("run", 0o700), ("text", 0o600), ("lib.so.1", 0o777)):
        (tmp_path / name).write_text(name)
        (tmp_path / name).chmod(mode)
    staging.settle(tmp_path, 1_700_000_000)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"run": 0o755, "text": 0o644, "lib.so.1": 0o644}
    assert {path.stat().st_mtime for path in tmp_path.iterdir()} == {1_700_000_000}


def test_sums_list_every_file_but_themselves(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("2")
    (tmp_path / staging.SUMS).write_text("old")
    assert staging.sums(tmp_path) == "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35  b\n"


def compiled(source: str, library: Path) -> None:
    """Compile C into a shared library."""
    options = ["-shared", "-fPIC", "-x", "c", f"-Wl,-soname,{library.name}", "-o", str(library), "-"]
    subprocess.run(["gcc", *options], input=source, text=True, check=True)
