"""A value's line, found in what tomllib has accepted."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.provisioning.onboarding.lines import find_lines, line_of

TEXT = '''# a comment with [brackets] and "quotes"
code = "H36"  # = not a key
hosts = [
  "mot.localhost",   # [0]
  'hai.localhost',

  "ba # khong phai ghi chu",
]
week = [[["07:30", "11:30"],
  ["13:30", "17:00"]], []]
since = 2025-07-01
long = """
[not.a.table]
key = 1
"""
literal = \'\'\'
[[neither]]\'\'\'
"quoted key" = 1
dotted.inner = true

[templates]
adopt = "all"
[[templates.overrides]]
procedure = "1.000656"
component = { key = "a", note = "x}y" }

[[units]]
code = "H36"
[[units]]
code = "H36.01"
[units.more]
deep = 1
[[units.aliases]]
system = "GSO"
[[units.aliases]]
system = "LOCAL"
[[units]]
code = "H36.02"
[[units.aliases]]
system = "GSO"
[last]
'''


def _paths(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _paths(inner, (*path, key))


def _line(fragment, after=0):
    lines = TEXT.splitlines()
    return next(number for number, line in enumerate(lines, 1) if number > after and fragment in line)


def test_find_lines_knows_every_value_that_tomllib_reads():
    lines = find_lines(TEXT)
    # Of an array of tables and of a table between dots there is no line of its own.
    missing = {path for path in _paths(tomllib.loads(TEXT)) if path and path not in lines}
    assert missing == {
        ("units",),
        ("templates", "overrides"),
        ("dotted",),
        ("units", 1, "aliases"),
        ("units", 2, "aliases"),
    }
    assert set(lines) <= set(_paths(tomllib.loads(TEXT)))


def test_find_lines_tells_the_line():
    lines = find_lines(TEXT)
    assert lines["code",] == 2
    assert lines["hosts",] == 3
    assert lines["hosts", 2] == _line("khong phai")
    assert lines["week", 0, 1] == _line("13:30")
    assert lines["since",] == _line("since")
    assert lines["quoted key",] == _line("quoted key")
    assert lines["templates", "overrides", 0, "component", "note"] == _line("x}y")
    assert lines["units", 1] == _line("[[units]]", after=_line('code = "H36"', after=10))
    assert lines["units", 1, "aliases", 1, "system"] == _line("LOCAL")
    assert lines["units", 2, "aliases", 0, "system"] == _line("GSO", after=_line("H36.02"))
    assert lines["last",] == len(TEXT.splitlines())


def test_find_lines_counts_windows_lines_alike():
    assert find_lines(TEXT.replace("\n", "\r\n")) == find_lines(TEXT)


def test_line_of_falls_back_to_what_is_around():
    lines = find_lines(TEXT)
    assert line_of(lines, ("units", 1, "parent")) == lines["units", 1]
    assert line_of(lines, ("nothing",)) == 1


_WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters='"\\'), max_size=12)


def _array(items):
    return "[\n" + ",\n".join(items) + "\n]"


_VALUES = st.one_of(
    st.integers(-9, 9).map(str),
    st.booleans().map(lambda flag: "true" if flag else "false"),
    _WORDS.map(lambda word: f'"{word}"'),
    st.lists(_WORDS.map(lambda word: f'"{word}"'), max_size=3).map(_array),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_VALUES, min_size=1, max_size=8))
def test_find_lines_never_loses_its_way(values):
    """Each key stands where it was written, whatever the values before it hold."""
    text, wanted, line = "", {}, 1
    for number, value in enumerate(values):
        wanted[f"k{number}",] = line
        text += f"k{number} = {value}\n"
        line += value.count("\n") + 1
    tomllib.loads(text)
    found = find_lines(text)
    assert {path: found[path] for path in wanted} == wanted
