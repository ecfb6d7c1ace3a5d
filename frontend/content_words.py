"""A whole procedure in words: for its page, and for the second person, who is to read all of it before it is law."""

from dataclasses import dataclass
from typing import Any

from apps.catalogue.value_words import say_component, say_fee, say_key, say_limit, say_value
from apps.forms.checking import definition_problems
from apps.forms.compiling import compile_form
from frontend.diagrams import Picture, pictures_of
from frontend.filling.nodes import Part, show
from frontend.problems import Problems
from frontend.processes.reading import slow_words

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ContentWords:
    """For ``components/procedure``. Of a draft that is not sound, ``parts`` and ``pictures`` may be empty."""

    facts: list[tuple[str, str]]  # (label, words)
    cases: list[tuple[str, str, str]]  # (name, limit, ground)
    fees: list[tuple[dict[str, Any], str, str]]  # (fee, its kind, amount and when)
    papers: list[tuple[dict[str, Any], str]]  # (component, how it is handed in)
    results: list[dict[str, Any]]
    basis: list[dict[str, Any]]
    parts: list[Part]
    pictures: list[Picture]
    slow: list[str]  # where the steps surely take longer than a limit


def content_words(content: Content) -> ContentWords:
    return ContentWords(
        facts=_facts(content),
        cases=[
            (case["name"], say_limit(case["limit"]), case["limit"]["legal_ground"])
            for case in content["cases"]
        ],
        fees=[(fee, say_value("fees.kind", fee["kind"]), say_fee(fee)) for fee in content["fees"]],
        papers=[(paper, say_component(paper)) for paper in content["components"]],
        results=content["results"],
        basis=content["legal_basis"],
        parts=_parts(content),
        pictures=pictures_of(content["process"]),
        slow=slow_words(content),
    )


_FACTS = ("executing", "level", "subjects", "channels", "non_territorial", "supplement_limit")


def _facts(content: Content) -> list[tuple[str, str]]:
    named = [("field", content["field"]["name"]), ("promulgator", content["promulgator"]["name"])]
    said = [(place, say_value(place, content[place])) for place in _FACTS if content.get(place) is not None]
    return [(say_key(place), words) for place, words in (*named, *said)]


def _parts(content: Content) -> list[Part]:
    papers = {paper["key"]: paper["name"] for paper in content["components"]}
    if definition_problems(content["form"], components=papers):
        return []
    return show(compile_form(content["form"]), {}, Problems(), papers=papers)
