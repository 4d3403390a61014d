"""Setting up: what is made, what is left alone, and what happens after an interruption."""

import os
import sys
from pathlib import Path
from venv import EnvBuilder

import pytest

import environment
from debian import Need

BACKEND = '''
"""Builds a wheel of nothing but a name, without any help."""
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(f"{folder}/tiny-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n")
        wheel.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        wheel.writestr("tiny-1.dist-info/RECORD", "")
    return "tiny-1-py3-none-any.whl"
'''
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
PYTHON = Need(sys.executable, "nothing", essential=True)
NOWHERE = "libplayhead-of-nowhere.so.7"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that needs nothing, so that it can be set up without a network."""
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "requirements-dev.lock").touch()
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "backend.py").write_text(BACKEND)
    return tmp_path


@pytest.mark.process
def test_a_set_up_is_made_once_and_mended_when_it_was_interrupted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # One that runs and can install nothing, to begin with: an interruption that costs no second whole one.
    EnvBuilder(symlinks=os.name != "nt").create(root / ".venv")
    with pytest.raises(environment.SetupError, match="install the locked packages"):
        environment.ready(root, ())
    assert "up to date" in capsys.readouterr().err
    leftover = root / ".venv" / "leftover"
    leftover.touch()
    python = environment.ready(root, ())
    assert python.exists()
    assert "first time" in capsys.readouterr().err
    assert not leftover.exists()

    assert environment.ready(root, [PYTHON]) == python
    assert capsys.readouterr().err == ""

    (root / "pyproject.toml").write_text(f"{PROJECT}\n# something changed\n")
    environment.ready(root, ())
    assert "up to date" in capsys.readouterr().err

    (root / "pyproject.toml").write_text("this is no project")
    with pytest.raises(environment.SetupError, match="install the program itself"):
        environment.ready(root, ())


def test_a_library_that_no_machine_has_is_not_met() -> None:
    assert not Need(NOWHERE, "nothing", essential=True).met()
    assert not Need("playhead-program-of-nowhere", "nothing", essential=True).met()


def test_a_program_that_is_there_is_met() -> None:
    assert PYTHON.met()
