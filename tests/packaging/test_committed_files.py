"""The files that are committed: they name nothing that only one machine has, and lock what is installed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = ("*.md", "*.toml", ".ci/*", "desktop/**/*", "packaging/**/*", "tests/**/*", "resources/**/*")
ADDRESSES = re.compile(rb"pypi\.org|pythonhosted\.org|registry\.npmjs|--(extra-)?index-url[ =]|--find-links")
USUAL = re.compile("bin|boot|dev|etc|home|lib|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var")
"""Folders that every system has: https://refspecs.linuxfoundation.org/FHS_3.0/fhs-3.0.html"""
OWN = ROOT if USUAL.fullmatch(ROOT.parts[1]) else Path(*ROOT.parts[:2])
"""The folder at the top that only this machine has, or else this checkout."""
HERE = re.escape(f"{OWN}/".encode())
PLACES = re.compile(rb"[\"'`( =](/root/|/home/[a-z]|/Users/[A-Za-z]|" + HERE + rb"[a-z])")


@pytest.mark.parametrize("pattern", [ADDRESSES, PLACES], ids=["index addresses", "paths of one machine"])
def test_no_file_names_what_only_one_machine_has(pattern: re.Pattern[bytes]) -> None:
    files = (path for each in PATTERNS for path in ROOT.glob(each) if path.is_file())
    committed = (path for path in files if "__pycache__" not in path.parts and path != Path(__file__))
    assert [str(path.relative_to(ROOT)) for path in committed if pattern.search(path.read_bytes())] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-cover.lock"])
def test_every_locked_requirement_has_one_version_and_hashes(name: str) -> None:
    lines = locked(name).replace("\\\n", " ").splitlines()
    requirements = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", requirement), requirement


def test_what_runs_is_locked_as_what_is_tested() -> None:
    pin = re.compile(r"^[a-z0-9.-]+==[^ ]+", re.MULTILINE)
    run, tested = (set(pin.findall(locked(f"requirements{each}.lock"))) for each in ("", "-dev"))
    assert run <= tested


def locked(name: str) -> str:
    """The text of a lock file."""
    return (ROOT / "packaging" / name).read_text(encoding="utf-8")
