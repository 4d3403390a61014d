"""Errors of others are logged by their kind and their place in the code, never in their own words."""

import asyncio
import concurrent.futures
import gc
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from typing_extensions import override

from playhead.core.errors import Garbled
from playhead.core.loopkeeping import unhandled
from playhead.machine.log import logging_to
from playhead.machine.private import place

SECRETS = ("S3crPart", "5550123", "Jansen", "media.example", "X-Amz", "tok-77", "%2F%2F", "Eva.Smith")
SAID = (
    "S3crPart +31205550123 Maria Jansen https://media.example/a?X-Amz-Signature=1 tok-77 "
    '{"token": "tok-77"} https%3A%2F%2Fmedia.example%2Fa /home/Eva.Smith/calls'
)


class Sulking(Exception):
    """An error that cannot be put into words."""

    @override
    def __str__(self) -> str:
        raise RuntimeError(SAID)

    @override
    def __repr__(self) -> str:
        raise RuntimeError(SAID)


def of_a_chain() -> None:
    try:
        dict[str, str]()[SAID]
    except KeyError as error:
        raise LookupError(SAID) from error


def of_a_context() -> None:
    try:
        Path(f"/home/Eva.Smith/{SAID}"[:200]).read_bytes()
    except OSError:
        int(SAID)


def of_a_group() -> None:
    error = ValueError(SAID)
    error.add_note(SAID)
    raise ExceptionGroup(SAID, [error, ExceptionGroup(SAID, [TypeError(SAID), Sulking(SAID)])])


def of_bytes() -> None:
    (SAID.encode() + b"\xff").decode()


def of_json() -> None:
    json.loads(SAID)


def of_code() -> None:
    compile(f"'{SAID}", SAID, "exec")


def of_a_sulking_one() -> None:
    raise Sulking(SAID)


def of_itself() -> None:
    try:
        int(SAID)
    except ValueError as error:
        error.__cause__ = TypeError(SAID)
        error.__cause__.__cause__ = error
        raise


def of_endless_calls() -> None:
    of_endless_calls()


RAISED = (
    of_a_chain,
    of_a_context,
    of_a_group,
    of_bytes,
    of_json,
    of_code,
    of_a_sulking_one,
    of_itself,
    of_endless_calls,
)


def logged(folder: Path, say: Callable[[], object]) -> str:
    """All that was written, to the file and to the terminal alike."""
    with logging_to(folder / "playhead.log", "debug"):
        say()
    return (folder / "playhead.log").read_text(encoding="utf-8")


def assert_discreet(text: str) -> None:
    assert text
    assert not [secret for secret in SECRETS if secret in text], text
    assert str(Path.home()) not in text
    assert str(Path(__file__).parent) not in text


@pytest.mark.parametrize("raised", RAISED, ids=lambda each: each.__name__)
def test_of_an_error_its_kind_and_its_place_are_written_and_no_word_of_its_own(
    raised: Callable[[], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def say() -> None:
        try:
            raised()
        except Exception as error:
            given = (error, error)
            logging.getLogger("playhead.test").exception("it failed with %s: %r", *given)

    text = logged(tmp_path, say)
    assert_discreet(text)
    assert_discreet(capsys.readouterr().err)
    assert "Error" in text or "Sulking" in text
    assert f"in {raised.__name__}" in text
    assert len(text) < 20_000


def test_all_of_a_chain_and_of_a_group_are_named(tmp_path: Path) -> None:
    def say() -> None:
        for raised in (of_a_chain, of_a_context, of_a_group):
            try:
                raised()
            except Exception:
                logging.getLogger("playhead.test").exception("it failed")

    text = logged(tmp_path, say)
    for kind in (
        "KeyError",
        "LookupError",
        "FileNotFoundError (ENOENT)",
        "ValueError",
        "TypeError",
        "Sulking",
    ):
        assert kind in text


def test_our_own_errors_keep_their_note(tmp_path: Path) -> None:
    def say() -> None:
        try:
            of_ours()
        except Garbled:
            logging.getLogger("playhead.test").exception("it failed")

    text = logged(tmp_path, say)
    assert "playhead.core.errors.Garbled: no sound inside" in text
    assert "5550123" not in text


def of_ours() -> None:
    raise Garbled("audio", "no sound inside, asked +31205550123")


def library_says(name: str, template: str, *given: object) -> None:
    logging.getLogger(name).warning(template, *given)


@pytest.mark.parametrize("name", ["httpx", "asyncio", "keyring.backend", "concurrent.futures", "qasync", "x"])
def test_libraries_do_not_say_what_they_were_given(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loop = asyncio.new_event_loop()
    future = loop.create_future()
    future.set_exception(ValueError(SAID))

    made = f"it failed for {SAID}"

    def say() -> None:
        log = logging.getLogger(name)
        log.warning("it failed for %s with %r", SAID, ValueError(SAID))
        log.warning("it failed for %(whom)s", {"whom": SAID})
        log.warning("it failed %d times for %s", 3, future)
        library_says(name, "it does not fit %d %d", SAID)
        log.warning("it sulks: %s", Sulking(SAID))
        log.warning(made)
        log.warning(ValueError(SAID))
        log.error({"token": SAID})
        library_says(name, f"{SAID} %s", SAID)

    text = logged(tmp_path, say)
    assert_discreet(text)
    assert_discreet(capsys.readouterr().err)
    assert "it failed for <str> with ValueError" in text.replace("'", "")
    assert "it failed 3 times for <Future>" in text
    assert future.exception() is not None
    loop.close()


def test_what_python_says_of_errors_that_nobody_caught_is_discreet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Odd:
        def __del__(self) -> None:
            raise ValueError(SAID)

    def fail() -> None:
        raise ValueError(SAID)

    def say() -> None:
        try:
            of_a_chain()
        except LookupError as error:
            sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        odd = Odd()
        del odd
        gc.collect(0)
        warnings.showwarning(SAID, UserWarning, __file__, 7)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            pool.submit(fail).add_done_callback(lambda _: fail())

    text = logged(tmp_path, say)
    assert_discreet(text)
    assert_discreet(capsys.readouterr().err)
    for told in ("LookupError", "in a thread", "while something was removed", "UserWarning at test_log"):
        assert told in text


def test_what_asyncio_says_of_work_that_nobody_waited_for_is_discreet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_said: str) -> None:
        raise ValueError(SAID)

    async def failing(_said: str) -> None:
        raise ValueError(SAID)

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(fail, SAID)
        task = asyncio.create_task(failing(SAID), name=SAID)
        await asyncio.wait({task})
        del task
        gc.collect()

    def say() -> None:
        for handler in (None, unhandled):
            loop = asyncio.new_event_loop()
            loop.set_exception_handler(handler)
            loop.run_until_complete(scene())
            loop.close()

    text = logged(tmp_path, say)
    assert_discreet(text)
    assert_discreet(capsys.readouterr().err)
    assert "unhandled, of" in text
    assert "failing" in text


def test_a_log_that_cannot_be_written_says_nothing_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, SAID)

    monkeypatch.setattr(logging.handlers.RotatingFileHandler, "shouldRollover", full)
    with logging_to(tmp_path / "playhead.log", "info"):
        logging.getLogger("playhead.test").info("words")
    assert "Logging error" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "short"),
    [
        ("/home/Eva/x/desktop/playhead/core/x.py", "playhead/core/x.py"),
        ("/home/Eva/playhead/x/playhead/core/x.py", "playhead/core/x.py"),
        ("/home/Eva/.venv/lib/python3.11/site-packages/httpx/_client.py", "httpx/_client.py"),
        ("/home/Eva/.pyenv/lib/python3.11/asyncio/events.py", "asyncio/events.py"),
        (r"C:\Users\Eva\AppData\Lib\site-packages\httpx\_client.py", "httpx/_client.py"),
        (r"C:\Users\Eva\x.py", "x.py"),
        ("/home/Eva/script.py", "script.py"),
        ("playhead/core/x.py", "playhead/core/x.py"),
        ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"),
    ],
)
def test_places_are_named_inside_their_package(file: str, short: str) -> None:
    assert place(file) == short


def test_the_next_start_shortens_what_a_crash_has_left(tmp_path: Path) -> None:
    crash = tmp_path / "crash.log"
    crash.write_text(
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f (most recent call first):\n"
        '  File "/home/Eva.Smith/x/desktop/playhead/core/x.py", line 12 in f\n'
        '  File "/home/Eva.Smith/.venv/lib/python3.11/site-packages/httpx/_client.py", line 3 in g\n'
        '  File "/opt/Eva.Smith/odd.py", line 3 in g\n'
    )
    with logging_to(tmp_path / "playhead.log", crash=crash):
        pass
    text = crash.read_text()
    assert_discreet(text)
    assert 'File "playhead/core/x.py", line 12 in f' in text
    assert 'File "httpx/_client.py", line 3 in g' in text
    assert "Segmentation fault" in text
    assert [each.name for each in tmp_path.iterdir() if "part" in each.name] == []
