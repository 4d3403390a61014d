"""Summary of a command as JSON, for the program that reads what came of it."""

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from playhead.core.exports.report import Outcome, Report, State

STDOUT = "-"


class Summary:
    """Collects what a command did; holds ids, labels of accounts and reasons, no number and no name."""

    def __init__(self, program: str, command: str, query: str, began: datetime) -> None:
        self._plain: dict[str, object] = {
            "program": program,
            "command": command,
            "filter": query,
            "began": began.isoformat(timespec="seconds"),
        }
        self._problems: list[str] = []
        self._counts: Counter[str] = Counter()
        self._failures: dict[tuple[str, str], str] = {}

    def note(self, name: str, value: object) -> None:
        """Note a fact that JSON can hold."""
        self._plain[name] = value

    def problem(self, sentence: str) -> None:
        """Note what went wrong."""
        self._problems.append(sentence)

    def report(self, report: Report, wanted: Collection[tuple[str, str]]) -> Sequence[Outcome]:
        """Count what became of the `wanted` recordings, by their keys; gives those that went wrong."""
        mine = [each for each in report.outcomes if each.recording.key in wanted]
        fresh = [each for each in mine if each.state.has_file and not each.present]
        wrong = [each for each in mine if each.state not in {State.KEPT, State.SKIPPED}]
        self._counts["exported"] += len(fresh)
        self._counts["bytes"] += sum(each.size for each in fresh)
        for name, state in (("without audio", State.SKIPPED), ("doubtful", State.DOUBTFUL)):
            self._counts[name] = sum(each.state is state for each in mine)
        for name, state in (("failed", State.FAILED), ("left", State.LEFT)):
            self._counts[name] = sum(each.state is state for each in mine)
        self._failures = {each.recording.key: each.why for each in wrong}
        return wrong

    def text(self, ending: str, status: int, ended: datetime) -> str:
        """The summary as JSON."""
        failures = [
            {"account": account, "id": recording, "why": why}
            for (account, recording), why in self._failures.items()
        ]
        whole = {
            "result": ending,
            "status": status,
            **self._plain,
            "ended": ended.isoformat(timespec="seconds"),
            **({"counts": dict(self._counts)} if self._counts else {}),
            "failures": failures,
            "problems": self._problems,
        }
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def write(text: str, where: str) -> None:
    """Write a summary to standard output or into a file, whole or not at all. Raises `OSError`."""
    if where == STDOUT:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    file = Path(where)
    descriptor, name = tempfile.mkstemp(prefix=".summary-", dir=file.absolute().parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as new:
            new.write(text)
        Path(name).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
