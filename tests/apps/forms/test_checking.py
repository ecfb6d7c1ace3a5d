"""Every problem of a definition, by its place."""

from copy import deepcopy

import pytest

from apps.forms.checking import definition_problems
from tests.apps.forms.samples import everything

PAPERS = ["giay-uy-quyen"]


@pytest.fixture
def form() -> dict:
    return deepcopy(everything())


def found(form: object) -> set[tuple[str, str]]:
    return {(problem.place, problem.code) for problem in definition_problems(form, components=PAPERS)}


def test_definition_problems_finds_nothing_in_a_form_with_everything(form):
    assert found(form) == set()


def test_definition_problems_refuses_references(form):
    form["properties"]["name"] = {"title": "x", "$ref": "https://example.org/schema"}
    form["properties"]["sex"] = {"title": "x", "$ref": "#"}
    form["properties"]["born"] = {"title": "x", "$dynamicRef": "#/properties/born"}
    form["properties"]["income"]["pattern"] = "(a+)+$"
    refused = {one for one in found(form) if "refers" in one[1] or "pattern" in one[1]}
    assert refused == {
        ("properties.name.$ref", "form_refers_elsewhere"),
        ("properties.sex.$ref", "form_refers_to_itself"),
        ("properties.born.$dynamicRef", "form_refers_to_itself"),
        ("properties.income.pattern", "form_pattern_unsafe"),
    }


def test_definition_problems_lists_everything_that_is_no_schema(form):
    form["properties"]["name"]["minLength"] = "x"
    form["properties"]["sex"]["required"] = "x"
    form["properties"]["born"] = {"title": "x", "$ref": "#"}
    assert found(form) == {
        ("properties.name.minLength", "form_not_a_schema"),
        ("properties.sex.required", "form_not_a_schema"),
        ("properties.born.$ref", "form_refers_to_itself"),
    }


def test_definition_problems_refuses_what_is_too_deep_without_going_down(form):
    for _ in range(5000):
        form = {"type": "object", "properties": {"a": form}}
    assert found(form) == {(".", "form_too_deep")}


def test_definition_problems_refuses_what_is_too_large(form):
    form["description"] = "x" * 300_000
    form["properties"] |= {f"f{n}": {"type": "string", "title": "x", "x-section": "who"} for n in range(300)}
    form["x-order"] = list(form["properties"])
    assert found(form) == {(".", "form_too_large")}


def test_definition_problems_knows_every_keyword_that_is_let_in(form):
    form["properties"]["name"]["patternProperties"] = {"(a+)+$": True}
    form["properties"]["name"]["unevaluatedProperties"] = False
    form["allOf"] = [{"required": ["x"]}]
    form["$defs"] = {"a": {}}
    assert found(form) == {("properties.name", "form_keyword_unknown"), (".", "form_keyword_unknown")}


def test_definition_problems_refuses_unknown_widgets_and_names(form):
    form["properties"]["name"]["x-kind"] = "iframe"
    form["properties"]["sex"]["x-width"] = "5"
    form["properties"]["Họ Tên"] = {"type": "string", "title": "x", "x-section": "who"}
    form["x-order"].append("Họ Tên")
    assert found(form) == {
        ("properties.name.x-kind", "form_kind_unknown"),
        ("properties.sex.x-width", "form_width_unknown"),
        ("properties.Họ Tên", "form_field_name"),
    }


def test_definition_problems_refuses_conditions_that_cannot_be_right(form):
    form["properties"]["born"]["x-when"] = {"field": "gone", "equals": 1}
    form["properties"]["married"]["x-when"] = {"field": "sex", "equals": "Khác"}
    form["properties"]["income"]["x-required-when"] = {"if": "sex"}
    form["x-sections"][1]["when"] = {"field": "proof", "filled": True}
    assert found(form) == {
        ("properties.born.x-when", "form_condition_unknown_field"),
        ("properties.married.x-when", "form_condition_unknown_value"),
        ("properties.income.x-required-when", "form_condition_unclear"),
        ("x-sections.1.when", "form_condition_unknown_field"),
    }


def test_definition_problems_refuses_several_choices_without_a_list_or_compared_with_one(form):
    form["properties"]["lost"]["items"] = {"type": "string"}
    form["properties"]["reason"]["x-when"] = {"field": "lost", "equals": "Sổ hộ khẩu"}
    assert {
        ("properties.lost.enum", "form_options_missing"),
        ("properties.reason.x-when", "form_condition_of_several"),
    } <= set(found(form))


def test_definition_problems_refuses_conditions_that_go_round(form):
    form["properties"]["married"]["x-when"] = {
        "field": "children",
        "filled": True,
    }  # who asks spouse, who asks married
    form["x-sections"][2]["when"] = {"field": "promise", "equals": True}  # which stands in that section
    circles = {place for place, code in found(form) if code == "form_condition_circle"}
    assert circles == {f"properties.{name}.x-when" for name in ("married", "spouse", "children", "promise")}


def test_definition_problems_refuses_patterns_that_blow_up_and_options_that_are_none(form):
    form["properties"]["name"]["pattern"] = "(a+)+$"
    form["properties"]["sex"]["enum"] = [1]
    form["properties"]["born"]["type"] = "integer"
    form["properties"]["witnesses"]["maxItems"] = 1000
    form["properties"]["witnesses"]["items"]["properties"]["name"]["pattern"] = "("
    form["properties"]["proof"]["x-component"] = "khong-co"
    assert {
        ("properties.name.pattern", "form_pattern_unsafe"),
        ("properties.sex.enum", "form_options_missing"),
        ("properties.born.type", "form_type_differs"),
        ("properties.witnesses.maxItems", "form_group_rows"),
        ("properties.witnesses.items.properties.name.pattern", "form_pattern_unsafe"),
        ("properties.proof.x-component", "form_component_unknown"),
    } <= found(form)


@pytest.mark.parametrize("nonsense", [None, [], "x", {"type": "array"}, {"type": "object", "properties": []}])
def test_definition_problems_refuses_what_is_no_form(nonsense):
    assert found(nonsense)


def test_definition_problems_says_where_sections_are_unclear(form):
    form["x-sections"][0].pop("title")
    form["x-sections"][1]["id"] = "who"
    codes = {code for _place, code in found(form)}
    assert codes == {"form_section_untitled", "form_section_unclear", "form_section_unknown"}
