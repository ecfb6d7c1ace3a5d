"""Debian's Chromium for the journeys, installed when it is missing."""

import os
import shutil
import subprocess
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")


class NoChromium(Exception):
    """The message says what the person has to do."""


def ensure_chromium() -> None:
    """Raises NoChromium when it is missing and cannot be installed by us."""
    if CHROMIUM.exists():
        return
    if shutil.which("apt-get") is None:
        raise NoChromium(f"Thiếu {CHROMIUM} và máy không có apt-get: hãy cài Chromium rồi chạy lại.")
    before = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if before and (
        shutil.which("sudo") is None or subprocess.run(["sudo", "-n", "true"], check=False).returncode != 0
    ):
        raise NoChromium(f"Thiếu {CHROMIUM}. Hãy chạy: sudo apt-get install chromium")
    print("▸ Cài Chromium của Debian …", flush=True)
    around = ["env", "DEBIAN_FRONTEND=noninteractive"]
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(
            [*before, *around, *command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if done.returncode != 0:
            raise NoChromium(
                f"“{' '.join(command)}” không xong:\n{done.stdout.decode(errors='replace')[-3000:]}"
            )
    if not CHROMIUM.exists():
        raise NoChromium(f"Đã cài gói chromium nhưng không thấy {CHROMIUM}.")
