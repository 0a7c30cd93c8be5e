"""Connections to one encrypted file: the key first, then what makes a commit a promise.

WAL with `synchronous=FULL`, because with NORMAL an acknowledged commit can be lost in a power cut;
`secure_delete`, because deleted narratives would stay readable in free pages; our own BEGIN,
because the driver's default leaves half a migration behind. One connection writes, a few read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

DriverError: type[Exception] = dbapi2.Error  # as raised while a connection is made
APPLICATION_ID: Final = 0x414E5451  # “ANTQ”
CACHE_KIB: Final = 65_536
CACHE_KIB_BULK: Final = 409_600
BUSY_MS: Final = 4_000
READERS: Final = 3
Key = Callable[[], bytes]


def _prepare(key: bytes, *, cache_kib: int) -> tuple[str, ...]:
    return (
        "PRAGMA cipher_log_level = NONE",  # it would write to the officer's screen
        f"PRAGMA key = \"x'{key.hex()}'\"",
        f"PRAGMA cache_size = -{cache_kib}",
        "PRAGMA foreign_keys = ON",
        "PRAGMA secure_delete = ON",
        "PRAGMA recursive_triggers = ON",  # or REPLACE would delete history past its guard
        "PRAGMA synchronous = FULL",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA trusted_schema = OFF",
        f"PRAGMA busy_timeout = {BUSY_MS}",
    )


def _connect(path: Path, key: Key) -> DBAPIConnection:
    key()  # where there is none, no file is touched
    made: DBAPIConnection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    return made


def _engine(path: Path, key: Key, *, writes: bool, cache_kib: int) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=partial(_connect, path, key),
        poolclass=StaticPool if writes else QueuePool,
        hide_parameters=True,  # a traceback or log must hold nothing of a record
        **({} if writes else {"pool_size": READERS, "max_overflow": 2}),
    )
    _listen(engine, key, writes=writes, cache_kib=cache_kib)
    return engine


def _listen(engine: Engine, key: Key, *, writes: bool, cache_kib: int) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for statement in _prepare(key(), cache_kib=cache_kib):  # nothing of it is kept
            cursor.execute(statement)
        cursor.execute("PRAGMA journal_mode = WAL" if writes else "PRAGMA query_only = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begins(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def writing_engine(path: Path, key: Key, *, cache_kib: int = CACHE_KIB) -> Engine:
    """Return the engine of the one connection that writes."""
    return _engine(path, key, writes=True, cache_kib=cache_kib)


def reading_engine(path: Path, key: Key, *, cache_kib: int = CACHE_KIB) -> Engine:
    """Return the engine of the connections that only read."""
    return _engine(path, key, writes=False, cache_kib=cache_kib)
