"""The log holds what happened and nothing private."""

import logging
import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playhead.machine.log import logging_to
from playhead.machine.private import redacted

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: AccessKey abcDEF", "abcDEF"),
        ("(b'authorization', b'AccessKey abcDEF')", "abcDEF"),
        ("headers={'Authorization': 'Bearer abc.def'}", "abc.def"),
        (f"refused {TOKEN}", "eyJ"),
        ('{"refresh_token": "r-77"}', "r-77"),
        ("password=hunter2&x=1", "hunter2"),
        ("key QkvXl5N9uo2mTp7sWz4yRb8cKd1e failed", "QkvXl5N9uo2mTp7sWz4yRb8cKd1e"),
        ("GET https://bucket.example/a/b.mp3?X-Amz-Signature=abc&x=y 403", "abc"),
        ("https://user:pw@host.example/x?y", "pw"),
        ("maria.lopez+x@mail.example.com said", "maria"),
        ("from +31 20 555 0123 to", "0123"),
        ("from +31205550123", "205550"),
        ("(020) 555-0123", "0123"),
        ("tel_0031205550123.mp3", "5550"),
        ("PermissionError: [Errno 13] Permission denied: '/mnt/calls/Maria Jansen'", "Maria"),
        ("OSError: [WinError 5] Access denied: 'C:\\\\Users\\\\Eva\\\\Calls' -> 'D:\\\\x'", "Eva"),
        ('FileNotFoundError: [Errno 2] No such file: "/mnt/Maria\'s calls"', "Maria"),
        ("no such file: /home/Maria.Lopez/calls/a.mp3", "Maria"),
        ("no such file: C:\\Users\\Eva Smith\\calls", "Eva"),
        ("no such file: C:\\Users\\Eva Smith\\calls", "Smith"),
        ("in C:\\\\Users\\\\Eva\\\\calls", "Eva"),
        ("proxy http://corp:S3cr/et@proxy.example:80 is odd", "S3cr"),
        ("proxy http://corp:S3c#r@proxy.example:80 is odd", "corp"),
        ("to https%3A%2F%2Fmedia.example%2Fa%3FX-Amz-Signature%3Dabcd it went", "abcd"),
        ("to https%253a%252f%252fmedia.example%252fa it went", "media"),
        ("a.mp3?X-Amz-Credential=AKIA%2F2026&x=y", "AKIA"),
        ("X-Amz-Signature%3Dabcd", "abcd"),
        ("page_token: abcd", "abcd"),
        ("Set-Cookie: sid=abcd; Path=/", "abcd"),
        ("Cookie: a=1; b=abcd", "abcd"),
        ("to //media.example/a?X=abcd it went", "abcd"),
        (r"to https:\/\/media.example\/a?X=abcd it went", "abcd"),
        (r"in C:\Users\Jan de Vries\calls", "Vries"),
        ("in /home/Maria de Vries/calls", "Vries"),
        ("in file:///D:/Jan/calls", "Jan"),
        (r"in \\server\Jan de Vries\calls", "Vries"),
    ],
)
def test_private_things_are_removed(text: str, secret: str) -> None:
    assert secret not in redacted(text)
    assert "…" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "page 12 of bird: 99 recordings in 320 ms",
        "HTTP 503, request 5b74ee9e-1c3d-4e5f-8a9b-123456789012",
        'File "/usr/lib/python3.11/asyncio/base_events.py", line 1936, in run_once',
        "https://api.bird.com/workspaces answered 200",
        "ValueError: the_name_of_some_function_that_is_long",
    ],
)
def test_harmless_things_stay(text: str) -> None:
    assert redacted(text) == text


@given(
    st.text(alphabet="ab :/,'\"(-", max_size=20),
    st.from_regex(r"\A\+?[1-9][0-9]{6,14}\Z"),
    st.text(alphabet="ab :/,'\")-", max_size=20),
)
def test_a_phone_number_is_removed_wherever_it_stands(before: str, number: str, after: str) -> None:
    assert number.removeprefix("+") not in redacted(before + number + after)


def test_messages_arguments_and_tracebacks_are_redacted_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "playhead.log"
    with logging_to(file, "info"):
        log = logging.getLogger("playhead.test")
        log.info("called %s with Bearer %s", "+31205550123", "abcdef")
        try:
            int(f"no such number: {TOKEN}")
        except ValueError:
            log.exception("it failed for %s", "maria@mail.example.com")
        log.debug("too fine")
        logging.getLogger("httpx").info("HTTP Request: GET https://x.example/?token=1")
    text = file.read_text(encoding="utf-8")
    assert "playhead.test" in text
    assert "ValueError\n" in text
    assert all(secret not in text for secret in ("5550123", "abcdef", "eyJ", "maria", "too fine", "httpx"))
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.slow
def test_the_file_stays_small(tmp_path: Path) -> None:
    file = tmp_path / "playhead.log"
    with logging_to(file, "info"):
        for _ in range(40):
            logging.getLogger("playhead.test").info("words " * 12_000)
    sizes = {entry.name: entry.stat().st_size for entry in tmp_path.iterdir()}
    assert set(sizes) == {"playhead.log", "playhead.log.1"}
    assert all(size <= 1_100_000 for size in sizes.values())


def test_a_place_that_cannot_be_written_is_done_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    with logging_to(tmp_path / "file" / "playhead.log", "info"):
        logging.getLogger("playhead.test").info("on the terminal")
    assert "on the terminal" in capsys.readouterr().err


def test_nothing_of_it_is_left_afterwards(tmp_path: Path) -> None:
    root, ours = logging.getLogger(), logging.getLogger("playhead")
    before = (root.level, ours.level, list(root.handlers))
    with logging_to(tmp_path / "playhead.log", "debug"):
        assert ours.level == logging.DEBUG
    assert (root.level, ours.level, list(root.handlers)) == before


def test_libraries_say_only_what_is_wrong_whatever_level_is_asked_for(tmp_path: Path) -> None:
    with logging_to(tmp_path / "playhead.log", "debug"):
        logging.getLogger("qasync._QThreadWorker").debug("called with a secret")
        logging.getLogger("qasync").warning("something is odd")
        logging.getLogger("playhead.core").debug("in detail")
    text = (tmp_path / "playhead.log").read_text()
    assert "odd" in text
    assert "in detail" in text
    assert "secret" not in text


def test_a_crash_of_the_interpreter_leaves_its_stacks(tmp_path: Path) -> None:
    program = f"""
        import faulthandler
        from pathlib import Path
        from playhead.machine.log import logging_to
        folder = Path({str(tmp_path)!r})
        with logging_to(folder / "playhead.log", crash=folder / "crash.log"):
            faulthandler._sigabrt()
    """
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "desktop")}
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], env=environment, check=False, capture_output=True
    )
    assert "Fatal Python error: Aborted" in (tmp_path / "crash.log").read_text()


@pytest.mark.parametrize(
    "said",
    [
        "Authorization: Bearer hunter2",
        "Proxy-Authorization: Basic hunter2",
        "authorization=Basic hunter2",
        "Authorization: b'Bearer hunter2'",
        "password: baker-hunter2",
        "socks5://user:hunter2@proxy.example:1080",
        "wss://user:hunter2@host.example",
    ],
)
def test_a_credential_is_left_out_whatever_it_begins_with(said: str) -> None:
    assert "hunter2" not in redacted(said)
