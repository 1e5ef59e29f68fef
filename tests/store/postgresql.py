"""A PostgreSQL server that a test starts itself, on a folder and a port of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from workbook.serve.place import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
USER = "workbook"


class PostgreSQL:
    """A running server. It can be stopped at once, as a cut of the power would, and come back."""

    def __init__(self) -> None:
        find = [ROOT / ".ci" / "postgresql", "find"]
        found = subprocess.run(find, check=False, capture_output=True, text=True)
        assert found.returncode == 0, "no PostgreSQL: run `make postgresql`"
        self._programs = Path(found.stdout.strip())
        # Not below a test's own folder, into which nobody else may look.
        self.folder = Path(tempfile.mkdtemp(prefix="workbook-postgresql-"))
        self.port = free_port()
        # The server refuses to run as root; its folder belongs to whoever it runs as.
        self._as = {"user": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self._as:
            shutil.chown(self.folder, "postgres")
        make = ["initdb", "-D", self.folder, "-U", USER, "-A", "trust", "--no-sync", "-E", "UTF8"]
        subprocess.run(
            [self._programs / make[0], *make[1:]],
            check=True,
            capture_output=True,
            cwd="/",
            **self._as,
        )
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "max_connections": 40,
        }
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            [self._programs / "postgres", "-D", self.folder, *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **self._as,
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self._connection("postgres").close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError(self.port)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop it: at once, without a word to its clients or its disk."""
        self._process.send_signal(how)
        self._process.wait(PATIENCE)

    def remove(self) -> None:
        """Stop it for good."""
        self.stop()
        shutil.rmtree(self.folder)

    def database(self, name: str) -> str:
        """The address of a new database."""
        with self._connection("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def url(self, name: str, role: str = USER) -> str:
        """The address of a database for a role."""
        return f"postgresql+psycopg://{role}@127.0.0.1:{self.port}/{name}"

    def rows(self, name: str, query: str) -> list[tuple[object, ...]]:
        """What a query of a database gives; nothing for what is no query."""
        with self._connection(name) as connection:
            done = connection.execute(query)
            return done.fetchall() if done.description else []

    def _connection(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, dbname=database, autocommit=True
        )
