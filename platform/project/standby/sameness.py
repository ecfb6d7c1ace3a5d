"""When may a loaded program do the work of a command that was about to start by itself? When nobody could tell."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

# What belongs to a person's terminal and no program of ours reads while it starts; the work is done with the values of
# who asked. Every other variable must be equal: an unknown one might be anything.
_OF_THE_TERMINAL = frozenset(
    "_ COLORTERM COLUMNS DISPLAY EDITOR HISTFILE HISTSIZE HOSTNAME INVOCATION_ID JOURNAL_STREAM LESS LESSCLOSE"  # noqa: SIM905
    " LESSOPEN LINES LOGNAME LS_COLORS MAIL MAKEFLAGS MAKELEVEL MAKE_TERMERR MAKE_TERMOUT MFLAGS MOTD_SHOWN OLDPWD"
    " PAGER PATH PS1 PWD SHELL SHLVL STY TERM TERM_PROGRAM TERM_PROGRAM_VERSION TMUX TMUX_PANE USER VISUAL WINDOWID"
    "".split()
)
_BEGINNINGS = ("SSH_", "SUDO_", "XDG_", "DBUS_")
_LOADED_ONCE = ("--settings", "--pythonpath")


class Asked(NamedTuple):
    """``words``: those of the command, the name of manage.py first."""

    root: str
    prefix: str
    umask: int
    folder: str
    words: list[str]
    environment: dict[str, str]


class LoadedFile(NamedTuple):
    """A file as it was when it was loaded."""

    path: str
    changed_at: int
    size: int


def surroundings() -> dict[str, str]:
    """The environment that this process was started with, before any settings added to it."""
    raw = Path("/proc/self/environ").read_bytes()
    return dict(os.fsdecode(entry).split("=", 1) for entry in raw.split(b"\0") if b"=" in entry)


def differing(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Names of the variables that are not equal, never what is in them."""
    return sorted(
        name
        for name in {*mine, *theirs}
        if name not in _OF_THE_TERMINAL
        and not name.startswith(_BEGINNINGS)
        and mine.get(name) != theirs.get(name)
    )


def loaded_files() -> list[LoadedFile]:
    """Of every module, and what is read from files once in a process's life: releases and translations."""
    modules = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    paths = {path for path in modules if path}
    paths.update(map(str, settings.RELEASE_MANIFESTS.glob("*.toml")))
    for folder in settings.LOCALE_PATHS:
        paths.update(map(str, Path(folder).rglob("*.mo")))
    return [file for path in sorted(paths) if (file := _file(path))]


def changed(files: Iterable[LoadedFile]) -> str | None:
    """The first that is another one by now, or is gone."""
    return next((file.path for file in files if _file(file.path) != file), None)


def why_not(
    asked: Asked, *, root: str, surrounding: Mapping[str, str], commands: Iterable[str]
) -> str | None:
    """In words, or None: this process may do it."""
    if (asked.root, asked.prefix) != (root, sys.prefix):
        return _("mã nguồn hoặc môi trường Python ở thư mục khác")
    if names := differing(surrounding, asked.environment):
        return _("biến môi trường khác: {names}").format(names=", ".join(names))
    if any(word.startswith(_LOADED_ONCE) for word in asked.words):
        return _("lệnh đòi cài đặt riêng")
    if asked.words[1:2] == [] or asked.words[1] not in commands:
        return _("không phải lệnh của phần mềm này")
    return None


def _file(path: str) -> LoadedFile | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return LoadedFile(path, found.st_mtime_ns, found.st_size)
