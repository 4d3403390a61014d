"""A keyring for programs that tests start, which are told its name in `PYTHON_KEYRING_BACKEND`."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from typing_extensions import override


class PocketKeyring(KeyringBackend):
    """Keeps passwords in `file`, or in the one that POCKET_KEYRING names; not chosen by itself."""

    priority = -1

    def __init__(self, file: Path | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._file = file or Path(os.environ.get("POCKET_KEYRING", os.devnull))

    @override
    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(f"{service}/{username}")

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._entries() | {f"{service}/{username}": password})

    @override
    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        if entries.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("not found")
        self._write(entries)

    def _entries(self) -> dict[str, str]:
        try:
            entries: dict[str, str] = json.loads(self._file.read_text())
        except FileNotFoundError:
            return {}
        return entries

    def _write(self, entries: dict[str, str]) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(entries))
        new.replace(self._file)
