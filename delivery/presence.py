"""Who else works on this database. Whoever starts alone may take back the leases of a killed predecessor at once.

Everybody who runs holds a shared lock; only who gets it exclusively is alone, resets, and then shares it too. A second
starter finds it shared and waits for leases to end as usual (prototype trap 18). The lock is the operating system's
(`<database>.lock` beside an SQLite file) or PostgreSQL's (advisory, held by one session), so kill -9 gives it up.
"""

import fcntl
import os
from pathlib import Path
from time import sleep

from sqlalchemy import Connection, Engine, text

TRIES = 5  # a killed predecessor's session on PostgreSQL may need a moment to end
PAUSE_SECONDS = 0.1
KEY = 20_261_121  # advisory locks are per database


class Presence:
    """Held from start to stop. All methods block: call them outside the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._file: int | None = None
        self._connection: Connection | None = None

    def arrive(self) -> bool:
        """Take the lock; True if nobody else is here, and nobody can arrive until `share`."""
        if self._engine.dialect.name == "postgresql":
            return self._arrive_postgresql()
        name = self._engine.url.database
        if not name or name == ":memory:":
            return True
        self._file = os.open(Path(f"{name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        for _ in range(TRIES):
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                sleep(PAUSE_SECONDS)
        fcntl.flock(self._file, fcntl.LOCK_SH)
        return False

    def share(self) -> None:
        """The leases are reset: others may come."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_SH)
        if self._connection is not None:
            self._connection.execute(text("SELECT pg_advisory_lock_shared(:key)"), {"key": KEY})
            self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})

    def leave(self) -> None:
        """Give the lock up."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._connection is not None:
            self._connection.invalidate()  # ends the session and its locks
            self._connection.close()
            self._connection = None

    def _arrive_postgresql(self) -> bool:
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        for _ in range(TRIES):
            if self._connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": KEY}).scalar():
                return True
            sleep(PAUSE_SECONDS)
        self._connection.execute(text("SELECT pg_advisory_lock_shared(:key)"), {"key": KEY})
        return False
