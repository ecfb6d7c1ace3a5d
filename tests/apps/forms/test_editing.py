"""One act at a time: what comes back is a sound form, and what was there is not touched."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.catalogue.national_files import read_national
from apps.forms import editing
from apps.forms.checking import definition_problems
from apps.forms.compiling import compile_form
from apps.forms.kinds import KINDS, order_of
from tests.apps.forms.samples import everything

NATIONAL = {file.code: file.content for file in read_national()}
# Of what is taken away or asked otherwise, conditions may still speak: that is said, not mended in silence.
SAID = {
    "form_condition_unknown_field",
    "form_condition_unknown_value",
    "form_condition_circle",
    "form_condition_of_several",
    "form_component_unknown",
}
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["up", "down", "remove", "kind", "add", "section_up", "section_down"]),
        st.integers(0, 99),
    ),
    max_size=12,
)


def unsound(form: dict) -> set[str]:
    return {problem.code for problem in definition_problems(form, components=["giay-uy-quyen"])} - SAID


@pytest.mark.parametrize("code", sorted(NATIONAL))
def test_with_sections_makes_an_older_form_one_that_can_be_edited(code):
    form, components = NATIONAL[code]["form"], [one["key"] for one in NATIONAL[code]["components"]]
    made = editing.with_sections(form)
    assert definition_problems(made, components=components) == []
    before, after = compile_form(form), compile_form(made)
    assert [(one.title, [field.name for field in one.fields]) for one in before.sections] == [
        (one.title, [field.name for field in one.fields]) for one in after.sections
    ]
    assert editing.with_sections(made) == made


def done(form: dict, verb: str, number: int) -> dict:
    names, kinds = order_of(form), list(KINDS)
    name = names[number % len(names)] if names else "x"
    kind = kinds[number % len(kinds)]
    section = form["x-sections"][number % len(form["x-sections"])]["id"]
    if verb in ("up", "down"):
        return editing.move_field(form, name, -1 if verb == "up" else 1)
    if verb in ("section_up", "section_down"):
        return editing.move_section(form, section, -1 if verb == "section_up" else 1)
    if verb == "remove":
        return editing.remove_field(form, name)[0]
    if verb == "kind":
        return editing.change_kind(form, name, kind)
    return editing.add_field(form, kind=kind, title=f"Câu {number}", section=section)[0]


@settings(max_examples=25, deadline=None)
@given(ACTS)
def test_whatever_is_done_the_form_stays_sound(acts):
    form = everything()
    for verb, number in acts:
        before = deepcopy(form)
        made = done(form, verb, number)
        assert form == before
        form = made
    assert unsound(form) == set(), acts


@pytest.mark.parametrize("path", ["born", "witnesses", "witnesses.nation", "proof", "name"])
def test_restore_field_brings_back_what_was_removed_and_where_it_was(path):
    form = editing.with_sections(everything())
    made, removed = editing.remove_field(form, path)
    assert editing.find_field(made, path) is None
    back = editing.restore_field(made, removed)
    assert order_of(back) == order_of(form)
    assert editing.find_field(back, path) == editing.find_field(form, path)
    assert editing.is_required(back, path) == editing.is_required(form, path)
    assert editing.restore_field(back, removed) == back


def test_ids_are_made_of_titles_and_of_no_two_the_same():
    form = editing.empty_form("Mẫu")
    for wanted in ("ho_ten", "ho_ten_2", "ho_ten_3"):
        form, path = editing.add_field(form, kind="text", title="Họ tên", section="noi-dung")
        assert path == wanted
    form, path = editing.add_field(form, kind="text", title="12 — ???", section="noi-dung")
    assert path == "muc_12"
    assert unsound(form) == set()


def test_change_kind_keeps_the_list_between_one_choice_and_several():
    form = editing.change_kind(editing.with_sections(everything()), "sex", "choices")
    assert form["properties"]["sex"]["items"]["enum"] == ["Nam", "Nữ"]
    assert "enum" not in form["properties"]["sex"]
    back = editing.change_kind(form, "sex", "choice")
    assert back["properties"]["sex"]["enum"] == ["Nam", "Nữ"]
