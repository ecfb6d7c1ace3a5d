"""In which line of a TOML file a value stands. Pure.

``tomllib`` tells values without their places. This walks over a text that
``tomllib`` has accepted already, so it only finds its way and checks nothing.
"""

import re
import tomllib

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_SCALAR = re.compile(r"[^,\]}#\n]+")
# Longest first: a multi-line string begins with what looks like an empty one.
_STRINGS = (
    re.compile(r'"""(?:\\.|[^\\])*?"""(?:"{0,2})', re.DOTALL),
    re.compile(r"'''.*?'''(?:'{0,2})", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
)


def find_lines(text: str) -> dict[Path, int]:
    """Path of every table, key and item of an array → line, the first is 1: ``("units", 3, "parent")`` → 57."""
    return _Walk(text).lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Where it stands, or the nearest thing around it that stands anywhere: what is missing stands in its table."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Walk:
    def __init__(self, text: str) -> None:
        self._text, self._at = text.replace("\r\n", "\n"), 0
        self._counts: dict[Path, int] = {}  # arrays of tables: how many were begun
        self.lines: dict[Path, int] = {}
        table: Path = ()
        while self._skip(_SPACE) < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _take(self, mark: str) -> bool:
        taken = self._text.startswith(mark, self._at)
        self._at += len(mark) if taken else 0
        return taken

    def _note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, self._text.count("\n", 0, at) + 1)

    def _header(self) -> Path:
        start, several = self._at, self._text.startswith("[[", self._at)
        self._at += 2 if several else 1
        path = self._into_arrays(self._keys(), several)
        self._at += 2 if several else 1
        self._note(path, start)
        return path

    def _into_arrays(self, keys: tuple[str, ...], several: bool) -> Path:
        """``[[a]]`` twice and then ``[a.b]`` is ``("a", 1, "b")``."""
        path: Path = ()
        for number, key in enumerate(keys, start=1):
            path = (*path, key)
            if path in self._counts and not (several and number == len(keys)):
                path = (*path, self._counts[path] - 1)
        if several:
            self._counts[path] = self._counts.get(path, 0) + 1
            path = (*path, self._counts[path] - 1)
        return path

    def _keys(self) -> tuple[str, ...]:
        """A dotted key."""
        parts = [self._key()]
        while self._skip(_BLANK) < len(self._text) and self._take("."):
            parts.append(self._key())
        return tuple(parts)

    def _key(self) -> str:
        self._skip(_BLANK)
        for pattern in (_BARE, *_STRINGS[2:]):
            found = pattern.match(self._text, self._at)
            if found:
                self._at = found.end()
                word = found.group()
                return word if pattern is _BARE else next(iter(tomllib.loads(f"{word} = 0")))
        raise AssertionError("a text that tomllib has accepted has a key here")

    def _pair(self, table: Path) -> None:
        start = self._at
        path = (*table, *self._keys())
        self._skip(_BLANK)
        self._take("=")
        self._note(path, start)
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip(_BLANK)
        if self._take("["):
            self._array(path)
        elif self._take("{"):
            self._inline(path)
        elif not any(self._skip_string(pattern) for pattern in _STRINGS):
            self._skip(_SCALAR)

    def _skip_string(self, pattern: re.Pattern[str]) -> bool:
        before = self._at
        return self._skip(pattern) > before

    def _array(self, path: Path) -> None:
        for index in range(len(self._text)):
            self._skip(_SPACE)
            if self._take("]"):
                return
            self._note((*path, index), self._at)
            self._value((*path, index))
            self._skip(_SPACE)
            self._take(",")

    def _inline(self, path: Path) -> None:
        while not self._take("}"):
            self._skip(_SPACE)
            if self._take("}"):
                return
            self._pair(path)
            self._skip(_SPACE)
            self._take(",")
            self._skip(_SPACE)
