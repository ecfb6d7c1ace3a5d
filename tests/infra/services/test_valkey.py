"""The runner of the embedded Valkey."""

import os
import signal
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from infra.services.place import find_place, forget_place
from infra.services.valkey import Valkey

PORT = 61479


@pytest.fixture
def valkey(tmp_path_factory) -> Iterator[Valkey]:
    home = tmp_path_factory.mktemp("home")
    server = Valkey(find_place(home))
    server.start(usual_port=PORT)
    yield server
    server.stop()
    forget_place(home)


def _ping(server: Valkey) -> object:
    with redis.Redis.from_url(server.url) as client:
        return client.ping()


def _gone(pid: int) -> bool:
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def test_start_answers_with_the_password_only(valkey):
    assert _ping(valkey) is True
    port = valkey.place.read_notes()["valkey"]["port"]
    with redis.Redis(port=port) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    assert stat.S_IMODE(valkey.place.notes_file.stat().st_mode) == 0o600


def test_start_twice_keeps_the_same_server(valkey):
    pid = (valkey.folder / "pid").read_text()
    valkey.start()
    assert (valkey.folder / "pid").read_text() == pid


def test_stop_leaves_nothing_running(valkey):
    pid = int((valkey.folder / "pid").read_text())
    valkey.stop()
    assert _gone(pid)
    assert not valkey.is_running()
    valkey.stop()


def _bind(squatter, port):
    """The kernel gives the port of a killed process back a moment after the process is gone."""
    for _ in range(200):
        try:
            squatter.bind(("127.0.0.1", port))
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"port {port} is still held")


def test_start_recovers_from_a_kill_and_moves_when_its_port_is_taken(valkey):
    pid = int((valkey.folder / "pid").read_text())
    port = valkey.place.read_notes()["valkey"]["port"]
    os.kill(pid, signal.SIGKILL)
    assert _gone(pid)
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _bind(squatter, port)
        squatter.listen()
        valkey.start()
    assert valkey.place.read_notes()["valkey"]["port"] != port
    assert _ping(valkey) is True


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_start_never_runs_as_root(valkey):
    pid = int((valkey.folder / "pid").read_text())
    assert Path(f"/proc/{pid}").stat().st_uid != 0
