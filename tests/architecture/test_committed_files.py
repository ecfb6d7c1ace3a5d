"""What no committed file may be: longer than 400 lines, or tied to one registry's address."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
CODE = {".py", ".html", ".css", ".scss", ".js"}
MADE_BY_PROGRAMS = ("requirements/", "frontend/package-lock.json", "frontend/locale/", "/migrations/0")
# The only tool that a lock file names its registry in is one that was told to; ours are not.
ADDRESS = re.compile(
    rb"https?://[\w.:/@-]*(?:registry\.npmjs|pypi\.|pythonhosted|npmmirror|yarnpkg)|^\s*(?:--?(?:extra-)?index-url|-i)\s|\"resolved\"\s*:",
    re.MULTILINE,
)


def _committed() -> list[Path]:
    """What git keeps, or would: in a clone and in an unpacked archive alike."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name.decode() for name in listed.split(b"\0") if name and (ROOT / name.decode()).is_file()]


def test_no_file_is_too_long_to_read():
    long = {}
    for file in _committed():
        name = file.relative_to(ROOT).as_posix()
        if file.suffix in CODE and not any(part in name for part in MADE_BY_PROGRAMS):
            lines = file.read_text().count("\n")
            if lines > LONGEST:
                long[name] = lines
    assert long == {}


def test_no_file_names_a_registry():
    here = Path(__file__).resolve()
    found = [
        file.relative_to(ROOT).as_posix()
        for file in _committed()
        if file != here and ADDRESS.search(file.read_bytes())
    ]
    assert found == []


def test_the_lock_of_the_front_end_holds_names_and_hashes_and_no_address():
    """npm writes where one may give money into it: take ``funding`` out after a new package has come in."""
    assert b"://" not in (ROOT / "frontend" / "package-lock.json").read_bytes()
