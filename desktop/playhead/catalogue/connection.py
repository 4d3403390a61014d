"""Opening an encrypted SQLite file, writing all or nothing, and its faults in Playhead's words."""

import errno
import hashlib
import os
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from playhead.catalogue.phrases import add_phrases
from playhead.core.errors import CatalogueError, CatalogueReadOnly, CatalogueUnreadable

KEY_BYTES = 32
IDS_IN_HEX = "group_concat(printf('%016x', id), '')"
"""All ids as one value, whose bytes `unpacked` reads."""
_FAILED_WRITES = frozenset({apsw.SQLITE_IOERR_WRITE, apsw.SQLITE_IOERR_TRUNCATE, apsw.SQLITE_IOERR_SHMSIZE})


def id_of(key: bytes) -> str:
    """The id of `key`, 32 hexadecimal digits that tell if it is the right one, and no more."""
    return hashlib.sha256(b"Playhead catalogue key " + key).hexdigest()[:32]


@contextmanager
def own_words() -> Iterator[None]:
    """Turn what SQLite or the file system raises into a `CatalogueError`; an interruption passes."""
    try:
        yield
    except apsw.InterruptError:
        raise
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise CatalogueUnreadable("it is damaged, or its key is another") from error
    except apsw.FullError as error:
        raise CatalogueReadOnly("full") from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError) as error:
        raise CatalogueReadOnly("readonly") from error
    except apsw.IOError as error:
        # A quota that is used up, or a file that may not grow, arrives as a write that failed.
        if vars(error).get("extendedresult") in _FAILED_WRITES:
            raise CatalogueReadOnly("full") from error
        raise CatalogueError("io") from error
    except apsw.Error as error:
        raise CatalogueError(type(error).__name__) from error
    except OSError as error:
        raise CatalogueReadOnly("full" if error.errno == errno.ENOSPC else "readonly") from error


def connect(path: Path | None, key: bytes | None) -> apsw.Connection:
    """A connection to the encrypted file at `path`, made if it is missing; in memory if `path` is None.

    `key` is random, so it is used as it is: deriving it from a password (`pragma key` without `raw:`)
    would make every connection 60 000 hashes slower and nothing safer
    (https://utelle.github.io/SQLite3MultipleCiphers/docs/configuration/config_sql_pragmas/). The salt, which
    such a key does not need, stands readable at the beginning of the file: it is the id of the key.
    """
    if path is None:
        connection = apsw.Connection(":memory:")
    else:
        if key is None or len(key) != KEY_BYTES:
            raise CatalogueUnreadable("no key")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        with _named(path) as name:
            connection = apsw.Connection(name)
        connection.pragma("key", f"raw:{key.hex()}{id_of(key)}")
    connection.set_busy_timeout(10_000)
    add_phrases(connection)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _named(path: Path) -> Iterator[str]:
    """A name of `path` that SQLite takes, which wants UTF-8 and gets it through the folder that is open."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        try:
            folder = os.open(path.parent, os.O_RDONLY)
        except OSError as error:
            raise CatalogueReadOnly("readonly") from error
        try:
            yield f"/proc/self/fd/{folder}/{path.name}"
        finally:
            os.close(folder)
    else:
        yield str(path)


def _prepare(connection: apsw.Connection) -> None:
    connection.pragma("user_version")  # the first read: tells a wrong key before anything is written
    if connection.readonly("main"):
        raise CatalogueReadOnly("readonly")
    if connection.pragma("page_count") == 0:
        connection.pragma("auto_vacuum", "incremental")
    connection.pragma("journal_mode", "wal")
    # Not NORMAL: that may take back the last commits when power is lost. One fsync a page, off the
    # window's thread, is a small price.
    connection.pragma("synchronous", "full")
    connection.pragma("fullfsync", "on")  # macOS: down to the disk, not to its cache
    connection.pragma("secure_delete", "on")
    connection.pragma("foreign_keys", "on")
    connection.pragma("temp_store", "memory")


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Everything inside is written, or nothing of it; it is counted."""
    connection.execute("begin immediate")
    try:
        yield
        connection.pragma("application_id", (written(connection) + 1) & 0x7FFFFFFF)
        connection.execute("commit")
    except BaseException:
        _roll_back(connection)
        raise


def written(connection: apsw.Connection) -> int:
    """The number of writes to the file; SQLite has a number there that is of use to nobody else."""
    return int(connection.pragma("application_id") or 0)


@contextmanager
def snapshot(connection: apsw.Connection) -> Iterator[None]:
    """Everything that is read inside is of one moment, whatever is written meanwhile."""
    connection.execute("begin")
    try:
        yield
    finally:
        _roll_back(connection)


def _roll_back(connection: apsw.Connection) -> None:
    # A full disk has often rolled back already.
    while connection.in_transaction:
        # One who ends what is done inside may hit its very last statement.
        with suppress(apsw.InterruptError):
            connection.execute("rollback")


def only_row(connection: apsw.Connection, sql: str, values: tuple[object, ...] = ()) -> tuple[Any, ...]:
    """The one row that `sql` always gives."""
    (row,) = connection.execute(sql, values).fetchall()
    return row


def ids_of(connection: apsw.Connection, sql: str, values: tuple[object, ...] = ()) -> "array[int]":
    """The column `id` of what `sql` gives, in its order.

    SQLite makes one value of them: no Python object each, and the interpreter stays free for the window.
    """
    (packed,) = only_row(connection, f"select unhex({IDS_IN_HEX}) from ({sql})", values)
    return unpacked(packed)


def unpacked(packed: bytes | None) -> "array[int]":
    """Ids of eight bytes each, the highest byte first."""
    ids = array("q", packed or b"")
    if sys.byteorder == "little":
        ids.byteswap()
    return ids


def shrink(connection: apsw.Connection) -> None:
    """Give free pages back to the disk, and leave nothing in the write-ahead log."""
    connection.execute("pragma incremental_vacuum").fetchall()
    if connection.pragma("journal_mode") == "wal":
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()


SUFFIX = "-mark"
_DIGITS = 10


class WriteMark:
    """Remembers how often a catalogue was written to.

    Written after the catalogue itself and never brought to the disk on purpose, it may be behind, which tells
    nothing. That it is ahead cannot be, unless the catalogue, or its log, is an older one or was cut.
    """

    def __init__(self, catalogue: Path) -> None:
        self._path = catalogue.with_name(catalogue.name + SUFFIX)
        self._noted: int | None = None

    def read(self) -> int | None:
        """The number that was noted; None if nobody knows."""
        try:
            text = self._path.read_bytes()[: _DIGITS + 1]
        except OSError:
            return None
        return int(text) if len(text) == _DIGITS + 1 and text[:_DIGITS].isdigit() else None

    def note(self, connection: apsw.Connection) -> None:
        """Remember what the catalogue counts now. That it cannot be written is no reason to fail."""
        number = written(connection)
        if number != self._noted:
            self._write(number)
            self._noted = number

    def begin(self) -> None:
        """Remember that there is nothing yet."""
        self._write(0)

    def _write(self, number: int) -> None:
        with suppress(OSError):
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.write(file, f"{number:0{_DIGITS}}\n".encode())
            finally:
                os.close(file)
