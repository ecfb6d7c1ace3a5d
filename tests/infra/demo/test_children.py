"""The supervisor's children: started again when they die, and gone with all of theirs when they are stopped."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from infra.demo import children
from infra.demo.children import Child
from infra.demo.stamps import Stamps


def _child(tmp_path: Path, program: str) -> Child:
    return Child("web", [sys.executable, "-c", program], dict(os.environ), tmp_path / "log" / "web.log")


def _until(condition) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("đợi quá lâu")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_look_starts_a_dead_child_again_later_each_time(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "_FIRST_WAIT", 0.05)
    child = _child(tmp_path, "raise SystemExit(3)")
    child.wait = 0.05
    said: list[str] = []
    child.start()

    def died_twice() -> bool:
        child.look(said.append)
        return sum("✗" in line for line in said) >= 2

    _until(died_twice)
    assert any("↻ web chạy lại" in line for line in said)
    assert "mã 3" in said[0]
    assert child.wait > 0.1
    child.stop()


def test_look_says_nothing_of_a_living_child(tmp_path):
    child = _child(tmp_path, "import time; time.sleep(60)")
    child.start()
    said: list[str] = []
    child.look(said.append)
    child.stop()
    assert said == []


def test_stop_ends_the_children_of_a_child_too(tmp_path):
    program = "import subprocess, time; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); time.sleep(60)"
    child = _child(tmp_path, program)
    child.start()
    _until(lambda: child.log.read_text().strip())
    grandchild = int(child.log.read_text())
    child.stop()
    _until(lambda: not _alive(grandchild))
    assert child.process is not None
    assert child.process.returncode == -signal.SIGTERM


def test_stop_does_not_wait_for_ever_for_a_stubborn_child(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "_STOP_SECONDS", 0.3)
    program = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    )
    child = _child(tmp_path, program)
    child.start()
    _until(lambda: child.log.read_text().strip())
    child.stop()
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL


def test_stamps_belong_to_one_database_and_one_mark(tmp_path):
    stamps = Stamps(tmp_path / "done.json", "first")
    stamps.note("units", "1")
    stamps.note("staff", "1")
    assert stamps.is_done("units", "1")
    assert not stamps.is_done("units", "2")
    assert not Stamps(tmp_path / "done.json", "second").is_done("units", "1")
