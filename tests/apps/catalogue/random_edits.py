"""A national content, changed at random but still of its shape: for properties that hold for every sound content."""

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from apps.catalogue.national_files import read_national

NATIONAL = {file.code: file.content for file in read_national()}
# Marks, quotes, slashes, the words and signs that paths and XML use themselves.
WORDS = st.text("aâ&<>\"'/~#1 \n", min_size=1, max_size=12).map(lambda text: f"Đổi {text}")


def _name(draw: st.DrawFn, content: dict[str, Any]) -> None:
    content["name"] = draw(WORDS)


def _limit(draw: st.DrawFn, content: dict[str, Any]) -> None:
    limit = draw(st.sampled_from(content["cases"]))["limit"]
    limit["amount"] = draw(st.integers(1, 90))


def _paper_added(draw: st.DrawFn, content: dict[str, Any]) -> None:
    key = draw(st.sampled_from(["order", "moi", "giay-x", "y"]))
    if key in {paper["key"] for paper in content["components"]}:
        return
    paper = {"key": key, "code": "", "name": draw(WORDS), "originals": 1, "copies": 0, "required": True}
    place = draw(st.integers(0, len(content["components"])))
    content["components"].insert(place, paper)
    papers = draw(st.sampled_from(content["cases"]))["components"]
    papers.insert(draw(st.integers(0, len(papers))), key)


def _paper_removed(draw: st.DrawFn, content: dict[str, Any]) -> None:
    if not content["components"]:
        return
    paper = draw(st.sampled_from(content["components"]))
    content["components"].remove(paper)
    for case in content["cases"]:
        case["components"] = [key for key in case["components"] if key != paper["key"]]


def _paper_said(draw: st.DrawFn, content: dict[str, Any]) -> None:
    if content["components"]:
        paper = draw(st.sampled_from(content["components"]))
        paper[draw(st.sampled_from(["name", "note"]))] = draw(WORDS)


def _fee(draw: st.DrawFn, content: dict[str, Any]) -> None:
    if content["fees"]:
        draw(st.sampled_from(content["fees"]))["amount"] = draw(st.integers(0, 10**6))


def _turned(draw: st.DrawFn, content: dict[str, Any]) -> None:
    content[draw(st.sampled_from(["cases", "components", "legal_basis", "channels"]))].reverse()


def _basis(draw: st.DrawFn, content: dict[str, Any]) -> None:
    code = draw(st.sampled_from(["60/2014/QH13", "order", "a~1#2", "123/2015/NĐ-CP"]))
    content["legal_basis"].append({"code": code, "name": draw(WORDS)})


def _field(draw: st.DrawFn, content: dict[str, Any]) -> None:
    form = content["form"]
    name = draw(st.sampled_from(["order", "them", *form["properties"]]))
    if name not in form["properties"]:
        form["x-order"].append(name)
        form["required"].append(name)
    form["properties"][name] = {"type": "string", "title": draw(WORDS)}


def _step(draw: st.DrawFn, content: dict[str, Any]) -> None:
    text = content["process"]["bpmn"]
    old, new = draw(
        st.sampled_from(
            [
                ('mc:allot="PT2H"', 'mc:allot="P3D"'),
                ('mc:duty="SIGNATORY"', 'mc:duty="DIVISION_HEAD"'),
                ('mc:unit="COMPETENT"', 'mc:unit="H21.12"'),
                (' mc:allot="PT1H"', ""),
                ("<bpmn:endEvent", "<!-- lời ghi --><bpmn:endEvent"),
                ('name="Ký ', 'name="Ký &amp;&#10;&quot;duyệt&quot; '),
                ('x="172"', 'x="173"'),
                (' default="', ' name="Đi đâu?" default="') if "name=" not in text else ("Đã ký?", "Ký rồi?"),
            ]
        )
    )
    content["process"]["bpmn"] = text.replace(old, new, 1)


EDITS = (_name, _limit, _paper_added, _paper_removed, _paper_said, _fee, _turned, _basis, _field, _step)


@st.composite
def contents(draw: st.DrawFn, of: str | None = None) -> dict[str, Any]:
    content = deepcopy(NATIONAL[of or draw(st.sampled_from(sorted(NATIONAL)))])
    for edit in draw(st.lists(st.sampled_from(EDITS), max_size=5)):
        edit(draw, content)
    return content


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two contents of one procedure."""
    code = draw(st.sampled_from(sorted(NATIONAL)))
    return draw(contents(of=code)), draw(contents(of=code))
