"""The demo cloud in a process of its own, so that its work is not measured as the program's."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from playhead.core.account import Account, Credential
from playhead.runparts import resources
from support.cloud.faultycloud import Fault, FaultyCloud


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where the cloud is, and what opens it."""

    bird_url: str
    workspace_id: str
    access_key: str

    @property
    def account(self) -> Account:
        """An account of its Bird workspace."""
        return Account(
            provider="bird",
            id="bird",
            label="Bird EU",
            base_url=self.bird_url,
            details={"workspace_id": self.workspace_id},
        )

    @property
    def credential(self) -> Credential:
        """The key of that account."""
        return Credential(access=self.access_key)

    @property
    def list_url(self) -> str:
        """The address of *List Recordings*."""
        return f"{self.bird_url}/workspaces/{self.workspace_id}/recordings"

    @property
    def headers(self) -> dict[str, str]:
        """What Playhead itself sends with a request for a page."""
        return {"Accept": "application/json", "Authorization": f"AccessKey {self.access_key}"}


@contextmanager
def cloud_with(
    recordings: int, *, audio: Path | None = None, faults: tuple[Fault, ...] = ()
) -> Iterator[Cloud]:
    """A cloud with so many Bird recordings, until the block ends; `audio` takes the place of the demo's."""
    folder = resources() / "demo" if audio is None else audio
    spoiled = json.dumps([asdict(fault) for fault in faults])
    command = [sys.executable, __file__, str(recordings), str(folder), spoiled]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield Cloud(**json.loads(process.stdout.readline()))
        process.stdin.close()


def _serve(recordings: int, audio: Path, faults: tuple[Fault, ...]) -> None:
    with FaultyCloud(resources=audio, bird=recordings, convirza=0) as cloud:
        cloud.faults.add(*faults)
        print(json.dumps(asdict(Cloud(cloud.bird_url, cloud.workspace_id, cloud.access_key))), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), Path(sys.argv[2]), tuple(Fault(**fault) for fault in json.loads(sys.argv[3])))
