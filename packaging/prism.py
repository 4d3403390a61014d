"""Lets the providers talk to mock servers that Prism makes from the two clouds' OpenAPI documents.

Each document is served twice: with its examples, and with answers made up from its schemas. Prism refuses
every request that its document does not allow, so that what is sent is checked, too.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from environment import SetupError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRISM = "@stoplight/prism-cli@5"
PATIENCE = 120
"""Seconds until a mock server must answer; the first time npx has to fetch it."""


def check(root: Path, python: Path) -> int:
    """Start the mock servers, run `tests/contracts/check_contracts.py` against them, and stop them again."""
    npx = shutil.which("npx")
    if npx is None:
        raise SetupError("the contract check needs `npx`, which comes with Node.js (`apt-get install npm`).")
    contracts = root / "tests" / "contracts"
    with ExitStack() as servers:
        addresses = [
            servers.enter_context(
                _mock([npx, "--yes", PRISM, "mock", "--errors", *options, str(contracts / name)])
            )
            for name in ("bird-openapi.json", "convirza-openapi.json")
            for options in ([], ["--dynamic"])
        ]
        command = [str(python), str(contracts / "check_contracts.py"), *addresses]
        return subprocess.run(command, cwd=root, check=False).returncode


@contextmanager
def _mock(command: list[str]) -> Iterator[str]:
    """Run one mock server on a free port of the loopback interface; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*command, "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _await(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        if sys.platform == "win32":
            server.terminate()
        else:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _await(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server answers. Raises `SetupError` when it ends or keeps silent."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SetupError("Prism did not start. Is there a network, from which npx could fetch it?")
