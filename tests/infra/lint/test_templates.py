"""What the lint of templates finds, and what it lets pass."""

import pytest
from django.template import engines

from infra.lint import templates

BAD = {
    "script trong trang": "<script>alert(1)</script>",
    "thẻ style": "<style>p { color: red }</style>",
    "thuộc tính style": '<p style="color: red">x</p>',
    "thuộc tính on": '<a onclick="go()">x</a>',
    "hx-on": '<a hx-on:click="go()">x</a>',
    "javascript:": '<a href="javascript:go()">x</a>',
    "id “a”": '<p id="a"></p><p id="a"></p>',
    "không có mẫu": '{% include "no/such.html" %}',
    "Expected an expression": "{% if %}",
}
GOOD = (
    '<script src="/static/main.js"></script>',
    '<script type="application/json">{{ data }}</script>',
    "{# <p style=\"color: red\"> is dropped #}<p class='x'>style và on trong lời văn</p>",
    '{% if a %}<p id="a"></p>{% elif b %}<p id="a"></p>{% else %}<p id="a"></p>{% endif %}',
    '<p id="{{ one }}-x"></p><p id="{{ two }}-x"></p>',
)


def _problems(tmp_path, source: str, name: str = "page.html") -> list[str]:
    file = tmp_path / name
    file.write_text(source)
    return list(templates.problems_in(engines["jinja2"].env, name, file))


@pytest.mark.parametrize(("what", "source"), BAD.items())
def test_problems_in_finds(tmp_path, what, source):
    found = _problems(tmp_path, source)
    assert len(found) == 1
    assert what in found[0]


@pytest.mark.parametrize("source", GOOD)
def test_problems_in_lets_pass(tmp_path, source):
    assert _problems(tmp_path, source) == []


def test_problems_in_wants_a_partial_to_say_what_it_is(tmp_path):
    assert "lời chú" in _problems(tmp_path, "<p>x</p>", "_row.html")[0]
    assert _problems(tmp_path, "{# One row: dossier. #}\n<p>x</p>", "_row.html") == []


def test_problems_in_names_the_line(tmp_path):
    assert ":3: thuộc tính style" in _problems(tmp_path, '<p>\n</p>\n<p style="x"></p>\n')[0]


def test_the_templates_of_the_house_are_clean():
    assert list(templates.problems()) == []
