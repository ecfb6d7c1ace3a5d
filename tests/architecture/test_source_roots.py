"""The trap of `platform/`: with an __init__.py it would shadow the standard library's module."""

import os
import platform
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_PACKAGES_OF_THE_HOUSE = {"tests", "docs", "requirements", "node_modules"}


def test_platform_is_a_source_root_and_no_package():
    assert [file.name for file in (ROOT / "platform").glob("*.py")] == []


def test_platform_is_the_standard_librarys():
    assert Path(platform.__file__).parent == Path(sysconfig.get_paths()["stdlib"])
    assert platform.python_implementation()


def test_manage_finds_the_standard_librarys_platform():
    program = "import sys, runpy; sys.argv = ['manage.py', 'version']; runpy.run_path('manage.py', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 0, done.stderr


def test_apps_is_not_on_the_path():
    assert str(ROOT / "apps") not in sys.path


def test_every_package_is_under_the_import_contracts():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    places = [*ROOT.iterdir(), *(ROOT / "platform").iterdir()]
    packages = {
        place.name for place in places if (place / "__init__.py").exists()
    } - NOT_PACKAGES_OF_THE_HOUSE
    assert packages == set(contracts["root_packages"])
