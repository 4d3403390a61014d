"""Lists by a command over real HTTP, in a process of its own where that matters."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support.cloud.faultycloud import Fault, FaultyCloud
from support.processes.command_desk import CommandDesk
from support.processes.separate_process import reached, started

pytestmark = pytest.mark.process


@pytest.fixture
def desk(cloud: FaultyCloud, tmp_path: Path) -> CommandDesk:
    """A computer whose person has connected both accounts, and closed the window."""
    return CommandDesk(cloud, tmp_path)


def test_what_matches_is_listed_with_a_summary_beside_it(desk: CommandDesk, tmp_path: Path) -> None:
    summary = tmp_path / "summary.json"
    words = ("list", "--filter", "provider:bird date:2026-03")
    done = desk.run_here(desk.command(*words, "--summary", str(summary)))
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
    assert {row["account"] for row in rows} == {"Bird EU"}
    moments = [row["created"] for row in rows]
    assert len(moments) > 5
    assert moments == sorted(moments, reverse=True)
    told = json.loads(summary.read_text(encoding="utf-8"))
    assert (told["result"], told["matching"]) == ("done", len(rows))
    lines = desk.run_here(desk.command(*words, "--format", "ndjson", "--quiet"))
    assert [json.loads(line)["created"] for line in lines.stdout.splitlines()] == moments
    assert lines.stderr == ""


def test_transcripts_are_read_before_it_is_listed_what_was_said_and_standard_error_tells_of_how_many(
    desk: CommandDesk,
) -> None:
    words = ("list", "--filter", "said:(northwind OR 契約) provider:bird", "--format", "json")
    done = desk.run_here(desk.command(*words))
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert rows
    assert all(row["said"] and row["said"][0]["found"] for row in rows)
    told = re.search(r"Transcripts: (\d+) match in (\d+) transcripts read, (\d+) exist", done.stderr)
    assert told is not None, done.stderr
    assert int(told[1]) == len(rows) <= int(told[2]) <= int(told[3])
    again = desk.run_here(desk.command("list", "--filter", "said:northwind provider:bird"))
    listed = list(csv.DictReader(io.StringIO(again.stdout, newline="")))
    assert all("northwind" in row["said"].lower() for row in listed)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signal")
def test_a_list_that_was_stopped_while_transcripts_were_read_goes_on_with_the_others(
    desk: CommandDesk,
) -> None:
    command = desk.command("list", "--filter", "said:northwind provider:bird", "--format", "json")
    desk.cloud.faults.add(Fault(scope="transcripts", path=".json", after=8, delay=60))
    with started(command, desk.variables) as process:
        reached(lambda: len(read(desk.cloud)) >= 6 or process.poll() is not None, "six transcripts")
        process.send_signal(signal.SIGINT)
        out, said = process.communicate()
    assert (process.returncode, out) == (128 + signal.SIGINT, "")
    assert "Stopped before the list was complete. What was loaded and read is kept" in said
    desk.cloud.faults.clear()
    # The last ones may have come too late to be kept.
    kept = set(read(desk.cloud)[:4])
    desk.cloud.requests.clear()
    done = desk.run_here(command)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
    assert kept.isdisjoint(read(desk.cloud))


def read(cloud: FaultyCloud) -> list[str]:
    """The transcripts that were given."""
    return [each.path for each in cloud.requests if each.path.endswith(".json") and each.status == 200]


def test_a_reader_that_has_enough_ends_the_list_without_a_word(desk: CommandDesk) -> None:
    command = [*desk.command("list", "--format", "json", "--quiet")]
    reader = [sys.executable, "-c", "import sys; sys.stdin.read(100)"]
    with (
        subprocess.Popen(
            command, env=desk.variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process,
        subprocess.Popen(reader, stdin=process.stdout) as other,
    ):
        assert process.stdout is not None
        process.stdout.close()
        assert other.wait(60) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert process.returncode == 0
