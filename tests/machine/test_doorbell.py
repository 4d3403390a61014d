"""A second start on a profile rings at the first one."""

import json
import queue
import sys
import tempfile
from pathlib import Path

import pytest

from playhead.machine.doorbell import Ring, answering, ring

SOON = 20.0
"""Seconds that a ring may take on a busy computer."""


def test_a_second_start_is_heard_with_what_it_wants(tmp_path: Path) -> None:
    heard: queue.Queue[Ring] = queue.Queue()
    wish = Ring(folder="/exports/März – 録音", token="front")
    with answering(tmp_path / "bell", heard.put):
        assert ring(tmp_path / "bell", wish)
        assert ring(tmp_path / "bell", Ring())
        assert [heard.get(timeout=SOON), heard.get(timeout=SOON)] == [wish, Ring()]
    assert list(tmp_path.iterdir()) == []


def test_nobody_answers_where_nobody_is(tmp_path: Path) -> None:
    assert not ring(tmp_path / "bell", Ring(), patience=0.2)
    with answering(tmp_path / "bell", print):
        left = (tmp_path / "bell").read_text(encoding="utf-8")
    (tmp_path / "bell").write_text(left, encoding="utf-8")
    assert not ring(tmp_path / "bell", Ring(), patience=0.2)


def test_what_a_program_that_was_ended_by_force_has_left_is_in_nobodys_way(tmp_path: Path) -> None:
    heard: queue.Queue[Ring] = queue.Queue()
    (tmp_path / "bell").write_text("{", encoding="utf-8")
    with answering(tmp_path / "bell", heard.put):
        assert ring(tmp_path / "bell", Ring())


def test_a_stranger_without_the_key_is_not_heard(tmp_path: Path) -> None:
    heard: queue.Queue[Ring] = queue.Queue()
    with answering(tmp_path / "bell", heard.put):
        entry = json.loads((tmp_path / "bell").read_text(encoding="utf-8"))
        (tmp_path / "forged").write_text(json.dumps({**entry, "key": "00" * 32}), encoding="utf-8")
        assert not ring(tmp_path / "forged", Ring("/etc"), patience=0.5)
        assert ring(tmp_path / "bell", Ring("/exports"))
        assert heard.get(timeout=SOON) == Ring("/exports")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has pipes instead of sockets")
def test_folders_with_long_names_keep_nobody_from_ringing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = tmp_path / ("far away " * 12)
    far.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(far))
    monkeypatch.setattr(tempfile, "tempdir", str(far))
    heard: queue.Queue[Ring] = queue.Queue()
    with answering(tmp_path / "bell", heard.put):
        assert ring(tmp_path / "bell", Ring("/exports"))
        assert heard.get(timeout=SOON) == Ring("/exports")
        left = Path(json.loads((tmp_path / "bell").read_text(encoding="utf-8"))["address"])
        assert left.is_socket()
    assert not left.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_the_key_is_for_this_person_alone(tmp_path: Path) -> None:
    with answering(tmp_path / "bell", print):
        assert (tmp_path / "bell").stat().st_mode & 0o077 == 0
